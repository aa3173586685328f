"""The access journal: who read a person's record, when (to a quarter of an hour), and what for. The person can see it.

It never locks the subject: one insert that does nothing where the row is there already, and not even that where this
process has written it before. Legal source: Decree 13/2023/NĐ-CP, articles 9 and 27.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from motcua.foundation.core import time
from motcua.foundation.core.models import AccessEntry
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import Ref

QUARTER = timedelta(minutes=15)
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


def readers_of(subject: Ref, limit: int = 200) -> Sequence[AccessEntry]:
    """Return who read the subject's record, the latest first."""
    return list(AccessEntry.objects.filter(subject=subject).order_by("-quarter", "actor", "purpose")[:limit])
