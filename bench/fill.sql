-- Fill a simulated store up to :wanted dossiers with copies of its own, spread over all agencies. Nine in ten are over,
-- back to 900 days ago; every tenth is open and brings its clock events along; every fifth can be found by its
-- applicant's name. The open ones among the first ten thousand lie with the printed officers, in a small store as in a
-- large one: a larger province has more offices and a longer archive, and on one desk not much more. Copies have no
-- chain in the ledger: this store is only for measuring reads.
SET synchronous_commit = off;

CREATE TABLE desks AS
SELECT row_number() OVER (ORDER BY a.username) - 1 AS k, a.id AS account, min(g.agency_id) AS agency
FROM identity_account a JOIN identity_rolegrant g ON g.account_id = a.id
WHERE a.username LIKE '%.%' AND g.role IN ('reception', 'specialist', 'chairman', 'head') GROUP BY a.id, a.username;

CREATE TABLE places AS
SELECT row_number() OVER (ORDER BY agency_id) - 1 AS k, agency_id AS agency, min(account_id) AS account
FROM identity_rolegrant GROUP BY agency_id;

CREATE TABLE copies AS
SELECT d.id AS old, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) AS new, c.n, c.n % 10 = 0 AS is_open,
    substr(md5(c.n::text), 1, 14) AS public_id, (c.n / 10) % 400 AS turn, (c.n % 900) * interval '1 day' AS back,
    CASE WHEN c.n % 10 > 0 THEN NULL WHEN c.n <= 10000 THEN k.account ELSE p.account END AS account,
    CASE WHEN c.n % 10 = 0 AND c.n <= 10000 THEN k.agency ELSE p.agency END AS agency
FROM (SELECT n, 1 + n % (SELECT count(*) FROM dossiers_dossier) AS nth
      FROM generate_series(1, :wanted - (SELECT count(*) FROM dossiers_dossier)) n) c
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM dossiers_dossier) d ON d.nth = c.nth
JOIN desks k ON k.k = (c.n / 10) % (SELECT count(*) FROM desks)
JOIN places p ON p.k = (c.n / 7) % (SELECT count(*) FROM places);

-- Every column as it is in the copied row, but those that must differ: the list of columns is the database's own.
CREATE FUNCTION copy_rows(source text, own text, joined text, changed jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE names text; exprs text;
BEGIN
    SELECT string_agg(quote_ident(column_name), ', '),
        string_agg(COALESCE(changed ->> column_name, 'd.' || quote_ident(column_name)), ', ')
    INTO names, exprs FROM information_schema.columns WHERE table_name = source AND table_schema = current_schema();
    EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM copies c JOIN %I d ON %s WHERE %s', source, names, exprs, source, own, joined);
END $$;

SELECT copy_rows('dossiers_dossier', 'd.id = c.old', 'TRUE', jsonb_build_object(
    'id', 'c.new', 'public_id', 'c.public_id', 'code', '''C'' || c.n || ''-'' || d.code',
    'at_agency_id', 'c.agency', 'receiving_id', 'c.agency', 'competent_id', 'c.agency', 'at_account_id', 'c.account',
    'at_step_id', 'NULL', 'is_awaited', 'false', 'ran_out', 'c.is_open AND c.turn % 20 = 7',
    'state', 'CASE WHEN c.is_open THEN ''in-process'' ELSE ''returned'' END',
    'holder', '(SELECT holder FROM dossiers_dossier WHERE state = ''in-process'' LIMIT 1)',
    'received_at', 'd.received_at - CASE WHEN c.is_open THEN interval ''0'' ELSE c.back END',
    'due_at', 'CASE WHEN c.is_open THEN now() + (c.turn - 40) * interval ''3 hours'' ELSE d.due_at - c.back END',
    'first_due_at', 'CASE WHEN c.is_open THEN now() + (c.turn - 40) * interval ''3 hours'' ELSE d.first_due_at - c.back END',
    'finished_at', 'CASE WHEN NOT c.is_open THEN COALESCE(d.finished_at, d.received_at + interval ''3 days'') - c.back END',
    'returned_at', 'CASE WHEN NOT c.is_open THEN COALESCE(d.finished_at, d.received_at + interval ''4 days'') - c.back END',
    'verdict', 'CASE WHEN c.is_open THEN '''' ELSE COALESCE(NULLIF(d.verdict, ''''), ''on-time'') END'
));
SELECT copy_rows('dossiers_clockevent', 'd.dossier_id = c.old', 'c.is_open', jsonb_build_object(
    'id', 'nextval(pg_get_serial_sequence(''dossiers_clockevent'', ''id''))', 'dossier_id', 'c.new'
));
SELECT copy_rows(
    'core_searchword', 'd.subject = ''dossier:'' || (SELECT public_id FROM dossiers_dossier WHERE id = c.old)', 'c.n % 5 = 0',
    jsonb_build_object(
        'id', 'nextval(pg_get_serial_sequence(''core_searchword'', ''id''))', 'subject', '''dossier:'' || c.public_id',
        'rank', 'd.rank - c.n'
    )
);

DROP FUNCTION copy_rows;
DROP TABLE copies, places, desks;
VACUUM ANALYZE dossiers_dossier;
VACUUM ANALYZE dossiers_clockevent;
VACUUM ANALYZE core_searchword;
