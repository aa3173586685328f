"""Two ways of counting a limit down: hours run minute by minute, days are used up at their close."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from math import ceil
from typing import Protocol

from motcua.foundation.calendar.errors import OutsideCalendar
from motcua.foundation.calendar.rules.working_time import WorkingTime

Amount = int | Fraction


class Counting(Protocol):
    """How a limit is used up while the clock runs from a minute on."""

    def exhausted_at(self, running_from: int, left: Amount) -> int:
        """Return the minute at which the limit ends. Raises `OutsideCalendar`."""

    def unused_at(self, running_from: int, until: int, left: Amount) -> Amount:
        """Return what is left after running from one minute until another."""


class Hours:
    """Counting minutes only: over lunch, night and weekend the clock stands."""

    __slots__ = ("_time",)

    def __init__(self, working_time: WorkingTime) -> None:
        self._time = working_time

    def exhausted_at(self, running_from: int, left: Amount) -> int:
        """Return the minute at which `left` counting minutes have run."""
        return self._time.at_elapsed(self._time.elapsed(running_from) + int(left))

    def unused_at(self, running_from: int, until: int, left: Amount) -> Amount:
        """Return the minutes left."""
        return max(0, left - (self._time.elapsed(until) - self._time.elapsed(running_from)))


class Days:
    """Days used up at their close: those that count (`every_day` False), or all, rolled at the end."""

    __slots__ = ("_closes", "_every_day", "_first", "_step", "_time")

    def __init__(self, working_time: WorkingTime, first_day: int, *, every_day: bool, step: int) -> None:
        """`first_day`: number of the first day that may be used up; `step`: minutes to which a part is rounded up."""
        index = first_day - working_time.first_number
        self._time, self._every_day, self._step = working_time, every_day, step
        self._closes = working_time.day_closes if every_day else working_time.work_closes
        if every_day:
            self._first = index
        else:
            before = working_time.work_before
            self._first = before[min(index, len(before) - 1)]

    def exhausted_at(self, running_from: int, left: Amount) -> int:
        """Return the close of the last day, or the end of its part; a day that does not count is rolled."""
        index, minute = self._last(running_from, left)
        return self._rolled(index) if self._every_day and not self._counts(index) else minute

    def unused_at(self, running_from: int, until: int, left: Amount) -> Amount:
        """Return the days left; nothing is left once the last day is over, even if its end was rolled."""
        whole = int(left)
        used = max(0, bisect_right(self._closes, until) - self._next(running_from))
        if used < whole:
            return left - used
        part = left - whole
        return 0 if not part or self._part_is_over(running_from, until, left) else part

    def _part_is_over(self, running_from: int, until: int, left: Amount) -> bool:
        try:
            return self._last(running_from, left)[1] <= until
        except OutsideCalendar:
            return False  # it would have ended after the calendar, hence after `until`

    def _next(self, minute: int) -> int:
        return max(bisect_right(self._closes, minute), self._first)

    def _last(self, running_from: int, left: Amount) -> tuple[int, int]:
        """Return index and last minute of the day that uses up what is left, before any rolling."""
        whole = int(left)
        index = self._next(running_from) + whole
        try:
            if left == whole:
                return index - 1, self._closes[index - 1]
            part = left - whole
            if not whole and self._part_end(index, part) <= running_from:
                index += 1
            return index, self._part_end(index, part)
        except IndexError:
            raise OutsideCalendar(self._time.first, self._time.last) from None

    def _part_end(self, index: int, part: Amount) -> int:
        if self._every_day and not self._counts(index):
            return self._closes[index]
        work_index = self._time.work_before[index] if self._every_day else index
        length = self._time.length_of_work_day(work_index)
        minutes = min(length, ceil(part * length / self._step) * self._step)
        return self._time.within_work_day(work_index, minutes)

    def _counts(self, index: int) -> bool:
        before = self._time.work_before
        return before[index + 1] > before[index]

    def _rolled(self, index: int) -> int:
        if index >= len(self._time.rolled_closes):
            raise OutsideCalendar(self._time.first, self._time.last)
        return self._time.rolled_closes[index]
