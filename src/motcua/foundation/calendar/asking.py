"""Whose calendar a request asks about, and what its forms need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from motcua.foundation.calendar import selectors
from motcua.foundation.calendar.forms import ORDINARY, BasisForm
from motcua.foundation.calendar.models import CalendarVersion
from motcua.foundation.calendar.notation import write_line
from motcua.foundation.calendar.policies import CALENDAR
from motcua.foundation.calendar.proposing import Proposal
from motcua.foundation.calendar.rules import Book, WorkingTime
from motcua.foundation.calendar.rules.book import Whose
from motcua.foundation.calendar.types import DayException, WeeklySessions
from motcua.foundation.core.errors import Conflict, NotFound
from motcua.foundation.core.views import DeskRequest, require
from motcua.foundation.organisations.models import Agency

STALE = (
    "Lịch làm việc vừa được người khác thay đổi nên việc này chưa được ghi. "
    "Anh/chị mở lại trang lịch để xem bản mới nhất rồi làm lại."
)


@dataclass(frozen=True)
class Place:
    """The calendar that a screen shows: the shared one, or that of one agency."""

    version: CalendarVersion | None
    agency: Agency | None
    may_change: bool
    may_change_shared: bool

    @property
    def whose(self) -> Whose:
        """Return the agency's key, or None for all."""
        return self.agency.pk if self.agency else None

    @cached_property
    def book(self) -> Book:
        """Return the version as a value; without one, the seed."""
        return selectors.book_of(self.version) if self.version else selectors.present_book()

    @cached_property
    def working_time(self) -> WorkingTime:
        """Return the compiled calendar."""
        return self.book.working_time(self.whose)

    def entries_of(self, year: int) -> list[DayException]:
        """Return the days of a year that differ from their weekday, the agency's own above the shared ones."""
        found = {entry.day: entry for entry in self.book.entries(None)}
        if self.whose is not None:
            found.update({entry.day: entry for entry in self.book.entries(self.whose)})
        return [entry for day, entry in sorted(found.items()) if day.year == year]

    def week_on(self, day: date) -> WeeklySessions:
        """Return the weekly sessions in force on a day."""
        return [week for week in self.book.weeks_of(self.whose) if week.valid_from <= day][-1]

    def for_form(self) -> dict[str, Any]:
        """Return what every form of the room is made with."""
        return {"whose": self.whose, "working_time": self.working_time}

    def initial(self) -> dict[str, Any]:
        """Return what every form begins with."""
        return {"version": self.version.public_id if self.version else ""}

    def initial_of(self, day: date) -> dict[str, Any]:
        """Return what the form of a day begins with."""
        self.working_time.plan(day)  # a day outside the calendar is refused
        entry = self.book.days.get((self.whose, day))
        if entry is None:
            return {**self.initial(), "kind": ORDINARY}
        hours = "" if entry.sessions is None else write_line(entry.sessions)
        return {
            **self.initial(),
            "kind": entry.kind.value,
            "name": entry.name,
            "sessions": hours,
            "in_place_of": entry.in_place_of,
            "expected": entry.expected,
            "basis": entry.source,
        }

    def proposal(self, form: BasisForm) -> Proposal:
        """Return what the form proposes. Raises `Conflict` where its screen was drawn from another version."""
        if self.version is None or form.cleaned_data["version"] != self.version.public_id:
            raise Conflict(STALE)
        return Proposal(self.version, form.changes(), form.cleaned_data["basis"], self.agency)

    def query(self, year: int) -> str:
        """Return the query of the year's page for this place."""
        agency = {"co-quan": self.agency.public_id} if self.agency else {}
        return urlencode({"nam": year, **agency})


def place(request: DeskRequest, *, to_change: bool = False, only_shared: bool = False) -> Place:
    """Return the calendar a request names. Raises `NotFound`, and `Denied` where it is to be changed by others."""
    agency = None if only_shared else _agency(request.GET.get("co-quan", ""))
    verb = "calendar.change_own" if agency else "calendar.change"
    if to_change:
        require(CALENDAR, request.actor, verb, agency)
    version = selectors.current_version()
    if to_change and version is None:
        raise Conflict("Kho chưa có lịch để sửa. Anh/chị nạp lịch kèm phần mềm ở trang lịch trước.")
    shared = CALENDAR.may(request.actor, "calendar.change")
    return Place(version, agency, CALENDAR.may(request.actor, verb, agency) and version is not None, shared)


def _agency(public_id: str) -> Agency | None:
    if not public_id:
        return None
    found = Agency.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("Không có cơ quan như vậy trong danh mục.")
    return found


def year_of(request: DeskRequest, working_time: WorkingTime, present: int) -> int:
    """Return the year a request asks for, kept within the calendar."""
    text = request.GET.get("nam", "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else present
    return max(working_time.first.year, min(wanted, working_time.last.year))
