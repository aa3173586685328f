"""Comparing kept sums with the rows: in SQL, in one statement, so that what changes meanwhile differs in neither.

What differs is kept and shown beside every number made of it; nothing is mended in silence.
"""

from __future__ import annotations

import time as clock
from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from motcua.foundation.core import time
from motcua.foundation.core.logs import get_logger
from motcua.foundation.indicators import registry, windows
from motcua.foundation.indicators.building import counted_sql, suit
from motcua.foundation.indicators.kept import KeptSource
from motcua.foundation.indicators.models import Comparison

log = get_logger(__name__)
SHOWN = 200
"""So many differences are kept one by one; all of them are summed by measure."""
KEPT = 60
"""So many comparisons of a source stay."""
_FIRST = ("rows", "totals", "months", "years")
_DIFFERENT = """
WITH counted (measure, agency, field, part, day, amount) AS ({counted}),
folds AS (
    SELECT s.measure, s.agency, s.field, s.part, f.series_id, f.cell, f.amount
    FROM indicators_fold f JOIN indicators_series s ON s.id = f.series_id WHERE s.measure IN ({measures})
)
SELECT 'rows', measure, agency, field, part, day, SUM(kept), SUM(counted) FROM (
    SELECT measure, agency, field, part, day, 0 AS kept, amount AS counted FROM counted
    UNION ALL
    SELECT measure, agency, field, part, cell - {day}, amount, 0 FROM folds
    WHERE cell < {month} AND agency > 0 AND field <> '*'
    UNION ALL
    SELECT measure, agency, field, part, day, amount, 0 FROM indicators_delta WHERE measure IN ({measures})
) AS sides GROUP BY measure, agency, field, part, day HAVING SUM(kept) <> SUM(counted)
UNION ALL
SELECT 'totals', measure, agency, field, part, cell, SUM(kept), SUM(counted) FROM (
    SELECT measure, agency, field, part, cell, amount AS kept, 0 AS counted FROM folds WHERE agency = 0 OR field = '*'
    UNION ALL SELECT measure, 0, field, part, cell, 0, amount FROM folds WHERE agency > 0 AND field <> '*'
    UNION ALL SELECT measure, agency, '*', part, cell, 0, amount FROM folds WHERE agency > 0 AND field <> '*'
    UNION ALL SELECT measure, 0, '*', part, cell, 0, amount FROM folds WHERE agency > 0 AND field <> '*'
) AS sides GROUP BY measure, agency, field, part, cell HAVING SUM(kept) <> SUM(counted)
UNION ALL
SELECT 'months', measure, agency, field, part, cell / 100 % 1000000, SUM({months}), SUM({days})
FROM folds WHERE cell < {year} GROUP BY measure, agency, field, part, cell / 100 % 1000000
HAVING SUM({months}) <> SUM({days})
UNION ALL
SELECT 'years', measure, agency, field, part, cell / 10000 % 10000, SUM({years}), SUM({days})
FROM folds WHERE cell < {month} OR cell >= {year} GROUP BY measure, agency, field, part, cell / 10000 % 10000
HAVING SUM({years}) <> SUM({days})
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept sum and what the rows come to. `where` says which comparison: rows, totals, months or years."""

    where: str
    measure: str
    agency: int
    field: str
    part: str
    when: int
    kept: int
    counted: int


def differences(source: KeptSource) -> list[Difference]:
    """Return where a source's sums differ from its rows, or a total from what it is made of (1 query)."""
    names = sorted(source.kept)
    counted, params = counted_sql(source)
    sql = _DIFFERENT.format(
        counted=counted, measures=", ".join(["%s"] * len(names)),
        day=windows.DAY, month=windows.MONTH, year=windows.YEAR, days=_of("cell < ", windows.MONTH),
        months=_of("cell >= ", windows.MONTH), years=_of("cell >= ", windows.YEAR),
    ).replace(" % ", " %% ")
    # SQLite would keep every writer out for as long as a transaction lasts; one statement sees one state by itself.
    within = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    with within, connection.cursor() as cursor:
        suit(cursor)
        cursor.execute(sql, params + names + names)
        return sorted((Difference(*row) for row in _plain(cursor.fetchall())), key=lambda one: (one.where, one.measure))


def _of(condition: str, cell: int) -> str:
    return f"CASE WHEN {condition}{cell:d} THEN amount ELSE 0 END"


def _plain(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(*row[:5], int(row[5]), int(row[6]), int(row[7])) for row in rows]


def compare(source: KeptSource) -> Comparison:
    """Compare a source's sums with its rows, keep what was found, and say it in the log."""
    began = clock.monotonic()
    found = differences(source)
    row = Comparison.objects.create(
        source=source.code, at=time.now(), seconds=clock.monotonic() - began, differences=len(found),
        measures=_by_measure(found),
        found=[[one.where, one.measure, one.agency, one.field, one.part, one.when, one.kept, one.counted]
               for one in found[:SHOWN]],
    )
    if found:
        log.error("kept sums differ from the rows", source=source.code, differences=len(found))
    older = Comparison.objects.filter(source=source.code).order_by("-at", "-id").values_list("pk", flat=True)[KEPT:]
    Comparison.objects.filter(pk__in=list(older)).delete()
    return row


def _by_measure(found: list[Difference]) -> dict[str, list[int]]:
    """Return what differs of each measure: by its rows, or by its totals where the rows agree, and so on."""
    sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for one in found:
        of = sums[one.measure][one.where]
        of[0] += one.kept
        of[1] += one.counted
    return {measure: of[next(where for where in _FIRST if where in of)] for measure, of in sums.items()}


def kept_sources() -> list[KeptSource]:
    """Return the sources that keep sums."""
    return [source for source in registry.sources() if isinstance(source, KeptSource)]
