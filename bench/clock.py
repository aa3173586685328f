"""Due dates with every rule against a day loop that asks a set of days off: the least anybody would write."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from bench.measures import Measure, interleaved, per_second
from motcua.foundation.calendar import rules
from motcua.foundation.calendar.seed import read_calendar, standard_working_time
from motcua.foundation.calendar.types import DayKind, Limit, Unit
from motcua.foundation.core import time

OFF = (DayKind.HOLIDAY, DayKind.IN_LIEU, DayKind.SWAPPED_OFF)
CASES = 2_000


def naive(day: date, count: int, off: set[date], worked: set[date]) -> date:
    """Walk day by day: holidays and swapped days looked up in sets, no sessions, no pauses."""
    while count:
        day += timedelta(days=1)
        if day in worked or (day.weekday() < 5 and day not in off):
            count -= 1
    return day


def run() -> list[Measure]:
    """Measure on the same cases: receptions from 2016 to 2025, limits of 3 to 45 working days."""
    chance, working = random.Random(860), standard_working_time()
    exceptions = read_calendar().exceptions
    off = {e.day for e in exceptions if e.kind in OFF}
    worked = {e.day for e in exceptions if e.kind is DayKind.SWAPPED_WORK}
    start = datetime(2016, 1, 4, 9, tzinfo=time.LOCAL_ZONE)
    cases = [
        (start + timedelta(minutes=chance.randrange(9 * 365 * 1440)), chance.randint(3, 45)) for _ in range(CASES)
    ]
    limits = {n: Limit(Decimal(n), Unit.WORKING_DAY) for n in range(3, 46)}

    def ours() -> int:
        for received, count in cases:
            rules.due(received, limits[count], working)
        return CASES

    def theirs() -> int:
        for received, count in cases:
            naive(received.date(), count, off, worked)
        return CASES

    ratio, fast, slow = interleaved(lambda: per_second(ours), lambda: per_second(theirs))
    detail = f"{fast:,.0f}/s against {slow:,.0f}/s"
    return [Measure("due dates with every rule / a naive day loop", ratio, 5, at_least=True, detail=detail)]
