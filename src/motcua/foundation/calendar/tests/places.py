"""Short ways to write moments, sessions and pauses in tests. All texts are local time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from motcua.foundation.calendar import seed
from motcua.foundation.calendar.notation import read_sessions
from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.calendar.types import Limit, Pause, PausePolicy, Unit, WeeklySessions
from motcua.foundation.core.time import LOCAL_ZONE, local

UNITS = {"wd": Unit.WORKING_DAY, "cd": Unit.CALENDAR_DAY, "h": Unit.HOUR, "m": Unit.MONTH}


def at(text: str) -> datetime:
    """Read "2025-04-24 09:00" as local time."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)


def shown(instant: datetime | None) -> str | None:
    """Write an instant as `at` reads it."""
    return None if instant is None else f"{local(instant):%Y-%m-%d %H:%M}"


def limit(text: str) -> Limit:
    """Read "2 wd", "1.25 h", "1 m"."""
    amount, unit = text.split()
    return Limit(Decimal(amount), UNITS[unit])


def pause(began: str, ended: str | None, policy: PausePolicy = PausePolicy.RESUME) -> Pause:
    """Write a pause of the clock."""
    return Pause(at(began), None if ended is None else at(ended), policy)


def office(saturday: list[str] | None = None) -> WorkingTime:
    """Return the seed's working time, with Saturdays of another kind where given."""
    if saturday is None:
        return seed.standard_working_time()
    (week,) = seed.read_weeks()
    days = (*week.days[:5], read_sessions(saturday), week.days[6])
    return WorkingTime(seed.read_calendar(), [WeeklySessions(week.valid_from, days)])
