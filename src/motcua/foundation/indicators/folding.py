"""Summing what verbs appended: a batch is read, added to its cells and deleted in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from motcua.foundation.indicators import windows
from motcua.foundation.indicators.models import Delta, FoldLock, Series

BATCH = 1000
Cell = tuple[str, int, str, str, int]
_ADD = """
INSERT INTO indicators_fold (series_id, cell, amount)
SELECT s.id, %s, %s FROM indicators_series s WHERE s.measure = %s AND s.agency = %s AND s.field = %s AND s.part = %s
ON CONFLICT (series_id, cell) DO UPDATE SET amount = indicators_fold.amount + excluded.amount
"""


def fold() -> int:
    """Fold all that lies there; returns how many changes were folded. It may be cut off and begun again."""
    done = 0
    while True:
        folded = _batch()
        done += folded
        if folded < BATCH:
            return done


@transaction.atomic
def _batch() -> int:
    hold("fold")
    rows = list(Delta.objects.order_by("id")[:BATCH])
    if not rows:
        return 0
    sums = summed(rows)
    Series.objects.bulk_create(
        [
            Series(measure=measure, agency=agency, field=field, part=part)
            for measure, agency, field, part in dict.fromkeys(key[:4] for key in sums)
        ],
        ignore_conflicts=True,
    )
    with connection.cursor() as cursor:
        # In one order, so that nobody who writes several cells can ever wait in a ring.
        cursor.executemany(_ADD, [(key[4], amount, *key[:4]) for key, amount in sorted(sums.items()) if amount])
    # By their keys: what commits while we fold has other ones and stays for the next batch.
    Delta.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def hold(name: str) -> None:
    """Hold the lock of whoever writes sums, until the transaction ends."""
    FoldLock.objects.get_or_create(source=name)
    FoldLock.objects.select_for_update().get(source=name)


def summed(rows: Iterable[Delta]) -> Counter[Cell]:
    """Return what the changes come to in every cell: own agency and all, own field and all, day, month and year."""
    found: Counter[Cell] = Counter()
    for row in rows:
        for agency in (row.agency, windows.ALL_AGENCIES):
            for field in (row.field, windows.ALL_FIELDS):
                for cell in windows.cells_of(row.day):
                    found[row.measure, agency, field, row.part, cell] += row.amount
    return found
