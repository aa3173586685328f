"""Reading kept sums: fold and what is not folded yet, in one statement, so that no change is seen twice or missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from django.db import connection

from motcua.foundation.indicators import windows
from motcua.foundation.indicators.types import Asked, By, Key, Timing

Sums = Mapping[Timing, Mapping[str, Mapping[Key, int]]]
"""Window → kept sum → line → amount."""
# Each range of cells of a series is a look-up of its own: joined, PostgreSQL would rather read the whole fold.
_SQL = """
WITH cells(timing, low, high) AS (VALUES {cells}), days(timing, low, high) AS (VALUES {days})
SELECT timing, measure, line, SUM(amount) FROM (
    SELECT c.timing AS timing, s.measure AS measure, {line_of_series} AS line, (
        SELECT SUM(f.amount) FROM indicators_fold f WHERE f.series_id = s.id AND f.cell BETWEEN c.low AND c.high
    ) AS amount
    FROM cells c CROSS JOIN indicators_series s WHERE s.measure IN ({measures}) AND {series}
    UNION ALL
    SELECT d.timing, n.measure, {line_of_delta}, n.amount
    FROM days d JOIN indicators_delta n ON n.day BETWEEN d.low AND d.high
    WHERE n.measure IN ({measures}) AND {deltas}
) AS sums GROUP BY timing, measure, line
"""


class Line(StrEnum):
    """The column of which each value is a line of a table."""

    AGENCY = "agency"
    FIELD = "field"
    PART = "part"


def sums(measures: Collection[str], asked: Asked, by: By | None) -> Sums:
    """Return kept sums of the period and since the beginning, each up to the end of `as_of` (1 query)."""
    names = sorted(measures)
    stretches = {Timing.DURING: (asked.period.first, asked.last), Timing.AT: (windows.FIRST, asked.as_of)}
    series, series_params = _series(asked, by)
    deltas, deltas_params = _deltas(asked)
    sql = _SQL.format(
        cells=_values(stretches, as_cells=True), days=_values(stretches, as_cells=False),
        line_of_series=_line("s", by), line_of_delta=_line("n", by), measures=", ".join(["%s"] * len(names)),
        series=series, deltas=deltas,
    )
    found: dict[Timing, dict[str, dict[Key, int]]] = {timing: defaultdict(dict) for timing in Timing}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*names, *series_params, *names, *deltas_params])
        for timing, measure, line, amount in cursor.fetchall():
            found[Timing(timing)][measure][line if by else None] = int(amount or 0)
    return found


def _line(table: str, by: By | None) -> str:
    return f"{table}.{Line(by.value)}" if by else "''"


def _values(stretches: Mapping[Timing, tuple[date, date]], *, as_cells: bool) -> str:
    """Return the stretches as rows of numbers. A stretch without days is one that nothing lies in."""
    rows = []
    for timing, (first, last) in stretches.items():
        days = [(windows.number(first), windows.number(last))]
        rows += [(timing.value, low, high) for low, high in (windows.ranges(first, last) if as_cells else days)]
    return ", ".join(f"('{timing}', {low:d}, {high:d})" for timing, low, high in rows)


def _series(asked: Asked, by: By | None) -> tuple[str, list[int | str]]:
    """Return which series are read: the widest ones that tell the lines apart."""
    params: list[int | str] = []
    if asked.agencies is not None:
        agency = f"s.agency IN ({_keys(asked.agencies)})"
    else:
        agency = "s.agency > 0" if by is By.AGENCY else "s.agency = 0"
    if asked.field:
        field, params = "s.field = %s", [asked.field]
    else:
        field = f"s.field <> '{windows.ALL_FIELDS}'" if by is By.FIELD else f"s.field = '{windows.ALL_FIELDS}'"
    return f"{agency} AND {field}", params


def _deltas(asked: Asked) -> tuple[str, list[int | str]]:
    agency = "1 = 1" if asked.agencies is None else f"n.agency IN ({_keys(asked.agencies)})"
    return (f"{agency} AND n.field = %s", [asked.field]) if asked.field else (agency, [])


def _keys(agencies: Collection[int]) -> str:
    return ", ".join(f"{key:d}" for key in sorted(agencies)) or "-1"
