-- The tables of bench/intake.sql, with the keys and the one index that any such store would have.
CREATE TABLE bench_counter (agency int PRIMARY KEY, value int NOT NULL);
INSERT INTO bench_counter SELECT g, 0 FROM generate_series(1, 200) g;
CREATE TABLE bench_dossier (
    id bigserial PRIMARY KEY, agency int NOT NULL, procedure int NOT NULL, state text NOT NULL, due_at timestamptz, applicant text NOT NULL
);
CREATE INDEX ON bench_dossier (agency, due_at, id);
CREATE TABLE bench_step (id bigserial PRIMARY KEY, dossier bigint NOT NULL, agency int NOT NULL, holder text NOT NULL, began_at timestamptz NOT NULL);
CREATE TABLE bench_event (id bigserial PRIMARY KEY, subject bigint NOT NULL, sequence int NOT NULL, canonical bytea NOT NULL, hash bytea NOT NULL, UNIQUE (subject, sequence));
