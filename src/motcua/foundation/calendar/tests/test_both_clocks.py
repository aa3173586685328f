"""The fast clock equals the patient one over generated calendars, swaps, half Saturdays, pauses, decimals, months."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from motcua.foundation.calendar.errors import OutsideCalendar
from motcua.foundation.calendar.notation import read_sessions
from motcua.foundation.calendar.rules import WorkingTime, due
from motcua.foundation.calendar.tests import naive
from motcua.foundation.calendar.types import (
    CalendarData,
    DayException,
    DayKind,
    Limit,
    OutsideSession,
    Pause,
    PausePolicy,
    Readings,
    Sessions,
    Unit,
    WeeklySessions,
)
from motcua.foundation.core.time import LOCAL_ZONE, local

FIRST, LENGTH = date(2024, 1, 1), 100
MIDNIGHT = datetime.combine(FIRST, time())

SHAPES = [
    read_sessions(texts)
    for texts in (
        [],
        ["07:00-11:30", "13:30-17:00"],
        ["08:00-12:00", "13:00-17:00"],
        ["07:00-11:30"],
        ["07:00-11:30 open"],
        ["07:00-11:30", "13:30-17:00 open"],
        ["07:15-11:20 counts", "13:05-16:50"],
        ["06:30-10:00", "10:00-11:00 open", "11:00-12:10 counts"],
    )
]
shapes = st.sampled_from(SHAPES)
usual = st.lists(shapes.filter(bool), min_size=5, max_size=5)
weekends = st.lists(shapes, min_size=2, max_size=2)
days = st.integers(0, LENGTH - 1).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def weeks(draw: st.DrawFn) -> list[WeeklySessions]:
    begins = [FIRST, *draw(st.lists(days, max_size=1, unique=True))]
    return [WeeklySessions(begin, tuple(draw(usual) + draw(weekends))) for begin in dict.fromkeys(begins)]


@st.composite
def entries(draw: st.DrawFn, *, most: int) -> tuple[DayException, ...]:
    found = []
    for day in draw(st.lists(days, max_size=most, unique=True)):
        kind = draw(st.sampled_from(DayKind))
        sessions: Sessions | None = None
        if kind is DayKind.OWN or (kind is DayKind.SWAPPED_WORK and draw(st.booleans())):
            sessions = draw(shapes)
        found.append(
            DayException(day, kind, kind.label, sessions, draw(st.none() | days), expected=draw(st.booleans()))
        )
    return tuple(found)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    unit = draw(st.sampled_from(Unit))
    most = {Unit.HOUR: 40, Unit.WORKING_DAY: 12, Unit.CALENDAR_DAY: 20, Unit.MONTH: 2}[unit]
    whole = st.integers(1, most).map(Decimal)
    part = st.decimals(Decimal("0.01"), most, places=2)
    return Limit(draw(whole | part), unit)


@st.composite
def stops(draw: st.DrawFn, received: datetime) -> list[tuple[datetime, datetime | None, PausePolicy]]:
    found: list[tuple[datetime, datetime | None, PausePolicy]] = []
    moment = received
    for _ in range(draw(st.integers(0, 3))):
        began = moment + timedelta(minutes=draw(st.integers(0, 8 * 1440)))
        ended = began + timedelta(minutes=draw(st.sampled_from([0, 1, 90, 1440]) | st.integers(0, 6 * 1440)))
        found.append((began, ended, draw(st.sampled_from(PausePolicy))))
        moment = ended
    if found and draw(st.integers(0, 4)) == 0:
        found[-1] = (found[-1][0], None, found[-1][2])
    return found


minutes_of_day = st.sampled_from([0, 419, 420, 689, 690, 809, 810, 1019, 1020, 1439]) | st.integers(0, 1439)
readings = st.builds(
    Readings,
    outside_session=st.sampled_from(OutsideSession),
    first_day_counts=st.booleans(),
    part_of_day_step=st.sampled_from([1, 30, 60]),
    part_of_month_days=st.sampled_from([30, 28]),
    least_after_pause=st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(2)]),
)


def zoned(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=LOCAL_ZONE)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_the_fast_clock_equals_the_patient_one(data: st.DataObject) -> None:
    years = frozenset(data.draw(st.sampled_from([(), (), (2024,)])))
    calendar = CalendarData(FIRST, FIRST + timedelta(days=LENGTH - 1), data.draw(entries(most=12)), years)
    their_weeks, own = data.draw(weeks()), data.draw(entries(most=3))
    limit, reading = data.draw(limits()), data.draw(readings)
    received = MIDNIGHT + timedelta(days=data.draw(st.integers(0, 15)), minutes=data.draw(minutes_of_day))
    pauses = data.draw(stops(received))

    patient = naive.Office(calendar, their_weeks, list(own))
    fast = WorkingTime(calendar, their_weeks, own)
    zoned_pauses = [Pause(began.replace(tzinfo=LOCAL_ZONE), zoned(ended), policy) for began, ended, policy in pauses]
    try:
        expected = naive.due(received, limit, patient, pauses, reading)
    except naive.Beyond:
        expected = None
    try:
        answer = due(received.replace(tzinfo=LOCAL_ZONE), limit, fast, zoned_pauses, reading)
    except OutsideCalendar:
        assert expected is None
        return
    assert expected is not None
    at = None if answer.due_at is None else local(answer.due_at).replace(tzinfo=None)
    assert (at, answer.ran_out, answer.provisional) == (expected.due, expected.ran_out, expected.provisional)


@settings(max_examples=60, deadline=None)
@given(weeks(), entries(most=12), minutes_of_day, st.integers(0, 20), st.integers(0, 9 * 1440))
def test_working_minutes_equal_the_minutes_walked(
    their_weeks: list[WeeklySessions], entries: tuple[DayException, ...], minute: int, day: int, length: int
) -> None:
    calendar = CalendarData(FIRST, FIRST + timedelta(days=LENGTH - 1), entries)
    begin = MIDNIGHT + timedelta(days=day, minutes=minute)
    end = begin + timedelta(minutes=length)
    assume(end.date() < calendar.last)
    walked = naive.minutes_between(naive.Office(calendar, their_weeks, []), begin, end)
    fast = WorkingTime(calendar, their_weeks)
    assert fast.minutes_between(begin.replace(tzinfo=LOCAL_ZONE), end.replace(tzinfo=LOCAL_ZONE)) == walked
    assert fast.minutes_between(end.replace(tzinfo=LOCAL_ZONE), begin.replace(tzinfo=LOCAL_ZONE)) == -walked
