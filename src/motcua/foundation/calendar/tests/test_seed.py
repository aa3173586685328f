"""The shipped calendar equals library plus corrections, and says what the yearly notices said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from motcua.foundation.calendar import seed
from motcua.foundation.calendar.minutes import date_of, instant_of, minute_of, number_of
from motcua.foundation.calendar.types import DayKind


def off_days(first: str, last: str) -> list[bool]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    time = seed.standard_working_time()
    return [not time.plan(begin + timedelta(days=k)).counts for k in range((end - begin).days + 1)]


def test_the_seed_is_the_library_with_our_corrections() -> None:
    pytest.importorskip("holidays")
    assert (seed.DATA / "holidays.toml").read_text(encoding="utf-8") == seed.generated()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2019-02-02", "2019-02-10"),
        ("2020-01-23", "2020-01-29"),
        ("2021-02-10", "2021-02-16"),
        ("2021-04-21", "2021-04-21"),
        ("2021-09-02", "2021-09-05"),
        ("2022-04-10", "2022-04-11"),
        ("2022-04-30", "2022-05-03"),
        ("2023-04-29", "2023-05-03"),
        ("2024-02-08", "2024-02-14"),
        ("2024-04-27", "2024-05-01"),
        ("2024-08-31", "2024-09-03"),
        ("2025-01-25", "2025-02-02"),
        ("2025-04-07", "2025-04-07"),
        ("2025-04-30", "2025-05-04"),
        ("2026-01-01", "2026-01-04"),
    ],
)
def test_days_of_the_yearly_notices_are_off(first: str, last: str) -> None:
    assert all(off_days(first, last))


@pytest.mark.parametrize("day", ["2024-05-04", "2025-04-26", "2026-01-10"])
def test_saturdays_given_for_a_day_off_are_worked(day: str) -> None:
    plan = seed.standard_working_time().plan(date.fromisoformat(day))
    assert (plan.kind, plan.counts, plan.day.weekday()) == (DayKind.SWAPPED_WORK, True, 5)


def test_every_entry_names_its_source_and_every_swap_its_other_half() -> None:
    entries = {entry.day: entry for entry in seed.read_calendar().exceptions}
    assert all(entry.source for entry in entries.values())
    for entry in entries.values():
        if entry.kind in (DayKind.SWAPPED_OFF, DayKind.SWAPPED_WORK):
            assert entry.in_place_of is not None
            # Of the first swap only the day off lies within the calendar.
            assert entry.in_place_of.year == 2014 or entries[entry.in_place_of].in_place_of == entry.day


def test_a_year_without_a_notice_is_expected_and_so_is_a_holiday_without_its_law() -> None:
    time = seed.standard_working_time()
    assert time.plan(date(2027, 3, 3)).expected
    assert time.plan(date(2026, 11, 24)).expected
    assert not time.plan(date(2026, 11, 23)).expected


def test_local_minutes_agree_with_the_time_zone_database() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    for number in range(number_of(date(2015, 1, 1)), number_of(date(2027, 12, 31)) + 1):
        noon = datetime(*date_of(number).timetuple()[:3], 12, tzinfo=zone)
        assert minute_of(noon) == number * 1440 + 720
        assert instant_of(minute_of(noon)) == noon
