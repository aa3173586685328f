-- Fill a simulated store up to :wanted dossiers with copies of its own: nine in ten are over, as in a real office's archive, and one in
-- ten of the copies brings its clock events along. Copies have no chain in the ledger: this store is only for measuring reads.
SET synchronous_commit = off;

CREATE TABLE copies AS
SELECT d.id AS old, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) AS new, row_number() OVER () AS n
FROM dossiers_dossier d, generate_series(1, :wanted / (SELECT count(*) FROM dossiers_dossier)) g;

-- Every column as it is in the copied row, but those that must differ: the list of columns is the database's own.
DO $$
DECLARE names text; exprs text;
BEGIN
    SELECT string_agg(quote_ident(column_name), ', '), string_agg(CASE column_name
        WHEN 'id' THEN 'c.new'
        WHEN 'code' THEN '''C'' || c.n || ''-'' || d.code'
        WHEN 'public_id' THEN 'substr(md5(c.n::text), 1, 20)'
        WHEN 'state' THEN 'CASE WHEN c.n % 10 = 0 THEN d.state ELSE ''returned'' END'
        WHEN 'received_at' THEN 'd.received_at - (c.n % 900) * interval ''1 day'''
        ELSE 'd.' || quote_ident(column_name) END, ', ')
    INTO names, exprs FROM information_schema.columns WHERE table_name = 'dossiers_dossier' AND table_schema = current_schema();
    EXECUTE format('INSERT INTO dossiers_dossier (%s) SELECT %s FROM copies c JOIN dossiers_dossier d ON d.id = c.old', names, exprs);
END $$;

DO $$
DECLARE names text; exprs text;
BEGIN
    SELECT string_agg(quote_ident(column_name), ', '), string_agg(CASE column_name
        WHEN 'id' THEN 'nextval(pg_get_serial_sequence(''dossiers_clockevent'', ''id''))'
        WHEN 'dossier_id' THEN 'c.new'
        ELSE 'e.' || quote_ident(column_name) END, ', ')
    INTO names, exprs FROM information_schema.columns WHERE table_name = 'dossiers_clockevent' AND table_schema = current_schema();
    EXECUTE format('INSERT INTO dossiers_clockevent (%s) SELECT %s FROM copies c JOIN dossiers_clockevent e ON e.dossier_id = c.old WHERE c.n %% 10 = 1', names, exprs);
END $$;

DROP TABLE copies;
VACUUM ANALYZE dossiers_dossier;
VACUUM ANALYZE dossiers_clockevent;
