"""The same sums by another hand: DuckDB over Parquet of the same rows. A measuring rod and an oracle at once."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb

from bench.store import Store

# What is read of each table, with instants in UTC.
TABLES = {
    "dossier": """SELECT d.id, receiving_id AS agency, p.field, limit_amount IS NOT NULL AS limited, limit_unit,
        d.state, d.verdict, d.ran_out, d.received_at AT TIME ZONE 'UTC' AS received_at,
        due_at AT TIME ZONE 'UTC' AS due_at, finished_at AT TIME ZONE 'UTC' AS finished_at,
        held_since AT TIME ZONE 'UTC' AS held_since
        FROM dossiers_dossier d JOIN procedures_procedureversion v ON v.id = d.version_of_id
        JOIN procedures_procedure p ON p.id = v.procedure_id""",
    "former": """SELECT id, dossier_id AS dossier, until AT TIME ZONE 'UTC' AS until,
        due_at AT TIME ZONE 'UTC' AS due_at, ran_out FROM dossiers_formerdue""",
    "share": "SELECT dossier_id AS dossier, holder, agency_id AS agency, minutes FROM dossiers_delayshare",
}
#: Where a text may be empty: a field that nobody wrote is no unknown one, though CSV cannot tell them apart.
TEXTS = {"dossier": ("field", "verdict"), "kept": ("field", "part")}
_KEPT = """SELECT s.measure, s.agency, s.field, s.part, f.cell, f.amount FROM indicators_fold f
    JOIN indicators_series s ON s.id = f.series_id WHERE f.amount <> 0"""
#: Every sum: what happened by its day, then for one field and all, one agency and all, by day, month and year.
_CUBE = """
CREATE OR REPLACE TABLE cube AS
WITH known AS (
    SELECT d.*, (received_at + INTERVAL 7 HOUR)::DATE AS received_day,
        state IN ('received', 'in-process', 'suspended') AS is_open,
        CASE WHEN state IN ('withdrawn', 'stopped') THEN held_since ELSE finished_at END AS ended_at,
        ((CASE WHEN state IN ('withdrawn', 'stopped') THEN held_since ELSE finished_at END) + INTERVAL 7 HOUR)::DATE
            AS ended_day,
        (COALESCE(moved.last, received_at) + INTERVAL 7 HOUR)::DATE AS since
    FROM '{folder}/dossier.parquet' d
    LEFT JOIN (SELECT dossier, MAX(until) AS last FROM '{folder}/former.parquet' GROUP BY dossier) moved
        ON moved.dossier = d.id
), dated AS (
    SELECT *, CASE WHEN ran_out THEN since ELSE GREATEST(since,
        (due_at + (CASE limit_unit WHEN 'hour' THEN 8 ELSE 31 END) * INTERVAL 1 HOUR)::DATE) END AS late_day FROM known
), before AS (
    SELECT f.*, d.agency, d.field, d.limit_unit, (f.until + INTERVAL 7 HOUR)::DATE AS end_day,
        (COALESCE(LAG(f.until) OVER (PARTITION BY f.dossier ORDER BY f.id), d.received_at) + INTERVAL 7 HOUR)::DATE
            AS since
    FROM '{folder}/former.parquet' f JOIN known d ON d.id = f.dossier
), moved AS (
    SELECT *, CASE WHEN ran_out THEN since ELSE GREATEST(since,
        (due_at + (CASE limit_unit WHEN 'hour' THEN 8 ELSE 31 END) * INTERVAL 1 HOUR)::DATE) END AS late_day
    FROM before WHERE due_at IS NOT NULL
), facts (measure, agency, field, part, day, amount) AS (
    SELECT 'received', agency, field, '', received_day, 1 FROM dated
    UNION ALL SELECT 'settled-' || verdict, agency, field, '', (finished_at + INTERVAL 7 HOUR)::DATE, 1 FROM dated
        WHERE finished_at IS NOT NULL
    UNION ALL SELECT 'ended', agency, field, '', ended_day, 1 FROM dated WHERE state IN ('withdrawn', 'stopped')
    UNION ALL SELECT 'undated', agency, field, '', received_day, 1 FROM dated WHERE NOT limited
    UNION ALL SELECT 'undated', agency, field, '', ended_day, -1 FROM dated WHERE NOT limited AND ended_at IS NOT NULL
    UNION ALL SELECT 'late-open', agency, field, '', late_day, 1 FROM dated WHERE is_open AND due_at IS NOT NULL
    UNION ALL SELECT 'late-open', agency, field, '', unnest([late_day, ended_day]), unnest([1, -1]) FROM dated
        WHERE ended_at IS NOT NULL AND due_at IS NOT NULL AND late_day < ended_day
    UNION ALL SELECT 'late-open', agency, field, '', unnest([late_day, end_day]), unnest([1, -1]) FROM moved
        WHERE late_day < end_day
    UNION ALL SELECT 'delay-' || holder, d.agency, field, s.agency::TEXT, (finished_at + INTERVAL 7 HOUR)::DATE, minutes
        FROM '{folder}/share.parquet' s JOIN dated d ON d.id = s.dossier
), numbered AS (
    SELECT measure, agency, field, part, year(day) * 10000 + month(day) * 100 + day(day) AS day, SUM(amount) AS amount
    FROM facts GROUP BY ALL
), celled AS (
    SELECT *, 200000000 + day // 100 * 100 + 1 AS of_month, 300000000 + day // 10000 * 10000 + 101 AS of_year,
        100000000 + day AS of_day FROM numbered
)
SELECT measure, COALESCE(agency, 0) AS agency, CASE WHEN GROUPING(field) = 1 THEN '*' ELSE field END AS field, part,
    COALESCE(of_day, of_month, of_year) AS cell, SUM(amount)::BIGINT AS amount
FROM celled GROUP BY GROUPING SETS (
    (measure, part, agency, field, of_day), (measure, part, agency, field, of_month),
    (measure, part, agency, field, of_year), (measure, part, agency, of_day), (measure, part, agency, of_month),
    (measure, part, agency, of_year), (measure, part, field, of_day), (measure, part, field, of_month),
    (measure, part, field, of_year), (measure, part, of_day), (measure, part, of_month), (measure, part, of_year))
"""
_DIFFERENT = """
SELECT COUNT(*) FROM (SELECT * FROM cube WHERE amount <> 0) c FULL JOIN '{folder}/kept.parquet' k
USING (measure, agency, field, part, cell) WHERE c.amount IS DISTINCT FROM k.amount
"""


class Cube:
    """DuckDB with a store's rows as Parquet beside it."""

    def __init__(self, place: Store, folder: Path) -> None:
        self.place, self.folder = place, folder
        folder.mkdir()
        self.base = duckdb.connect()
        for name, sql in TABLES.items():
            self._export(name, sql)

    def _export(self, name: str, sql: str) -> None:
        table = self.folder / f"{name}.csv"
        one_line = " ".join(sql.split())
        self.place.sql(f"\\copy ({one_line}) TO '{table}' WITH (FORMAT csv, HEADER)\n")
        texts = TEXTS.get(name, ())
        types = ", ".join(f"'{column}': 'VARCHAR'" for column in texts)
        source = f"SELECT * FROM read_csv('{table}', header = true, sample_size = -1, types = {{{types}}})"
        if texts:
            plain = ", ".join(f"COALESCE({column}, '') AS {column}" for column in texts)
            source = source.replace("*", f"* REPLACE ({plain})", 1)
        self.base.execute(f"COPY ({source}) TO '{self.folder / name}.parquet' (FORMAT parquet)")
        table.unlink()

    def seconds(self) -> float:
        """Compute every sum; return how long it took."""
        began = time.perf_counter()
        self.base.execute(_CUBE.format(folder=self.folder))
        return time.perf_counter() - began

    def differences(self) -> int:
        """Return in how many sums the store and this cube disagree."""
        self._export("kept", _KEPT)
        found = self.base.execute(_DIFFERENT.format(folder=self.folder)).fetchone()
        assert found is not None
        return int(found[0])
