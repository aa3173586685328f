"""Giving the next number of a series."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.numbering.models import NumberEntry, Use
from motcua.foundation.core.refs import Ref

NEXT = """
INSERT INTO core_counter (series, value) VALUES (%s, %s)
ON CONFLICT (series) DO UPDATE SET value = core_counter.value + %s
RETURNING value
"""


def take(series: str, count: int = 1) -> int:
    """Return the next number of a series (the last of `count` numbers). Call it late: others wait for the commit."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [series, count, count])
        (value,) = cursor.fetchone()
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
