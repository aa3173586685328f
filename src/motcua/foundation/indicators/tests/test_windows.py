"""A stretch of days is cut into cells that hold each of its days exactly once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from motcua.foundation.indicators import windows

DAYS = st.dates(date(2013, 1, 1), date(2028, 12, 31))


def _cells(first: date, last: date) -> list[int]:
    every = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return sorted({cell for day in every for cell in windows.cells_of(windows.number(day))})


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(DAYS, st.integers(0, 1500))
@example(date(2024, 1, 1), 365)
@example(date(2024, 2, 1), 28)
@example(date(2024, 2, 10), 0)
@example(date(2024, 1, 31), 1)
def test_each_day_lies_in_exactly_one_cell_that_is_read(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    read = list(windows.ranges(first, last))
    covered: dict[date, int] = {}
    for at in range(-40, more + 41):
        day = first + timedelta(days=at)
        cells = windows.cells_of(windows.number(day))
        covered[day] = sum(low <= cell <= high for cell in cells for low, high in read)
    assert covered == {day: int(first <= day <= last) for day in covered}
    assert len(read) <= 5


def test_an_empty_stretch_reads_nothing() -> None:
    assert list(windows.ranges(date(2025, 4, 2), date(2025, 4, 1))) == []


def test_a_cell_is_read_only_where_all_its_days_are_asked() -> None:
    read = list(windows.ranges(date(2022, 3, 15), date(2025, 4, 10)))
    cells = [cell for cell in _cells(date(2022, 3, 15), date(2025, 4, 10)) if any(a <= cell <= b for a, b in read)]
    assert len(cells) == 17 + 9 + 2 + 3 + 10
