"""Building the fold anew from the rows, in SQL: the cells of single days first, months, years and totals from those."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from motcua.foundation.indicators import folding, windows
from motcua.foundation.indicators.changes import STALE
from motcua.foundation.indicators.kept import KeptSource
from motcua.foundation.indicators.local_days import as_number
from motcua.foundation.indicators.models import FoldLock

RETRIES = 5
_FINE = """
CREATE TEMPORARY TABLE indicators_fine AS
WITH counted (measure, agency, field, part, day, amount) AS ({counted}) SELECT * FROM counted
"""
# Series of the rows themselves, of all fields, of all agencies, and of both; then what each cell is wanted to hold:
# single days first, the wider from the narrower, months and years from those. A cell is told apart by its first digit
# (`windows`). The sums of a sound store are as wanted already, and stay untouched: only what differs is written.
_STEPS = """
INSERT INTO indicators_series (measure, agency, field, part)
WITH own AS (SELECT DISTINCT measure, agency, field, part FROM indicators_fine)
SELECT measure, agency, field, part FROM (
    SELECT measure, agency, field, part FROM own UNION SELECT measure, agency, '*', part FROM own
    UNION SELECT measure, 0, field, part FROM own UNION SELECT measure, 0, '*', part FROM own
) AS every WHERE 1 = 1 ON CONFLICT DO NOTHING;

CREATE TEMPORARY TABLE indicators_wanted AS
SELECT s.id AS series_id, {day} + n.day AS cell, CAST(SUM(n.amount) AS BIGINT) AS amount
FROM indicators_fine n JOIN indicators_series s
ON s.measure = n.measure AND s.agency = n.agency AND s.field = n.field AND s.part = n.part GROUP BY s.id, n.day;

INSERT INTO indicators_wanted
SELECT up.id, w.cell, SUM(w.amount) FROM indicators_wanted w JOIN indicators_series s ON s.id = w.series_id
JOIN indicators_series up ON up.measure = s.measure AND up.part = s.part AND up.agency = s.agency AND up.field = '*'
WHERE s.agency > 0 AND s.field <> '*' GROUP BY up.id, w.cell;

INSERT INTO indicators_wanted
SELECT up.id, w.cell, SUM(w.amount) FROM indicators_wanted w JOIN indicators_series s ON s.id = w.series_id
JOIN indicators_series up ON up.measure = s.measure AND up.part = s.part AND up.agency = 0 AND up.field = s.field
WHERE s.agency > 0 GROUP BY up.id, w.cell;

INSERT INTO indicators_wanted
SELECT series_id, cell / 100 * 100 + 1 + {day}, SUM(amount) FROM indicators_wanted GROUP BY series_id, cell / 100;

INSERT INTO indicators_wanted
SELECT series_id, cell / 10000 * 10000 + 101 + {day}, SUM(amount)
FROM indicators_wanted WHERE cell >= {month} GROUP BY series_id, cell / 10000;

DELETE FROM indicators_wanted WHERE amount = 0
"""
_FORGET = "DELETE FROM indicators_delta WHERE measure IN ({measures})"
_MEND = """
INSERT INTO indicators_fold (series_id, cell, amount)
SELECT series_id, cell, SUM(wanted) FROM (
    SELECT series_id, cell, amount AS wanted, 0 AS kept FROM indicators_wanted
    UNION ALL
    SELECT series_id, cell, 0, amount FROM indicators_fold
    WHERE series_id IN (SELECT id FROM indicators_series WHERE measure IN ({measures}))
) AS sides GROUP BY series_id, cell HAVING SUM(wanted) <> SUM(kept) ORDER BY series_id, cell
ON CONFLICT (series_id, cell) DO UPDATE SET amount = excluded.amount
"""
_PART = "SELECT * FROM ({sql}) AS part{at}"
# What stood there for a while is added on its first day and taken off on the day on which it did so no more.
_STRETCH = """
SELECT in_measure, in_agency, in_field, in_part, CASE WHEN sign.of > 0 THEN first_day ELSE end_day END, amount * sign.of
FROM ({sql}) AS part{at} CROSS JOIN (SELECT 1 AS of UNION ALL SELECT -1) AS sign
"""
_COUNTED = """
SELECT c.in_measure, c.in_agency, {field}, c.in_part, {day}, c.amount FROM ({parts}) AS c {joined}
"""
_SUITS = (
    ("jit", "off"), ("work_mem", "'128MB'"), ("random_page_cost", "1.1"), ("parallel_setup_cost", "100"),
    ("parallel_tuple_cost", "0.001"),
)
Params = list[Any]


@dataclass(frozen=True, slots=True)
class Built:
    """What a building anew came to."""

    source: str
    completed: int
    cells: int
    seconds: float


def counted_sql(source: KeptSource) -> tuple[str, Params]:
    """Return the statement that counts all kept sums from the rows, and its parameters.

    It gives measure, agency, field, part, day and amount; a cell may come in several rows.
    """
    parts, params = [], Params()
    queries = [(_PART, query) for query in source.cells()] + [(_STRETCH, query) for query in source.stretches()]
    for at, (text, query) in enumerate(queries):
        sql, more = query.query.sql_with_params()
        parts.append(text.format(sql=sql, at=at))
        params += more
    day, (joined, field) = as_number("c.on_day"), source.field_of
    return _COUNTED.format(day=day, field=field, joined=joined, parts=" UNION ALL ".join(parts)), params


def is_stale(source: KeptSource) -> bool:
    """Tell whether somebody said that a source's rows belong to other lines now (1 query)."""
    return FoldLock.objects.filter(source=STALE + source.code).exists()


def build(source: KeptSource) -> Built:
    """Build a source's fold anew. Changes that commit meanwhile are folded afterwards, each once."""
    began = time.monotonic()
    completed = source.prepare()
    for attempt in range(RETRIES):
        try:
            cells = _build(source)
        except (OperationalError, IntegrityError):
            # On PostgreSQL the folder deleted a change that our snapshot still held: look again.
            if attempt + 1 == RETRIES:
                raise
        else:
            return Built(source.code, completed, cells, time.monotonic() - began)
    raise AssertionError("unreachable")


def _build(source: KeptSource) -> int:
    names = sorted(source.kept)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            # One snapshot for what is deleted and what is counted: nothing is counted twice or left out.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        suit(cursor)
        folding.hold("fold")
        FoldLock.objects.filter(source=STALE + source.code).delete()
        _run(cursor, _FORGET, names)
        sql, params = counted_sql(source)
        cursor.execute(_FINE.replace("{counted}", sql), params)
        _run(cursor, _STEPS, names)
        _run(cursor, _MEND, names)
        cursor.execute("SELECT COUNT(*) FROM indicators_wanted")
        cells = int(cursor.fetchone()[0])
        for table in ("indicators_fine", "indicators_wanted"):
            cursor.execute(f"DROP TABLE {table}")
        return cells


def suit(cursor: Any) -> None:
    """Fit this transaction to counting a whole store: PostgreSQL takes seconds to compile what it runs once."""
    if connection.vendor == "postgresql":
        for setting, value in _SUITS:
            cursor.execute(f"SET LOCAL {setting} = {value}")


def _run(cursor: Any, statements: str, names: list[str]) -> None:
    """Run statements one by one, with the names of the measures wherever they are asked for."""
    for statement in statements.split(";"):
        sql = statement.format(measures=", ".join(["%s"] * len(names)), day=windows.DAY, month=windows.MONTH)
        cursor.execute(sql, names * statement.count("{measures}") or None)
