"""Working time of one agency under one calendar version, compiled into sorted lists of minutes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from motcua.foundation.calendar.errors import BadSessions, OutsideCalendar
from motcua.foundation.calendar.minutes import DAY, date_of, instant_of, minute_of, number_of, within_day
from motcua.foundation.calendar.types import (
    CalendarData,
    DayException,
    DayKind,
    DayPlan,
    Sessions,
    WeeklySessions,
)


class WorkingTime:
    """Sorted minutes of one agency's counting sessions, and tables of its days. Compile once, share freely.

    `day_closes` holds every day (its counting close, or 24:00 where it does not count), `rolled_closes` its close or
    that of the next day that counts, `work_closes` only the days that count. `work_before[i]` says how many days that
    count lie before day `i`, `expected_before[i]` how many expected ones. `dates` and `instants` spare the making of
    dates and of the instants of closes.
    """

    __slots__ = (
        "_at_close",
        "_at_open",
        "_elapsed_after",
        "_end_minute",
        "_ends",
        "_first_minute",
        "_plans",
        "_starts",
        "dates",
        "day_closes",
        "expected_before",
        "first",
        "first_number",
        "instants",
        "last",
        "rolled_closes",
        "work_before",
        "work_closes",
    )

    def __init__(
        self, calendar: CalendarData, weeks: Sequence[WeeklySessions], own: Sequence[DayException] = ()
    ) -> None:
        self.first, self.last = calendar.first, calendar.last
        self.first_number = number_of(calendar.first)
        self._plans = tuple(_plans(calendar, weeks, own))
        self._first_minute = self.first_number * DAY
        self._end_minute = self._first_minute + len(self._plans) * DAY
        self._compile()

    def _compile(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._elapsed_after: list[int] = []
        self.day_closes: list[int] = []
        self.work_closes: list[int] = []
        self._at_open: list[int] = []
        self._at_close: list[int] = []
        self.work_before: list[int] = [0]
        self.expected_before: list[int] = [0]
        elapsed = 0
        for number, plan in enumerate(self._plans, self.first_number):
            at_open = elapsed
            for session in plan.sessions:
                if session.counts:
                    begin, end = (number * DAY + within_day(hour) for hour in (session.opens, session.closes))
                    elapsed += end - begin
                    self._starts.append(begin)
                    self._ends.append(end)
                    self._elapsed_after.append(elapsed)
            if elapsed > at_open:
                self.work_closes.append(self._ends[-1])
                self._at_open.append(at_open)
                self._at_close.append(elapsed)
            self.day_closes.append(self._ends[-1] if elapsed > at_open else (number + 1) * DAY)
            self.work_before.append(len(self.work_closes))
            self.expected_before.append(self.expected_before[-1] + plan.expected)
        self.dates = [plan.day for plan in self._plans]
        self.instants = {close: instant_of(close) for close in self.work_closes}
        # Days after the last that counts have nothing to roll to: the list ends before them.
        last = self.work_before.index(len(self.work_closes))
        self.rolled_closes = [self.work_closes[before] for before in self.work_before[:last]]

    def plan(self, day: date) -> DayPlan:
        """Return what the day is. Raises `OutsideCalendar`."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(self.first, self.last, day)
        return self._plans[number_of(day) - self.first_number]

    def expected_days(self, after: date, until: date) -> list[DayPlan]:
        """Return the days after one day up to another that rest on no notice yet (dự kiến).

        Raises `OutsideCalendar`.
        """
        self.plan(after)
        self.plan(until)
        first, last = (number_of(day) - self.first_number + 1 for day in (after, until))
        if self.expected_before[first] >= self.expected_before[last]:
            return []
        return [plan for plan in self._plans[first:last] if plan.expected]

    def minute(self, instant: datetime) -> int:
        """Return the local minute of an instant inside the calendar. Raises `OutsideCalendar`, `BadInstant`."""
        minute = minute_of(instant)
        if self._first_minute <= minute < self._end_minute:
            return minute
        raise OutsideCalendar(self.first, self.last, instant.date())

    def start(self, instant: datetime) -> tuple[int, int]:
        """Return an instant's own minute and the one from which a clock started then runs: itself, or the next opening.

        Raises `OutsideCalendar`, `BadInstant`.
        """
        minute = minute_of(instant)
        if not self._first_minute <= minute < self._end_minute:
            raise OutsideCalendar(self.first, self.last, instant.date())
        index = bisect_right(self._ends, minute)
        if index == len(self._ends):
            raise OutsideCalendar(self.first, self.last)
        opens = self._starts[index]
        return minute, (minute if minute > opens else opens)

    def elapsed(self, minute: int) -> int:
        """Return how many counting minutes lie between the calendar's first day and this minute."""
        index = bisect_right(self._starts, minute) - 1
        if index < 0:
            return 0
        return self._elapsed_after[index] - max(0, self._ends[index] - minute)

    def at_elapsed(self, elapsed: int) -> int:
        """Return the earliest minute by which so many counting minutes have passed (it may be a close)."""
        index = bisect_left(self._elapsed_after, elapsed)
        if index == len(self._ends):
            raise OutsideCalendar(self.first, self.last)
        return self._ends[index] - (self._elapsed_after[index] - elapsed)

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        """Return the counting minutes from one instant to another; negative where `end` comes first."""
        return self.elapsed(self.minute(end)) - self.elapsed(self.minute(begin))

    def length_of_work_day(self, index: int) -> int:
        """Return the counting minutes of the index-th day that counts."""
        return self._at_close[index] - self._at_open[index]

    def within_work_day(self, index: int, minutes: int) -> int:
        """Return the minute at which the index-th day that counts has run for so many minutes."""
        return self.at_elapsed(self._at_open[index] + minutes)


def _plans(calendar: CalendarData, weeks: Sequence[WeeklySessions], own: Sequence[DayException]) -> Iterator[DayPlan]:
    ordered = sorted(weeks, key=lambda week: week.valid_from)
    if not ordered or ordered[0].valid_from > calendar.first:
        raise BadSessions(
            f"Chưa có lịch tuần cho những ngày từ {calendar.first:%d/%m/%Y}. Anh/chị bổ sung lịch tuần rồi tính lại."
        )
    begins = [week.valid_from for week in ordered]
    # An agency's own entry stands above the shared one for the same day.
    exceptions = {entry.day: entry for entry in (*calendar.exceptions, *own)}
    for number in range(number_of(calendar.first), number_of(calendar.last) + 1):
        day = date_of(number)
        week = ordered[bisect_right(begins, day) - 1]
        yield _plan(day, week, exceptions.get(day), day.year in calendar.expected_years)


def _plan(day: date, week: WeeklySessions, exception: DayException | None, expected: bool) -> DayPlan:
    if exception is None:
        return DayPlan(day, week.days[day.weekday()], expected=expected)
    return DayPlan(
        day,
        _sessions(week, exception),
        kind=exception.kind,
        name=exception.name,
        expected=expected or exception.expected,
    )


def _sessions(week: WeeklySessions, exception: DayException) -> Sessions:
    if exception.sessions is not None:
        return exception.sessions
    if exception.kind is DayKind.SWAPPED_WORK:
        return week.days[exception.in_place_of.weekday() if exception.in_place_of else 0]
    return ()
