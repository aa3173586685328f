"""Early, on time or late, and how much working time remains."""

from __future__ import annotations

from datetime import datetime

from motcua.foundation.calendar.minutes import DAY, minute_of
from motcua.foundation.calendar.rules.working_time import WorkingTime
from motcua.foundation.calendar.types import STANDARD, Readings, Remaining, Unit, Verdict

_HOUR = 60


def is_late(minute: int, due_minute: int, unit: Unit) -> bool:
    """Say whether what is done in this minute is late: limits in days compare days, limits in hours the hour."""
    grain = _HOUR if unit is Unit.HOUR else DAY
    return minute // grain > due_minute // grain


def judge(finished_at: datetime, due_at: datetime | None, unit: Unit, *, ran_out: bool = False) -> Verdict:
    """Judge by finishing, never by collection: who fetches his paper late does not make the office late.

    `ran_out` (see `Due`): the limit was over before a pause began; such a dossier is late.
    """
    if ran_out:
        return Verdict.LATE
    if due_at is None:
        return Verdict.UNDETERMINED
    grain = _HOUR if unit is Unit.HOUR else DAY
    finished, due = minute_of(finished_at) // grain, minute_of(due_at) // grain
    if finished == due:
        return Verdict.ON_TIME
    return Verdict.EARLY if finished < due else Verdict.LATE


def remaining(
    now: datetime, due_at: datetime, unit: Unit, working_time: WorkingTime, readings: Readings = STANDARD
) -> Remaining:
    """Return the working time until the due date or since it. Raises `OutsideCalendar`."""
    late = is_late(minute_of(now), minute_of(due_at), unit)
    total = working_time.minutes_between(now, due_at)
    # Between the close and midnight of the due day nothing remains and nothing is late yet.
    total = -total if late else max(0, total)
    days, rest = divmod(total, readings.minutes_in_day)
    return Remaining(late, days, *divmod(rest, _HOUR))


def words(left: Remaining) -> str:
    """Say it with its two largest units: "còn 1 ngày 3 giờ", "quá hạn 40 phút", "đến hạn"."""
    parts = [
        f"{number} {unit}"
        for number, unit in ((left.days, "ngày"), (left.hours, "giờ"), (left.minutes, "phút"))
        if number
    ][:2]
    if left.late:
        return " ".join(["quá hạn", *parts])
    return " ".join(["còn", *parts]) if parts else "đến hạn"
