"""What a database says when it cannot: told apart by code, else by words, and turned into a refusal."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError, OperationalError

from motcua.foundation.core.errors import Busy, Refusal, StoreAway, StoreFull

# PostgreSQL's codes say the same in every language its server speaks; SQLite has words only.
_FULL_CODES, _PASSING_CODES = frozenset({"53100"}), frozenset({"40P01", "40001", "55P03"})
_FULL = ("disk is full", "No space left", "disk I/O error")
_PASSING = ("database is locked", "table is locked", "deadlock detected", "could not serialize")
_AWAY_CODES = frozenset({"57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08004", "08006"})
_AWAY = (
    "unable to open database file", "connection failed", "connection refused", "connection is closed",
    "connection is bad", "connection is lost", "connection already closed", "server closed the connection",
    "could not connect", "couldn't get a connection", "connection timeout", "consuming input failed",
    "terminating connection",
)


def is_full(error: DatabaseError) -> bool:
    """Say whether the disk is full."""
    return _says(error, _FULL_CODES, _FULL)


def is_passing(error: DatabaseError) -> bool:
    """Say whether it may go when tried again: a deadlock or a busy file passes, a column that is not there does not."""
    return _says(error, _PASSING_CODES, _PASSING)


def is_away(error: Exception) -> bool:
    """Say whether the database cannot be reached at all: stopped, restarting, cut off, its file gone."""
    if isinstance(error, InterfaceError):
        return True
    return isinstance(error, OperationalError) and _says(error, _AWAY_CODES, _AWAY)


def refusal_of(error: BaseException | None) -> Refusal | None:
    """Return what to tell a person, or None where it is no matter of room or patience."""
    if isinstance(error, InterfaceError | OperationalError) and is_away(error):
        return StoreAway()
    if not isinstance(error, OperationalError):
        return None
    if is_full(error):
        return StoreFull()
    return Busy() if is_passing(error) else None


def _says(error: DatabaseError, codes: frozenset[str], words: tuple[str, ...]) -> bool:
    text = str(error).lower()
    return getattr(error.__cause__, "sqlstate", None) in codes or any(word.lower() in text for word in words)
