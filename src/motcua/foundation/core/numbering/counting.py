"""Giving the next number of a series."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.db import connection
from django.db.models import Model

from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.numbering.models import NumberEntry, Use
from motcua.foundation.core.prepared import fetch_one
from motcua.foundation.core.refs import Ref

NEXT = """
INSERT INTO core_counter (series, value) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET value = core_counter.value + %s
RETURNING value
"""


@cache
def _next_and_key(table: str, column: str) -> str:
    """Return the statement that takes a number and a key at once; the key's sequence is looked up once a process."""
    (sequence,) = fetch_one("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    return NEXT.replace("RETURNING value", f"RETURNING value, nextval('{sequence}')")


def take_for(row: Model, series: str) -> int:
    """Return the next number of a series, for a new row; where the database can, the row is given its key as well.

    A row that knows its key goes into the store together with what refers to it. Call it late, as `take`.
    """
    if connection.vendor != "postgresql":
        return take(series)
    key = row._meta.pk
    assert key is not None and key.column is not None
    value, row.pk = fetch_one(_next_and_key(row._meta.db_table, key.column), [series, 1, 1])
    return int(value)


def take(series: str, count: int = 1) -> int:
    """Return the next number of a series (the last of `count` numbers). Call it late: others wait for the commit."""
    (value,) = fetch_one(NEXT, [series, count, count])
    return int(value)


def give(series: str, *, subject: Ref, by: Ref, at: datetime, volume: int = 0) -> NumberEntry:
    """Give the next number of a series to a subject, and enter it."""
    return NumberEntry.objects.create(series=series, number=take(series), volume=volume, subject=subject, by=by, at=at)


def void(entry: NumberEntry, reason: str) -> NumberEntry:
    """Make a number void: it stays in its place for ever, with the reason. Raises Refusal where it is void already."""
    changed = NumberEntry.objects.filter(pk=entry.pk, use=Use.USED).update(use=Use.VOID, reason=reason)
    if not changed:
        raise Refusal(f"Số {entry.number} đã được hủy trước đó. Không có gì thay đổi.")
    entry.use, entry.reason = Use.VOID, reason
    return entry
