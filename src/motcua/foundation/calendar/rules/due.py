"""The due date: receipt, limit, pauses and working time in; one answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil

from motcua.foundation.calendar.errors import BadPause, OutsideCalendar
from motcua.foundation.calendar.minutes import DAY, date_of, instant_of
from motcua.foundation.calendar.rules.counting import Amount, Counting, Days, Hours
from motcua.foundation.calendar.rules.judging import is_late
from motcua.foundation.calendar.rules.working_time import WorkingTime
from motcua.foundation.calendar.types import (
    DECIMALS,
    STANDARD,
    ClockState,
    Due,
    Limit,
    OutsideSession,
    Pause,
    PausePolicy,
    Readings,
    Unit,
)

# Looking a member up in its enum costs as much as the bisection, so the hot path takes them from here.
_HOUR, _WORKING_DAY, _CALENDAR_DAY, _MONTH = Unit
_SET, _STOPPED, _UNKNOWN = ClockState
_NEXT_OPENING = OutsideSession.NEXT_OPENING


@dataclass(slots=True)
class _Run:
    """A clock that runs from a minute on, with what is left to it."""

    counting: Counting
    running_from: int
    start_day: int
    left: Amount


def due(
    received_at: datetime,
    limit: Limit | None,
    working_time: WorkingTime,
    pauses: Sequence[Pause] = (),
    readings: Readings = STANDARD,
) -> Due:
    """Return when a dossier is due (Civil Code 2015, Art. 146 to 148; readings in ADR 3).

    `limit` None means that the procedure publishes none: no date is invented. Raises `OutsideCalendar`, `BadPause`,
    `BadInstant`.
    """
    received, start = working_time.start(received_at)
    if limit is None:
        return Due(_UNKNOWN, start, date_of(start // DAY))
    if pauses or limit.part or readings.first_day_counts:
        return _step_by_step(received_at, limit, working_time, pauses, readings)
    if readings.outside_session is not _NEXT_OPENING:
        start = received
    start_day = start // DAY
    minute = _end(start, start_day, limit, working_time, readings)
    return _answer(working_time, received, start, start_day, minute)


def _answer(
    working_time: WorkingTime, received: int, start: int, start_day: int, minute: int, *, ran_out: bool = False
) -> Due:
    first, day, expected_before = working_time.first_number, minute // DAY, working_time.expected_before
    fields = (
        _SET,
        start,
        working_time.dates[start_day - first],
        working_time.instants.get(minute) or instant_of(minute),
        working_time.dates[day - first],
        expected_before[day - first + 1] > expected_before[received // DAY - first],
        ran_out,
        None,
    )
    return tuple.__new__(Due, fields)  # what `Due(...)` does after binding its arguments, in half the time


def _end(start: int, start_day: int, limit: Limit, working_time: WorkingTime, readings: Readings) -> int:
    """Return where a limit of whole units without pauses ends, the start day not counted: one look-up."""
    unit, whole = limit.unit, limit.whole
    if unit is _HOUR:
        return working_time.at_elapsed(working_time.elapsed(start) + whole * 60)
    index = start_day - working_time.first_number + whole
    try:
        if unit is _WORKING_DAY:
            used = working_time.work_before[index - whole + 1]
            return working_time.work_closes[used + whole - 1]
        if unit is _MONTH:
            index += _days_of_months(start_day, limit, readings) - whole
        return working_time.rolled_closes[index]
    except IndexError:
        raise OutsideCalendar(working_time.first, working_time.last) from None


def _step_by_step(
    received_at: datetime, limit: Limit, working_time: WorkingTime, pauses: Sequence[Pause], readings: Readings
) -> Due:
    received = working_time.minute(received_at)
    run = _begin(received_at, limit, working_time, readings)
    start, start_day, ran_out = run.running_from, run.start_day, False
    for pause in _stops(pauses, received, working_time):
        began = working_time.minute(pause.began)
        unused = run.counting.unused_at(run.running_from, began, run.left)
        ran_out = ran_out or (not unused and _is_over(run, began, limit.unit))
        if pause.policy is PausePolicy.RESUME:
            run.left = max(unused, _least(run, limit, readings))
        if pause.ended is None:
            kept = _kept(run, limit) if pause.policy is PausePolicy.RESUME else limit
            return Due(_STOPPED, start, date_of(start_day), ran_out=ran_out, unused=kept)
        if pause.policy is PausePolicy.RESTART:
            run = _begin(pause.ended, limit, working_time, readings)
        else:
            run.running_from = max(run.running_from, working_time.minute(pause.ended))
    minute = run.counting.exhausted_at(run.running_from, run.left)
    return _answer(working_time, received, start, start_day, minute, ran_out=ran_out)


def _begin(received_at: datetime, limit: Limit, working_time: WorkingTime, readings: Readings) -> _Run:
    received, start = working_time.start(received_at)
    if readings.outside_session is not _NEXT_OPENING:
        start = received
    start_day = start // DAY
    if limit.unit is _HOUR:
        return _Run(Hours(working_time), start, start_day, ceil((limit.whole + limit.part) * 60))
    days = Days(
        working_time,
        start_day if readings.first_day_counts else start_day + 1,
        every_day=limit.unit is not _WORKING_DAY,
        step=readings.part_of_day_step,
    )
    left = _days_of_months(start_day, limit, readings) if limit.unit is _MONTH else limit.whole + limit.part
    return _Run(days, start, start_day, left)


def _days_of_months(start_day: int, limit: Limit, readings: Readings) -> int:
    """Return how many days lie between the start day and the same day so many months later."""
    start = date_of(start_day)
    return (add_months(start, limit.whole) - start).days + ceil(limit.part * readings.part_of_month_days)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day (Civil Code 2015, Art. 148(3))."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    next_month = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = date.fromordinal(next_month.toordinal() - 1)
    return last.replace(day=min(day.day, last.day))


def _stops(pauses: Sequence[Pause], received: int, working_time: WorkingTime) -> list[Pause]:
    """Return the pauses that stop the clock, in order; all are checked first. Raises `BadPause`."""
    stops: list[Pause] = []
    free_from: int | None = received
    for pause in sorted(pauses, key=lambda pause: pause.began):
        began = working_time.minute(pause.began)
        ended = None if pause.ended is None else working_time.minute(pause.ended)
        if ended is not None and ended < began:
            raise _bad_pause(pause)
        if pause.policy is PausePolicy.NO_STOP:
            continue
        if free_from is None or began < free_from:
            raise _bad_pause(pause)
        stops.append(pause)
        free_from = ended
    return stops


def _bad_pause(pause: Pause) -> BadPause:
    return BadPause(
        f"Lần tạm dừng từ {pause.began:%d/%m/%Y %H:%M} kết thúc trước khi bắt đầu, bắt đầu trước khi nhận hồ sơ, "
        "hoặc chồng lên lần khác. Chưa tính lại hạn; anh/chị kiểm tra các mốc thời gian."
    )


def _is_over(run: _Run, began: int, unit: Unit) -> bool:
    """Say whether the limit, with its rolled end, was over when the pause began."""
    try:
        return is_late(began, run.counting.exhausted_at(run.running_from, run.left), unit)
    except OutsideCalendar:
        return False  # rolled past the calendar's end, hence past `began`


def _least(run: _Run, limit: Limit, readings: Readings) -> Amount:
    """Return what RESUME leaves at least: the least unit, or the whole limit where that is shorter."""
    least = Fraction(readings.least_after_pause)
    if limit.unit is _HOUR:
        return min(ceil(least * 60), ceil((limit.whole + limit.part) * 60))
    return min(least, run.left if limit.unit is _MONTH else limit.whole + limit.part)


def _kept(run: _Run, limit: Limit) -> Limit:
    """Return what an open pause keeps; what is left of months is told in days."""
    left = Fraction(run.left, 60) if limit.unit is _HOUR else Fraction(run.left)
    amount = round(Decimal(left.numerator) / Decimal(left.denominator), DECIMALS)
    return Limit(amount, _CALENDAR_DAY if limit.unit is _MONTH else limit.unit)
