"""What is read at every request and hardly ever changes: accounts and their roles, agencies, procedures, calendar, law.

All of it is called the registers here, and has one mark. An act that may change a register leaves a new mark in its
own transaction; a request reads the mark together with its session, and what a process kept under the same mark is as
good as read anew. Outside a request, and in an act that may change a register, nothing is kept at all.

    AGENCY = Kept(lambda key: Agency.objects.filter(pk=key).first())
    agency = AGENCY(officer.agency_id)

What is kept is shared by all requests of a process: nobody may change it. Marks are random and never come again, so
that neither a transaction rolled back nor another store is ever taken for the present one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from time import monotonic
from typing import Generic, TypeVar

from django.db import connection

from motcua.foundation.core.refs import new_public_id

R = TypeVar("R")
#: Seconds after which a kept answer is read anew all the same: somebody may have written past every verb.
LONGEST = 30.0
#: Answers of one kind that a process keeps.
MOST = 2000
_NEW = "INSERT INTO core_registermark (id, mark) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark"
_mark: ContextVar[str | None] = ContextVar("registers_mark", default=None)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Let nothing of this request's mark reach the next."""
    token = _mark.set(None)
    try:
        yield
    finally:
        _mark.reset(token)


def seen(mark: str | None) -> None:
    """Say under which mark this request reads; without one it keeps nothing."""
    _mark.set(mark)


def changing() -> None:
    """Keep nothing more in this request: what is read from now on may be what this act itself is changing."""
    _mark.set(None)


def renew() -> None:
    """Leave a new mark, in the transaction of the act that changed a register (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [new_public_id(20)])


class Kept(Generic[R]):
    """A read whose answers are kept while the mark stands. Its arguments name the answer."""

    def __init__(self, read: Callable[..., R]) -> None:
        self.read = read
        self._shelf: tuple[str, float, dict[tuple[Hashable, ...], R]] = ("", 0.0, {})

    def __call__(self, *args: Hashable) -> R:
        """Return the answer for these arguments: kept where it may be, else read."""
        mark = _mark.get()
        if mark is None:
            return self.read(*args)
        kept_mark, until, answers = self._shelf
        if kept_mark != mark or monotonic() > until or len(answers) > MOST:
            answers = {}
            self._shelf = (mark, monotonic() + LONGEST, answers)
        if args not in answers:
            answers[args] = self.read(*args)
        return answers[args]
