"""What a database says when it cannot: told apart by code, else by words, and turned into a refusal."""

from __future__ import annotations

from django.db import DatabaseError, OperationalError

from motcua.foundation.core.errors import Busy, Refusal, StoreFull

# PostgreSQL's codes say the same in every language its server speaks; SQLite has words only.
_FULL_CODES, _PASSING_CODES = frozenset({"53100"}), frozenset({"40P01", "40001", "55P03"})
_FULL = ("disk is full", "No space left", "disk I/O error")
_PASSING = ("database is locked", "table is locked", "deadlock detected", "could not serialize")


def is_full(error: DatabaseError) -> bool:
    """Say whether the disk is full."""
    return _says(error, _FULL_CODES, _FULL)


def is_passing(error: DatabaseError) -> bool:
    """Say whether it may go when tried again: a deadlock or a busy file passes, a column that is not there does not."""
    return _says(error, _PASSING_CODES, _PASSING)


def refusal_of(error: Exception) -> Refusal | None:
    """Return what to tell a person, or None where it is no matter of room or patience."""
    if not isinstance(error, OperationalError):
        return None
    if is_full(error):
        return StoreFull()
    return Busy() if is_passing(error) else None


def _says(error: DatabaseError, codes: frozenset[str], words: tuple[str, ...]) -> bool:
    text = str(error)
    return getattr(error.__cause__, "sqlstate", None) in codes or any(word in text for word in words)
