"""Reads of the calendar: its versions, and the compiled working time of an agency.

A version never changes once it is made, so what was compiled of it stays good; only its number is asked for, once in a
request (`remembering`), else at each call.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from motcua.foundation.calendar import readings, seed
from motcua.foundation.calendar.models import CalendarVersion, DayRow, WeekRow
from motcua.foundation.calendar.notation import read_sessions
from motcua.foundation.calendar.rules import Book, WorkingTime
from motcua.foundation.calendar.rules.book import Whose
from motcua.foundation.calendar.types import DayException, DayKind, WeeklySessions
from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.registers import Kept
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day

_BOOKS, _TIMES = 4, 400


@dataclass(frozen=True, slots=True)
class Dated:
    """A compiled calendar and the version it came from; version 0 is the seed of a store without a calendar."""

    version: int
    time: WorkingTime


@dataclass(frozen=True, slots=True)
class _Known:
    """A version by its random id: numbers begin anew in each store, ids never."""

    public_id: str
    number: int


_SEED = _Known("", 0)
_NEWEST = Prepared(lambda: CalendarVersion.objects.order_by("-number")[:1])
_remembered: ContextVar[list[_Known] | None] = ContextVar("calendar_version", default=None)


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """Ask for the present version once while the code inside runs: a request, a load, a recomputation."""
    token = _remembered.set([])
    try:
        with readings.remembering():
            yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """Let the present version be asked for again; a change calls it."""
    kept = _remembered.get()
    if kept is not None:
        kept.clear()


def current_version() -> CalendarVersion | None:
    """Return the newest version, or None where none was loaded (1 query)."""
    return CalendarVersion.objects.order_by("-number").first()


def latest_versions(count: int = 6) -> list[CalendarVersion]:
    """Return the newest versions (1 query)."""
    return list(CalendarVersion.objects.order_by("-number")[:count])


def agencies() -> list[tuple[str, str]]:
    """Return public id and name of the agencies of the register's day, by name (1 query)."""
    return list(Agency.objects.on(register_day()).order_by("name").values_list("public_id", "name"))


def working_time_for(agency_id: int) -> Dated:
    """Return the working time of an agency under the newest version (1 query, none when remembered)."""
    known = _present()
    return Dated(known.number, _time(known, agency_id if agency_id in _own(known) else None))


def present_book() -> Book:
    """Return the newest version as a value (1 query, 3 where it was not read before)."""
    return _book(_present())


def book_of(version: CalendarVersion) -> Book:
    """Return a version as a value (2 queries where it was not read before)."""
    return _book(_Known(version.public_id, version.number))


def _present() -> _Known:
    kept = _remembered.get()
    if kept:
        return kept[0]
    known = _newest()
    if kept is not None:
        kept.append(known)
    return known


def _read_newest() -> _Known:
    row = _NEWEST.first()
    return _Known(row.public_id, row.number) if row else _SEED


_newest = Kept(_read_newest)


@lru_cache(_TIMES)
def _time(known: _Known, whose: Whose) -> WorkingTime:
    return _book(known).working_time(whose)


@lru_cache(_BOOKS)
def _own(known: _Known) -> frozenset[int]:
    return _book(known).own_agencies()


@lru_cache(_BOOKS)
def _book(known: _Known) -> Book:
    if known is _SEED or not known.number:
        return seed.book()
    version = CalendarVersion.objects.get(public_id=known.public_id)
    weeks: dict[Whose, tuple[WeeklySessions, ...]] = {}
    for row in WeekRow.in_version(known.number).order_by("valid_from"):
        week = WeeklySessions(row.valid_from, tuple(read_sessions(day) for day in row.days))
        weeks[row.agency_id] = (*weeks.get(row.agency_id, ()), week)
    days = {(row.agency_id, row.day): entry_of(row) for row in DayRow.in_version(known.number)}
    return Book(version.first, version.last, frozenset(version.expected_years), days, weeks)


def entry_of(row: DayRow) -> DayException:
    """Return a row as the rules read it."""
    return DayException(
        day=row.day,
        kind=DayKind(row.kind),
        name=row.name,
        sessions=None if row.sessions is None else read_sessions(row.sessions),
        in_place_of=row.in_place_of,
        source=row.source,
        expected=row.expected,
    )
