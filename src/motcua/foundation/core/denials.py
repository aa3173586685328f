"""Denials, of verbs and at screens alike: who, wanting what, of which subject, and why not.

One row for actor, verb, subject and quarter of an hour, however often a robot knocks. Who has not signed in is led to
sign in, and stands in no list.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from motcua.foundation.core import logs, time
from motcua.foundation.core.errors import Denied, NotFound
from motcua.foundation.core.journal import quarter_of
from motcua.foundation.core.models import Subject
from motcua.foundation.core.policies import Actor

log = logs.get_logger(__name__)
NOT_THERE = "Không có hồ sơ hoặc trang như vậy, hoặc anh/chị không được xem."
_UNSEEN = "Mở một bản ghi ngoài phần được xem."
_REMEMBERED = 5_000
_INSERT = (
    "INSERT INTO core_denial (at, actor, verb, subject, reason) SELECT %s, %s, %s, %s, %s WHERE NOT EXISTS "
    "(SELECT 1 FROM core_denial WHERE at >= %s AND actor = %s AND verb = %s AND subject = %s)"
)
_noted: dict[tuple[str, str, str, datetime], None] = {}


class Barred(Denied):
    """A screen's policy says no."""

    def __init__(self, message: str, verb: str, row: Any = None) -> None:
        super().__init__(message)
        self.verb, self.subject, self.reason = verb, _ref(row), message


class Unseen(NotFound):
    """There is such a row, and this actor may not know of it: to him it looks as if there were none."""

    def __init__(self, verb: str, row: Any) -> None:
        super().__init__(NOT_THERE)
        self.verb, self.subject, self.reason = verb, _ref(row), _UNSEEN


def _ref(row: Any) -> str:
    return row.ref if isinstance(row, Subject) else ""


def note(actor: Actor, refusal: Barred | Unseen) -> None:
    """Note what a screen refused. What this process noted in the quarter costs nothing more."""
    if not actor.is_known:
        return
    key = (str(actor.ref), refusal.verb, refusal.subject, quarter_of(time.now()))
    if key in _noted or not write(actor, refusal.verb, refusal.subject, refusal.reason):
        return
    while len(_noted) >= _REMEMBERED:
        _noted.pop(next(iter(_noted)), None)
    _noted[key] = None


def write(actor: Actor, verb: str, subject: str, reason: str) -> bool:
    """Note a denial once in its quarter, in a transaction of its own; return whether it is noted.

    A store that cannot write it refuses all the same.
    """
    try:
        with transaction.atomic():
            _insert(time.now(), reason, (str(actor.ref), verb, subject))
    except DatabaseError as error:
        log.error("a denial could not be noted", verb=verb, error=type(error).__name__)
        return False
    return True


def _insert(now: datetime, reason: str, once: tuple[str, str, str]) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # SQLite has one writer anyway
            number = int.from_bytes(hashlib.blake2b("\n".join(once).encode(), digest_size=8).digest(), signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        cursor.execute(_INSERT, [adapt(now), *once, reason[:200], adapt(quarter_of(now)), *once])
