"""The access journal: who read a person's record, when (to a quarter of an hour), and what for. The person can see it.

It never locks the subject: one insert that does nothing where the row is there already, and not even that where this
process has written it before. Legal source: Decree 13/2023/NĐ-CP, articles 9 and 27.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as midnight

from django.db import connection, transaction

from motcua.foundation.core import time
from motcua.foundation.core.models import AccessEntry
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import Ref

QUARTER = timedelta(minutes=15)
AT_ONCE = 200
_REMEMBERED = 5_000
# By hand: Django would open a transaction around one statement.
_INSERT = (
    "INSERT INTO core_accessentry (subject, quarter, actor, agency, purpose) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)
_EPOCH = time.from_microseconds(0)
_written: dict[tuple[str, str, str, datetime], None] = {}


def quarter_of(instant: datetime) -> datetime:
    """Return the beginning of the quarter of an hour."""
    return instant - (instant - _EPOCH) % QUARTER


def read(actor: Actor, subject: Ref, purpose: str) -> None:
    """Note that the actor reads the subject's record. `purpose` is a code such as `dossier.read`."""
    quarter = quarter_of(time.now())
    key = (actor.ref, subject, purpose, quarter)
    if key in _written:
        return
    at = connection.ops.adapt_datetimefield_value(quarter)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [subject, at, actor.ref, actor.agency_ref, purpose])
    transaction.on_commit(lambda: _remember(key))


def read_all(actor: Actor, subjects: Iterable[Ref], purpose: str) -> None:
    """Note that the actor reads the records of several subjects at once, as a printed register does."""
    at = connection.ops.adapt_datetimefield_value(quarter_of(time.now()))
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [(subject, at, actor.ref, actor.agency_ref, purpose) for subject in subjects])


def _remember(key: tuple[str, str, str, datetime]) -> None:
    while len(_written) >= _REMEMBERED:
        _written.pop(next(iter(_written)), None)
    _written[key] = None


@dataclass(frozen=True, slots=True)
class Readers:
    """Who read a record on some days, the latest first, and how many entries are older than those days."""

    entries: Sequence[AccessEntry]
    earlier: int
    since: date | None
    """The oldest of the days; what is earlier lies before it. None where nobody has read."""


def readers_of(subject: Ref, *, before: date | None = None, days: int = 10) -> Readers:
    """Return who read the subject's record on the last days on which somebody did; `before` one goes further back.

    Days are whole, so that no page cuts one; there are fewer of them where many read (1 query, 3 with long histories).
    """
    rows = AccessEntry.objects.filter(subject=subject).order_by("-quarter", "actor", "purpose")
    if before is not None:
        rows = rows.filter(quarter__lt=time.at_local(before, midnight()))
    found = list(rows[: AT_ONCE + 1])
    if not found:
        return Readers((), 0, None)
    is_all = len(found) <= AT_ONCE
    read_on = list(dict.fromkeys(time.local_day(entry.quarter) for entry in found))
    whole = read_on if is_all else read_on[:-1] or read_on
    since = whole[:days][-1]
    first = time.at_local(since, midnight())
    if not is_all and since == read_on[-1]:  # more on one day than is read at once
        found = list(rows.filter(quarter__gte=first))
    entries = [entry for entry in found if entry.quarter >= first]
    earlier = len(found) - len(entries) if is_all else rows.filter(quarter__lt=first).count()
    return Readers(entries, earlier, since)
