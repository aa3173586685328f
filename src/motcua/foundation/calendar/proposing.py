"""From a form to a new version: what is proposed, what it changes, which due dates it would move, and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.foundation.calendar import actions, registry, selectors
from motcua.foundation.calendar.models import CalendarVersion
from motcua.foundation.calendar.notation import write_line
from motcua.foundation.calendar.registry import Moves
from motcua.foundation.calendar.rules import (
    AddYear,
    Book,
    Change,
    ClearDay,
    ConfirmYear,
    SetDay,
    SetWeek,
    WorkingTime,
)
from motcua.foundation.calendar.types import WeeklySessions
from motcua.foundation.calendar.year_view import said
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.words import WEEKDAYS, day, weekday
from motcua.foundation.organisations.models import Agency


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes of one calendar version, for everybody or (with `agency`) for one."""

    version: CalendarVersion
    changes: tuple[Change, ...]
    basis: str
    agency: Agency | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing before and after."""

    what: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page of confirmation shows."""

    lines: tuple[Line, ...]
    moves: tuple[Moves, ...]

    @property
    def total(self) -> int:
        """Return how many due dates would move."""
        return sum(kind.total for kind in self.moves)


def look(proposal: Proposal) -> Preview:
    """Work out what the proposal would do. Raises `CalendarError` where it cannot be."""
    book = selectors.book_of(proposal.version)
    after = book.changed(proposal.changes)
    whose = proposal.agency.pk if proposal.agency else None
    old, new = book.working_time(whose), after.working_time(whose)
    lines = [line for change in proposal.changes for line in _lines(change, book, old, new)]
    times: dict[int | None, WorkingTime] = {whose: new}
    moves = registry.preview(lambda agency: _time(after, agency, times), None if whose is None else frozenset({whose}))
    return Preview(tuple(lines), moves)


def _time(book: Book, agency: int, compiled: dict[int | None, WorkingTime]) -> WorkingTime:
    whose = agency if book.has_own(agency) else None
    if whose not in compiled:
        compiled[whose] = book.working_time(whose)
    return compiled[whose]


def perform(call: Call, proposal: Proposal) -> CalendarVersion:
    """Make the new version."""
    if proposal.agency is None:
        return actions.change(call, version=proposal.version, changes=proposal.changes, basis=proposal.basis)
    return actions.change_own(
        call, version=proposal.version, agency=proposal.agency, changes=proposal.changes, basis=proposal.basis
    )


def _lines(change: Change, book: Book, old: WorkingTime, new: WorkingTime) -> list[Line]:
    match change:
        case SetDay(entry):
            return [_day_line(entry.day, old, new)]
        case ClearDay(cleared):
            return [_day_line(cleared, old, new)]
        case SetWeek(week, agency):
            return _week_lines(week, book.weeks_of(agency))
        case ConfirmYear(year):
            return [Line(f"Năm {year}", "dự kiến", "có thông báo chính thức")]
        case AddYear(year, entries):
            return [Line(f"Năm {year}", "chưa có trong lịch", f"dự kiến, {len(entries)} ngày nghỉ theo luật")]


def _day_line(changed: date, old: WorkingTime, new: WorkingTime) -> Line:
    return Line(weekday(changed), said(old.plan(changed)), said(new.plan(changed)))


def _week_lines(week: WeeklySessions, weeks: tuple[WeeklySessions, ...]) -> list[Line]:
    before = [other for other in weeks if other.valid_from <= week.valid_from][-1]
    return [
        Line(f"{name} từ {day(week.valid_from)}", write_line(was), write_line(becomes))
        for name, was, becomes in zip(WEEKDAYS, before.days, week.days, strict=True)
        if was != becomes
    ]
