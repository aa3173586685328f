"""A version as a value: changes make a new one, nonsense is refused."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.foundation.calendar import seed
from motcua.foundation.calendar.errors import BadCalendar, BadSessions, OutsideCalendar
from motcua.foundation.calendar.notation import read_line, read_sessions, write_code, write_line, write_sessions
from motcua.foundation.calendar.rules import AddYear, ClearDay, ConfirmYear, SetDay, SetWeek
from motcua.foundation.calendar.types import DayException, DayKind, WeeklySessions

HOLIDAY = DayException(date(2026, 3, 9), DayKind.HOLIDAY, "Lễ mới")
CLOSED = DayException(date(2026, 3, 9), DayKind.OWN, "Mất điện", ())
HALF = WeeklySessions(date(2026, 3, 2), (read_sessions(["07:00-11:30"]),) * 5 + ((), ()))


def test_a_change_makes_another_book_and_leaves_the_first() -> None:
    book = seed.book()
    changed = book.changed([SetDay(HOLIDAY)])
    assert not changed.working_time(None).plan(HOLIDAY.day).counts
    assert book.working_time(None).plan(HOLIDAY.day).counts
    assert changed.changed([ClearDay(HOLIDAY.day)]) == book


def test_an_agencys_own_day_and_week_are_its_own() -> None:
    book = seed.book().changed([SetDay(CLOSED, 7), SetWeek(HALF, 8)])
    assert book.own_agencies() == {7, 8} and book.has_own(7) and not book.has_own(9)
    assert not book.working_time(7).plan(CLOSED.day).counts
    assert book.working_time(None).plan(CLOSED.day).counts
    assert book.working_time(8).plan(date(2026, 3, 2)).sessions == HALF.days[0]
    assert book.working_time(8).plan(date(2026, 2, 27)) == book.working_time(None).plan(date(2026, 2, 27))


def test_a_shared_week_of_later_does_not_touch_an_agencys_own() -> None:
    later = WeeklySessions(date(2026, 6, 1), ((read_sessions(["08:00-12:00"]),) * 5 + ((), ())))
    book = seed.book().changed([SetWeek(HALF, 8), SetWeek(later)])
    assert book.working_time(8).plan(date(2026, 6, 1)).sessions == HALF.days[0]
    assert book.working_time(None).plan(date(2026, 6, 1)).sessions == later.days[0]


def test_a_week_set_again_for_the_same_day_replaces_it() -> None:
    full = WeeklySessions(HALF.valid_from, seed.read_weeks()[0].days)
    book = seed.book().changed([SetWeek(HALF), SetWeek(full)])
    assert [week.valid_from for week in book.weeks[None]] == [date(2015, 1, 1), HALF.valid_from]
    assert book.working_time(None).plan(date(2026, 3, 2)).sessions == full.days[0]


def test_a_notice_makes_a_year_certain() -> None:
    book = seed.book().changed([ConfirmYear(2027)])
    assert not book.working_time(None).plan(date(2027, 3, 3)).expected
    with pytest.raises(BadCalendar, match="không ở trạng thái dự kiến"):
        book.changed([ConfirmYear(2027)])


def test_the_calendar_grows_by_the_next_year_only() -> None:
    book = seed.book().changed([AddYear(2028, seed.expected_year(2028))])
    plan = book.working_time(None).plan(date(2028, 5, 1))
    assert (plan.kind, plan.expected, plan.counts) == (DayKind.HOLIDAY, True, False)
    with pytest.raises(BadCalendar, match="2029"):
        book.changed([AddYear(2035, ())])


@pytest.mark.parametrize(
    "change",
    [
        ClearDay(date(2026, 3, 10)),
        SetDay(HOLIDAY, 7),
        SetDay(seed.book().days[None, date(2026, 1, 1)]),
    ],
    ids=["ordinary already", "a holiday of one agency", "the same again"],
)
def test_changes_that_change_nothing_or_cannot_be_are_refused(change: ClearDay | SetDay) -> None:
    with pytest.raises(BadCalendar, match="Chưa thay đổi gì"):
        seed.book().changed([change])


def test_days_outside_the_calendar_are_refused() -> None:
    for change in (
        SetDay(DayException(date(2030, 1, 1), DayKind.HOLIDAY, "Lễ")),
        SetWeek(WeeklySessions(date(2030, 1, 1), ((),) * 7)),
    ):
        with pytest.raises(OutsideCalendar):
            seed.book().changed([change])


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("07:00–11:30, 13:30-17:00", ["07:00-11:30", "13:30-17:00"], "07:00–11:30, 13:30–17:00"),
        ("7h00 - 11h30; 13g30-17g00 chỉ mở cửa", ["07:00-11:30", "13:30-17:00 open"], None),
        ("07:00-11:30 chỉ tính hạn", ["07:00-11:30 counts"], "07:00–11:30 chỉ tính hạn"),
        ("", [], "nghỉ"),
        (" Nghỉ ", [], "nghỉ"),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, stored: list[str], shown: str | None) -> None:
    sessions = read_line(typed)
    assert write_sessions(sessions) == stored
    assert read_sessions(stored) == read_line(write_line(sessions)) == sessions
    assert shown is None or write_line(sessions) == shown
    assert " " not in write_code(sessions)


@pytest.mark.parametrize("typed", ["sáng", "7-11", "25:00-26:00", "11:30-07:00", "07:00-11:30, 11:00-12:00", "07:00"])
def test_hours_that_cannot_be_are_refused_in_clear_words(typed: str) -> None:
    with pytest.raises(BadSessions, match="Chưa thay đổi gì"):
        read_line(typed)
