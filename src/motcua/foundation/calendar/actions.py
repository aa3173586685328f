"""Verbs of the calendar: each makes a new version. What earlier versions said stays readable for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from motcua.foundation.calendar import jobs, seed, selectors
from motcua.foundation.calendar.models import CalendarVersion, DayRow, VersionedRow, WeekRow
from motcua.foundation.calendar.notation import write_code, write_sessions
from motcua.foundation.calendar.policies import CALENDAR
from motcua.foundation.calendar.rules import AddYear, Book, Change, ClearDay, ConfirmYear, SetDay, SetWeek
from motcua.foundation.calendar.rules.book import Whose
from motcua.foundation.calendar.types import DayException, WeeklySessions
from motcua.foundation.core import ledger
from motcua.foundation.core.errors import Conflict
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.foundation.organisations.models import Agency

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def load_seed(by: Call) -> CalendarVersion:
    """Load the calendar that ships with the product, unless the store has one. Returns the present version."""
    return selectors.current_version() or load(by)


@verb("calendar.load", policy=CALENDAR)
def load(act: Act) -> CalendarVersion:
    """Make the first version from the seed."""
    book = seed.book()
    version = _version(act, 1, book, "Lịch kèm phần mềm, 2015–2027")
    _write(version.number, None, days=book.entries(None), weeks=book.weeks[None])
    text = (seed.DATA / "holidays.toml").read_bytes()
    act.record(version, first=True, number=1, days=len(book.days), seed=hashlib.sha256(text).hexdigest())
    act.after_commit(selectors.forget)
    return version


@verb("calendar.change", policy=CALENDAR, locks=("version",))
def change(act: Act, *, version: CalendarVersion, changes: Sequence[Change], basis: str) -> CalendarVersion:
    """Change days or weeks of everybody. `version` is the one the screen was drawn from."""
    assert all(one.agency is None for one in changes), "what belongs to one agency is changed by change_own"
    return _next(act, version, changes, basis, None)


@verb("calendar.change_own", policy=CALENDAR, locks=("version",), on="agency")
def change_own(
    act: Act, *, version: CalendarVersion, agency: Agency, changes: Sequence[Change], basis: str
) -> CalendarVersion:
    """Change days or weeks of one agency."""
    assert all(one.agency == agency.pk for one in changes), "all changes belong to the agency"
    return _next(act, version, changes, basis, agency)


def _next(
    act: Act, version: CalendarVersion, changes: Sequence[Change], basis: str, agency: Agency | None
) -> CalendarVersion:
    newest = selectors.current_version()
    if newest is None or newest.pk != version.pk:
        raise Conflict(
            "Lịch làm việc vừa được người khác thay đổi nên việc này chưa được ghi. "
            "Anh/chị mở lại trang lịch để xem bản mới nhất rồi làm lại."
        )
    book = selectors.book_of(version).changed(changes)
    book.working_time(agency.pk if agency else None)  # refuses what cannot be compiled before anything is written
    new = _version(act, version.number + 1, book, basis)
    for one in changes:
        _apply(new.number, one)
    act.record(
        new,
        first=True,
        number=new.number,
        after=version.ref,
        whose=agency.ref if agency else None,
        changes=[code for one in changes for code in _codes(one)],
        basis=ledger.digest(new.public_id, basis),
    )
    act.after_commit(selectors.forget)
    jobs.recompute_later(act, agency.pk if agency else None)
    return new


def _version(act: Act, number: int, book: Book, basis: str) -> CalendarVersion:
    return CalendarVersion.objects.create(
        number=number,
        first=book.first,
        last=book.last,
        expected_years=sorted(book.expected_years),
        basis=basis,
        made_at=act.entered_at,
    )


def _apply(number: int, one: Change) -> None:
    """Write one change: what it replaces ends with this version, what it brings begins."""
    match one:
        case SetDay(entry, agency):
            _end(DayRow, number, agency, day=entry.day)
            _write(number, agency, days=[entry])
        case ClearDay(day, agency):
            _end(DayRow, number, agency, day=day)
        case SetWeek(week, agency):
            _end(WeekRow, number, agency, valid_from=week.valid_from)
            _write(number, agency, weeks=[week])
        case ConfirmYear(year):
            rows = DayRow.objects.filter(until__isnull=True, expected=True, day__year=year)
            for row in list(rows):
                entry = selectors.entry_of(row)
                _end(DayRow, number, row.agency_id, day=row.day)
                _write(number, row.agency_id, days=[entry], expected=False)
        case AddYear(_, entries):
            _write(number, None, days=entries)


def _end(model: type[VersionedRow], number: int, agency: Whose, **lookup: object) -> None:
    whose = {"agency__isnull": True} if agency is None else {"agency_id": agency}
    open_rows = model._default_manager.filter(until__isnull=True, **whose, **lookup)
    open_rows.filter(since=number).delete()  # set twice within one version: only the last one ever held
    open_rows.update(until=number)


def _write(
    number: int,
    agency: Whose,
    *,
    days: Sequence[DayException] = (),
    weeks: Sequence[WeeklySessions] = (),
    expected: bool | None = None,
) -> None:
    DayRow.objects.bulk_create(
        DayRow(
            agency_id=agency,
            since=number,
            day=entry.day,
            kind=entry.kind,
            name=entry.name,
            sessions=None if entry.sessions is None else write_sessions(entry.sessions),
            in_place_of=entry.in_place_of,
            source=entry.source,
            expected=entry.expected if expected is None else expected,
        )
        for entry in days
    )
    WeekRow.objects.bulk_create(
        WeekRow(
            agency_id=agency,
            since=number,
            valid_from=week.valid_from,
            days=[write_sessions(sessions) for sessions in week.days],
        )
        for week in weeks
    )


def _codes(one: Change) -> list[str]:
    """Say a change in codes, for the ledger."""
    match one:
        case SetDay(entry):
            code = f"day:{entry.day}={entry.kind}{'~expected' if entry.expected else ''}"
            return [code if entry.sessions is None else f"{code}:{write_code(entry.sessions)}"]
        case ClearDay(day):
            return [f"day:{day}=ordinary"]
        case SetWeek(week):
            return [
                f"week:{week.valid_from}:{name}={write_code(sessions)}"
                for name, sessions in zip(_WEEKDAYS, week.days, strict=True)
            ]
        case ConfirmYear(year):
            return [f"year:{year}=confirmed"]
        case AddYear(year, entries):
            return [f"year:{year}=added:{len(entries)}"]
