"""Days as cells of the fold: a stretch of days is a few whole years, months and single days. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

DAY, MONTH, YEAR = 100_000_000, 200_000_000, 300_000_000
ALL_AGENCIES, ALL_FIELDS = 0, "*"
#: Nothing is older; what a register has before it counts on this day.
FIRST = date(1900, 1, 1)


def number(day: date) -> int:
    """Return a day as a number: 20250424."""
    return day.year * 10_000 + day.month * 100 + day.day


def cells_of(day: int) -> tuple[int, int, int]:
    """Return the cells a day (a number) is summed into: its own, its month's, its year's."""
    return DAY + day, MONTH + day // 100 * 100 + 1, YEAR + day // 10_000 * 10_000 + 101


def ranges(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Yield the ranges of cells, both ends included, that make up the days exactly once; none for an empty stretch."""
    if last < first:
        return
    begins, ends = _month_after(first - timedelta(days=1)), (last + timedelta(days=1)).replace(day=1)
    if begins >= ends:
        yield DAY + number(first), DAY + number(last)
        return
    if first < begins:
        yield DAY + number(first), DAY + number(begins - timedelta(days=1))
    yield from _months(begins, ends)
    if ends <= last:
        yield DAY + number(ends), DAY + number(last)


def _months(begins: date, ends: date) -> Iterator[tuple[int, int]]:
    """Yield whole years and the months beside them, from a first of a month up to, not with, another."""
    if begins >= ends:
        return
    year, until = date(begins.year + (begins.month > 1), 1, 1), date(ends.year, 1, 1)
    if year >= until:
        yield MONTH + number(begins), MONTH + number(_month_before(ends))
        return
    if begins < year:
        yield MONTH + number(begins), MONTH + number(date(begins.year, 12, 1))
    yield YEAR + number(year), YEAR + number(date(until.year - 1, 1, 1))
    if until < ends:
        yield MONTH + number(until), MONTH + number(_month_before(ends))


def _month_after(day: date) -> date:
    """Return the first of the month after the day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
