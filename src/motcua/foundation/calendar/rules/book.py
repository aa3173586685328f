"""A version of the calendar as a value: shared days and weeks, and those of single agencies; a change makes another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from motcua.foundation.calendar.errors import BadCalendar, OutsideCalendar
from motcua.foundation.calendar.rules.working_time import WorkingTime
from motcua.foundation.calendar.types import CalendarData, DayException, DayKind, WeeklySessions

Whose = int | None
"""The key of an agency, or None for all."""


@dataclass(frozen=True, slots=True)
class SetDay:
    """A day becomes something else than its weekday."""

    entry: DayException
    agency: Whose = None


@dataclass(frozen=True, slots=True)
class ClearDay:
    """A day becomes an ordinary one again; an agency's own day gives way to the shared one."""

    day: date
    agency: Whose = None


@dataclass(frozen=True, slots=True)
class SetWeek:
    """The weekly sessions change from a day on."""

    week: WeeklySessions
    agency: Whose = None


@dataclass(frozen=True, slots=True)
class ConfirmYear:
    """The Government's notice for a year has come: its days are no longer expected."""

    year: int
    agency: Whose = None


@dataclass(frozen=True, slots=True)
class AddYear:
    """The calendar reaches one year further; the year is expected until its notice comes."""

    year: int
    entries: tuple[DayException, ...]
    agency: Whose = None


Change = SetDay | ClearDay | SetWeek | ConfirmYear | AddYear


@dataclass(frozen=True, slots=True)
class Book:
    """One version of the calendar for everybody."""

    first: date
    last: date
    expected_years: frozenset[int]
    days: Mapping[tuple[Whose, date], DayException]
    weeks: Mapping[Whose, tuple[WeeklySessions, ...]]

    @classmethod
    def of(cls, calendar: CalendarData, weeks: Iterable[WeeklySessions]) -> Book:
        """Return a book of shared days and weeks only."""
        days: dict[tuple[Whose, date], DayException] = {(None, entry.day): entry for entry in calendar.exceptions}
        return cls(calendar.first, calendar.last, calendar.expected_years, days, {None: tuple(weeks)})

    def has_own(self, agency: Whose) -> bool:
        """Say whether the agency has weeks or days of its own."""
        return agency is not None and (agency in self.weeks or any(whose == agency for whose, _ in self.days))

    def own_agencies(self) -> frozenset[int]:
        """Return the agencies that have weeks or days of their own."""
        return frozenset(whose for whose in {*self.weeks, *(key[0] for key in self.days)} if whose is not None)

    def entries(self, agency: Whose) -> tuple[DayException, ...]:
        """Return the days of one agency (None: the shared ones), in order."""
        return tuple(entry for (whose, _), entry in sorted(self.days.items(), key=_by_day) if whose == agency)

    def weeks_of(self, agency: Whose) -> tuple[WeeklySessions, ...]:
        """Return the weeks that hold for an agency: the shared ones until its own begin."""
        own = self.weeks.get(agency, ()) if agency is not None else ()
        shared = self.weeks[None]
        return (*(week for week in shared if not own or week.valid_from < own[0].valid_from), *own)

    def working_time(self, agency: Whose) -> WorkingTime:
        """Compile the working time of an agency (or the shared one)."""
        calendar = CalendarData(self.first, self.last, self.entries(None), self.expected_years)
        own = self.entries(agency) if agency is not None else ()
        return WorkingTime(calendar, self.weeks_of(agency), own)

    def changed(self, changes: Iterable[Change]) -> Book:
        """Return the book after the changes. Raises `BadCalendar`, `OutsideCalendar`."""
        book = self
        for change in changes:
            book = _changed(book, change)
        return book


def _by_day(item: tuple[tuple[Whose, date], DayException]) -> date:
    return item[0][1]


def _changed(book: Book, change: Change) -> Book:
    match change:
        case SetDay(entry, agency):
            return _with_day(book, entry, agency)
        case ClearDay(day, agency):
            if (agency, day) not in book.days:
                raise BadCalendar(f"Ngày {day:%d/%m/%Y} vốn là ngày thường, không có gì để bỏ. Chưa thay đổi gì.")
            return replace(book, days={key: entry for key, entry in book.days.items() if key != (agency, day)})
        case SetWeek(week, agency):
            return _with_week(book, week, agency)
        case ConfirmYear(year):
            if year not in book.expected_years:
                raise BadCalendar(f"Năm {year} không ở trạng thái dự kiến. Chưa thay đổi gì.")
            return replace(book, expected_years=book.expected_years - {year}, days=_confirmed(book, year))
        case AddYear(year, entries):
            return _with_year(book, year, entries)


def _with_day(book: Book, entry: DayException, agency: Whose) -> Book:
    if not book.first <= entry.day <= book.last:
        raise OutsideCalendar(book.first, book.last, entry.day)
    if agency is not None and entry.kind is not DayKind.OWN:
        raise BadCalendar("Lịch của một cơ quan chỉ nhận loại ngày “Lịch riêng”. Chưa thay đổi gì.")
    if book.days.get((agency, entry.day)) == entry:
        raise BadCalendar(f"Ngày {entry.day:%d/%m/%Y} đã đúng như vậy. Chưa thay đổi gì.")
    return replace(book, days={**book.days, (agency, entry.day): entry})


def _with_week(book: Book, week: WeeklySessions, agency: Whose) -> Book:
    if not book.first <= week.valid_from <= book.last:
        raise OutsideCalendar(book.first, book.last, week.valid_from)
    kept = [other for other in book.weeks.get(agency, ()) if other.valid_from != week.valid_from]
    ordered = tuple(sorted([*kept, week], key=lambda one: one.valid_from))
    return replace(book, weeks={**book.weeks, agency: ordered})


def _confirmed(book: Book, year: int) -> dict[tuple[Whose, date], DayException]:
    return {
        key: replace(entry, expected=False) if entry.day.year == year and entry.expected else entry
        for key, entry in book.days.items()
    }


def _with_year(book: Book, year: int, entries: tuple[DayException, ...]) -> Book:
    if year != book.last.year + 1:
        raise BadCalendar(f"Lịch chỉ thêm được năm kế tiếp là {book.last.year + 1}. Chưa thay đổi gì.")
    days: dict[tuple[Whose, date], DayException] = {**book.days}
    for entry in entries:
        days[None, entry.day] = entry
    last, expected = date(year, 12, 31), book.expected_years | {year}
    return replace(book, last=last, expected_years=expected, days=days)
