-- Fill a simulated store up to :wanted dossiers with copies of its own: nine in ten are over, as in a real office's archive, and one in
-- ten of the copies brings its clock events along. Copies have no chain in the ledger: this store is only for measuring reads.
CREATE TEMP TABLE copies AS
SELECT d.id AS old, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) AS new, row_number() OVER () AS n
FROM dossiers_dossier d, generate_series(1, :wanted / (SELECT count(*) FROM dossiers_dossier)) g;

INSERT INTO dossiers_dossier
SELECT (jsonb_populate_record(d, jsonb_build_object(
    'id', c.new, 'code', 'C' || c.n || '-' || d.code, 'public_id', substr(md5('d' || c.n), 1, 20),
    'state', CASE WHEN c.n % 10 = 0 THEN d.state ELSE 'returned' END,
    'received_at', d.received_at - (c.n % 900) * interval '1 day'
))).*
FROM copies c JOIN dossiers_dossier d ON d.id = c.old;

INSERT INTO dossiers_clockevent
SELECT (jsonb_populate_record(e, jsonb_build_object('id', nextval(pg_get_serial_sequence('dossiers_clockevent', 'id')), 'dossier_id', c.new))).*
FROM copies c JOIN dossiers_clockevent e ON e.dossier_id = c.old WHERE c.n % 10 = 1;

ANALYZE dossiers_dossier;
ANALYZE dossiers_clockevent;
