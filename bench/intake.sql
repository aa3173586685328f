-- The physical limit of receiving a dossier: six plain statements a commit, and nothing else. Fixed: ratios are taken against it.
\set agency random(1, 200)
\set procedure random(1, 2000)
BEGIN;
UPDATE bench_counter SET value = value + 1 WHERE agency = :agency;
INSERT INTO bench_dossier (agency, procedure, state, due_at, applicant) VALUES (:agency, :procedure, 'received', now() + interval '5 days', 'Nông Văn Minh');
INSERT INTO bench_step (dossier, agency, holder, began_at) VALUES (currval('bench_dossier_id_seq'), :agency, 'counter', now());
INSERT INTO bench_event (subject, sequence, canonical, hash) VALUES (currval('bench_dossier_id_seq'), 1, decode(repeat('ab', 200), 'hex'), decode(repeat('cd', 32), 'hex'));
COMMIT;
