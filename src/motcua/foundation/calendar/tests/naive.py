"""The clock once more, as a patient clerk would keep it: minute by minute, with no table and no arithmetic of dates.

It shares nothing with `rules` but the types it reads. It is the oracle of `test_both_clocks`.
"""

from __future__ import annotations

import calendar as months_of
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from motcua.foundation.calendar.types import (
    CalendarData,
    DayException,
    DayKind,
    Limit,
    OutsideSession,
    PausePolicy,
    Readings,
    Session,
    Unit,
    WeeklySessions,
)

MINUTE = timedelta(minutes=1)


class Beyond(Exception):
    """The clerk has turned the calendar's last page."""


@dataclass
class Answer:
    due: datetime | None
    ran_out: bool
    provisional: bool = False


@dataclass
class Office:
    """Sessions of every day, looked up in the plainest way. All moments are local and without zone."""

    calendar: CalendarData
    weeks: list[WeeklySessions]
    own: list[DayException]
    _cache: dict[date, list[Session]] = field(default_factory=dict)
    _parts: dict[tuple[date, Fraction, int], datetime] = field(default_factory=dict)

    def counting_sessions(self, day: date) -> list[Session]:
        if day not in self._cache:
            if not self.calendar.first <= day <= self.calendar.last:
                raise Beyond
            self._cache[day] = [session for session in self._sessions(day) if session.counts]
        return self._cache[day]

    def _sessions(self, day: date) -> tuple[Session, ...]:
        week = max((week for week in self.weeks if week.valid_from <= day), key=lambda week: week.valid_from)
        for exception in [*self.own, *self.calendar.exceptions]:
            if exception.day == day:
                if exception.sessions is not None:
                    return exception.sessions
                if exception.kind is DayKind.SWAPPED_WORK:
                    return week.days[exception.in_place_of.weekday() if exception.in_place_of else 0]
                return ()
        return week.days[day.weekday()]

    def is_expected(self, day: date) -> bool:
        if day.year in self.calendar.expected_years:
            return True
        for exception in [*self.own, *self.calendar.exceptions]:
            if exception.day == day:
                return exception.expected
        return False

    def counts(self, day: date) -> bool:
        return bool(self.counting_sessions(day))

    def runs_at(self, moment: datetime) -> bool:
        return any(s.opens <= moment.time() < s.closes for s in self.counting_sessions(moment.date()))

    def is_last_minute(self, moment: datetime, *, every_day: bool) -> bool:
        sessions = self.counting_sessions(moment.date())
        if sessions:
            return (moment + MINUTE).time() == sessions[-1].closes
        return every_day and moment.time() == time(23, 59)

    def next_running(self, moment: datetime) -> datetime:
        while not self.runs_at(moment):
            moment += MINUTE
        return moment

    def part_ends(self, day: date, part: Fraction, step: int) -> datetime:
        if (day, part, step) not in self._parts:
            self._parts[day, part, step] = self._part_ends(day, part, step)
        return self._parts[day, part, step]

    def _part_ends(self, day: date, part: Fraction, step: int) -> datetime:
        minutes = [datetime.combine(day, time()) + k * MINUTE for k in range(24 * 60)]
        running = [moment for moment in minutes if self.runs_at(moment)]
        wanted = 0
        while wanted < part * len(running):
            wanted += step
        return running[min(wanted, len(running)) - 1] + MINUTE


@dataclass
class Clerk:
    """One dossier's clock. `left` is in minutes for hours, else in days."""

    office: Office
    limit: Limit
    readings: Readings
    start: datetime = field(init=False)
    first_day: date = field(init=False)
    left: Fraction = Fraction(0)
    full: Fraction = Fraction(0)
    due: datetime | None = None

    def begin(self, received: datetime) -> None:
        self.start = self.office.next_running(received)
        if self.readings.outside_session is OutsideSession.SAME_DAY:
            self.start = received
        start_day = self.start.date()
        self.first_day = start_day if self.readings.first_day_counts else start_day + timedelta(days=1)
        amount, self.due = Fraction(self.limit.amount), None
        if self.limit.unit is Unit.HOUR:
            self.left = Fraction(up(amount * 60))
        elif self.limit.unit is Unit.MONTH:
            self.left = Fraction(self.days_of_months(start_day, amount))
        else:
            self.left = amount
        self.full = self.left

    def days_of_months(self, start_day: date, amount: Fraction) -> int:
        month, year = start_day.month, start_day.year
        for _ in range(int(amount)):
            month, year = (1, year + 1) if month == 12 else (month + 1, year)
        end = date(year, month, min(start_day.day, months_of.monthrange(year, month)[1]))
        return (end - start_day).days + up((amount - int(amount)) * self.readings.part_of_month_days)

    def live(self, moment: datetime) -> None:
        """Let the minute that begins now pass while the clock runs."""
        if self.due is not None or moment < self.start:
            return
        if self.limit.unit is Unit.HOUR:
            if self.office.runs_at(moment):
                self.left -= 1
                if self.left == 0:
                    self.due = moment + MINUTE
        elif moment.date() >= self.first_day:
            self.live_day(moment)

    def live_day(self, moment: datetime) -> None:
        every_day = self.limit.unit is not Unit.WORKING_DAY
        counts = self.office.counts(moment.date())
        last = self.office.is_last_minute(moment, every_day=every_day)
        if self.left >= 1 and last:
            self.left -= 1
        elif 0 < self.left < 1 and counts:
            if moment + MINUTE == self.office.part_ends(moment.date(), self.left, self.readings.part_of_day_step):
                self.left, self.due = Fraction(0), moment + MINUTE
            return
        elif 0 < self.left < 1 and last:
            self.left = Fraction(0)
        elif self.left > 0 or not last:
            return
        # All is used up; a day that does not count hands the end on to the next that does.
        if self.left == 0 and counts:
            self.due = moment + MINUTE

    def late(self, moment: datetime) -> bool:
        if self.due is None:
            return False
        if self.limit.unit is Unit.HOUR:
            return moment.replace(minute=0) > self.due.replace(minute=0)
        return moment.date() > self.due.date()

    def keep_least(self) -> None:
        least = Fraction(self.readings.least_after_pause)
        if self.limit.unit is Unit.HOUR:
            least = Fraction(up(least * 60))
        self.left, self.due = max(self.left, min(least, self.full)), None


def up(number: Fraction) -> int:
    whole = int(number)
    return whole if whole == number else whole + 1


def due(
    received: datetime,
    limit: Limit,
    office: Office,
    pauses: list[tuple[datetime, datetime | None, PausePolicy]],
    readings: Readings,
) -> Answer:
    """Walk from receipt to the due date. Raises `Beyond` at the calendar's end."""
    waiting = [pause for pause in pauses if pause[2] is not PausePolicy.NO_STOP]
    clerk, ran_out, moment = Clerk(office, limit, readings), False, received
    clerk.begin(received)
    paused: tuple[datetime, datetime | None, PausePolicy] | None = None
    while True:
        if paused and paused[1] == moment:
            if paused[2] is PausePolicy.RESTART:
                clerk.begin(moment)
            paused = None
        elif not paused and waiting and waiting[0][0] == moment:
            paused = waiting.pop(0)
            ran_out = ran_out or clerk.late(moment)
            if paused[2] is PausePolicy.RESUME:
                clerk.keep_least()
            if paused[1] is None:
                return Answer(None, ran_out)
        else:
            if not paused and not waiting and clerk.due is not None:
                return Answer(clerk.due, ran_out, leans(office, received, clerk.due))
            office.counting_sessions(moment.date())
            if not paused:
                clerk.live(moment)
            moment += MINUTE


def leans(office: Office, received: datetime, due_at: datetime) -> bool:
    day, answer = received.date(), False
    while day <= due_at.date():
        answer = answer or office.is_expected(day)
        day += timedelta(days=1)
    return answer


def minutes_between(office: Office, begin: datetime, end: datetime) -> int:
    total = 0
    while begin < end:
        total += office.runs_at(begin)
        begin += MINUTE
    return total
