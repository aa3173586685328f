"""What the clock refuses, keeps and says; judging; what remains; whose the delay is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest

from motcua.foundation.calendar.errors import (
    BadCalendar,
    BadInstant,
    BadLimit,
    BadPause,
    BadSessions,
    OutsideCalendar,
)
from motcua.foundation.calendar.notation import read_sessions
from motcua.foundation.calendar.rules import WorkingTime, due, holder_shares, judge, remaining, words
from motcua.foundation.calendar.seed import read_calendar, read_weeks
from motcua.foundation.calendar.tests.places import at, limit, office, pause, shown
from motcua.foundation.calendar.types import (
    CalendarData,
    ClockState,
    DayException,
    DayKind,
    Limit,
    PausePolicy,
    Readings,
    Session,
    Span,
    Unit,
    Verdict,
    WeeklySessions,
)


@pytest.mark.parametrize(
    "text", ["0", "-1", "NaN", "sNaN", "Infinity", "1e9", "2501", "", "hai", "1e-999999", "0.00001", "2 ngày"]
)
def test_limits_of_nothing_or_nonsense_are_refused(text: str) -> None:
    with pytest.raises(BadLimit) as refused:
        Limit.parse(text, Unit.WORKING_DAY)
    assert refused.value.field == "limit"


def test_limits_are_read_with_point_or_comma_and_shown_with_comma() -> None:
    assert Limit.parse(" 0,5 ", Unit.WORKING_DAY) == Limit(Decimal("0.50"), Unit.WORKING_DAY)
    assert str(Limit.parse("10.50", Unit.HOUR)) == "10,5 giờ làm việc"


@pytest.mark.parametrize("received", ["2014-12-31 23:59", "2028-01-01 00:00", "1000-01-01 08:00"])
def test_receipt_outside_the_calendar_is_an_error_that_names_its_reach(received: str) -> None:
    with pytest.raises(OutsideCalendar, match="01/01/2015 đến 31/12/2027"):
        due(at(received), limit("1 wd"), office())


@pytest.mark.parametrize("amount", ["60 wd", "90 cd", "3 m", "400 h", "60.5 wd", "14 cd"])
def test_a_due_date_past_the_calendar_is_an_error_never_a_date(amount: str) -> None:
    with pytest.raises(OutsideCalendar):
        due(at("2027-12-20 09:00"), limit(amount), office())


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(BadInstant):
        due(datetime(2025, 4, 24, 9), limit("1 wd"), office())  # noqa: DTZ001


def test_the_same_instant_in_another_zone_gives_the_same_date() -> None:
    answer = due(datetime(2025, 4, 24, 2, tzinfo=UTC), limit("2 wd"), office())
    assert answer == due(at("2025-04-24 09:00"), limit("2 wd"), office())


@pytest.mark.parametrize(
    "pauses",
    [
        [pause("2025-03-12 10:00", "2025-03-12 09:00")],
        [pause("2025-03-12 10:00", "2025-03-12 09:00", PausePolicy.NO_STOP)],
        [pause("2025-03-09 10:00", "2025-03-12 09:00")],
        [pause("2025-03-11 10:00", "2025-03-13 09:00"), pause("2025-03-12 10:00", "2025-03-14 09:00")],
        [pause("2025-03-11 10:00", None), pause("2025-03-12 10:00", "2025-03-14 09:00")],
    ],
    ids=["backwards", "backwards without stop", "before receipt", "overlapping", "after an open one"],
)
def test_pauses_that_cannot_be_are_refused(pauses: list) -> None:  # type: ignore[type-arg]
    with pytest.raises(BadPause):
        due(at("2025-03-10 09:00"), limit("5 wd"), office(), pauses)


@pytest.mark.parametrize(
    ("amount", "policy", "kept"),
    [
        ("5 wd", PausePolicy.RESUME, "4 ngày làm việc"),
        ("5 wd", PausePolicy.RESTART, "5 ngày làm việc"),
        ("2.5 wd", PausePolicy.RESUME, "1,5 ngày làm việc"),
        ("20 h", PausePolicy.RESUME, "3 giờ làm việc"),
        ("1 m", PausePolicy.RESUME, "30 ngày"),
    ],
)
def test_an_open_pause_leaves_no_date_but_what_is_unused(amount: str, policy: PausePolicy, kept: str) -> None:
    answer = due(at("2025-03-10 09:00"), limit(amount), office(), [pause("2025-03-12 10:00", None, policy)])
    assert (answer.state, answer.due_at, str(answer.unused)) == (ClockState.STOPPED, None, kept)


def test_a_late_dossier_is_not_washed_clean_by_a_restart() -> None:
    late = [pause("2025-03-13 09:00", "2025-03-17 09:00", PausePolicy.RESTART)]
    answer = due(at("2025-03-10 09:00"), limit("1 wd"), office(), late)
    assert (shown(answer.due_at), answer.ran_out) == ("2025-03-18 17:00", True)
    verdict = judge(at("2025-03-17 10:00"), answer.due_at, Unit.WORKING_DAY, ran_out=answer.ran_out)
    assert verdict is Verdict.LATE


def test_a_pause_in_the_evening_of_the_due_day_is_not_yet_late() -> None:
    answer = due(at("2025-03-10 09:00"), limit("1 wd"), office(), [pause("2025-03-11 18:00", "2025-03-13 09:00")])
    assert (shown(answer.due_at), answer.ran_out) == ("2025-03-13 17:00", False)


def test_only_what_leans_on_expected_days_is_provisional() -> None:
    before, across = limit("1 wd"), limit("3 wd")
    assert not due(at("2026-11-20 09:00"), before, office()).provisional
    assert due(at("2026-11-20 09:00"), across, office()).provisional


@pytest.mark.parametrize(
    ("unit", "finished", "verdict"),
    [
        (Unit.WORKING_DAY, "2025-04-25 23:00", Verdict.EARLY),
        (Unit.WORKING_DAY, "2025-04-26 06:00", Verdict.ON_TIME),
        (Unit.CALENDAR_DAY, "2025-04-26 23:59", Verdict.ON_TIME),
        (Unit.MONTH, "2025-04-27 00:00", Verdict.LATE),
        (Unit.HOUR, "2025-04-26 13:59", Verdict.EARLY),
        (Unit.HOUR, "2025-04-26 14:40", Verdict.ON_TIME),
        (Unit.HOUR, "2025-04-26 15:00", Verdict.LATE),
    ],
)
def test_days_are_judged_by_date_and_hours_by_hour(unit: Unit, finished: str, verdict: Verdict) -> None:
    assert judge(at(finished), at("2025-04-26 14:15"), unit) is verdict


def test_without_a_due_date_nothing_is_early_or_late() -> None:
    assert judge(at("2025-04-26 14:15"), None, Unit.HOUR) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2025-04-24 09:00", "còn 2 ngày 6 giờ"),
        ("2025-04-25 14:00", "còn 1 ngày 3 giờ"),
        ("2025-04-26 16:20", "còn 40 phút"),
        ("2025-04-26 18:00", "đến hạn"),
        ("2025-04-27 10:00", "quá hạn"),
        ("2025-04-28 08:30", "quá hạn 1 giờ 30 phút"),
        ("2025-04-29 17:00", "quá hạn 2 ngày"),
    ],
)
def test_what_remains_is_told_in_working_time(now: str, said: str) -> None:
    left = remaining(at(now), at("2025-04-26 17:00"), Unit.WORKING_DAY, office())
    assert words(left) == said


def test_each_holder_bears_his_share_of_the_delay() -> None:
    spans = [
        Span("counter", at("2025-03-10 09:00"), at("2025-03-10 11:00")),
        Span("step", at("2025-03-10 11:00"), at("2025-03-12 09:00")),
        Span("citizen", at("2025-03-12 09:00"), at("2025-03-13 09:00"), counts=False),
        Span("step", at("2025-03-13 09:00"), at("2025-03-13 11:00")),
        Span("head", at("2025-03-13 11:00"), None),
    ]
    shares = holder_shares(spans, at("2025-03-11 17:00"), at("2025-03-13 15:00"), office())
    told = {share.holder: (share.minutes, share.late_minutes, share.late_share) for share in shares}
    assert told == {
        "counter": (120, 0, Fraction(0)),
        "step": (30 + 210 + 480 + 120 + 120, 240, Fraction(2, 3)),
        "citizen": (0, 0, Fraction(0)),
        "head": (120, 120, Fraction(1, 3)),
    }


def test_without_delay_nobody_bears_a_share() -> None:
    spans = [Span("counter", at("2025-03-10 09:00"), None)]
    for due_at in (None, at("2025-03-12 17:00")):
        (share,) = holder_shares(spans, due_at, at("2025-03-10 10:00"), office())
        assert (share.minutes, share.late_minutes, share.late_share) == (60, 0, Fraction(0))


def test_an_agencys_own_day_stands_above_the_shared_one() -> None:
    own = DayException(date(2025, 4, 25), DayKind.OWN, "Mất điện", ())
    time_ = WorkingTime(read_calendar(), read_weeks(), [own])
    assert shown(due(at("2025-04-24 09:00"), limit("1 wd"), time_).due_at) == "2025-04-26 17:00"
    assert time_.plan(date(2025, 4, 25)).kind is DayKind.OWN


def test_weekly_sessions_change_on_their_day() -> None:
    winter = tuple(read_sessions(["08:00-12:00", "13:00-16:30"] if day < 5 else []) for day in range(7))
    time_ = WorkingTime(read_calendar(), [*read_weeks(), WeeklySessions(date(2025, 11, 3), winter)])
    assert shown(due(at("2025-10-30 09:00"), limit("1 wd"), time_).due_at) == "2025-10-31 17:00"
    assert shown(due(at("2025-10-31 09:00"), limit("1 wd"), time_).due_at) == "2025-11-03 16:30"


def test_nonsense_calendars_are_refused() -> None:
    day = DayException(date(2025, 4, 25), DayKind.HOLIDAY, "Lễ")
    with pytest.raises(BadCalendar):
        CalendarData(date(2025, 1, 1), date(2025, 12, 31), (day, day))
    with pytest.raises(BadCalendar):
        CalendarData(date(2026, 1, 1), date(2026, 12, 31), (day,))
    with pytest.raises(BadCalendar):
        DayException(date(2025, 4, 25), DayKind.HOLIDAY, "Lễ", read_sessions(["07:00-11:30"]))
    with pytest.raises(BadCalendar):
        DayException(date(2025, 4, 25), DayKind.OWN, "Riêng")
    with pytest.raises(BadCalendar):
        Readings(least_after_pause=Decimal(0))


def test_nonsense_sessions_are_refused() -> None:
    with pytest.raises(BadSessions):
        Session(time(11), time(7))
    with pytest.raises(BadSessions):
        Session(time(7), time(11), open=False, counts=False)
    with pytest.raises(BadSessions):
        WeeklySessions(date(2025, 1, 1), (read_sessions(["07:00-11:30", "11:00-12:00"]),) + ((),) * 6)
    with pytest.raises(BadSessions):
        WeeklySessions(date(2025, 1, 1), ((),) * 6)
    with pytest.raises(BadSessions):
        WorkingTime(read_calendar(), [WeeklySessions(date(2015, 1, 2), ((),) * 7)])


def test_an_office_that_never_opens_has_no_due_dates() -> None:
    closed = WorkingTime(read_calendar(), [WeeklySessions(date(2015, 1, 1), ((),) * 7)])
    with pytest.raises(OutsideCalendar):
        due(at("2025-04-24 09:00"), limit("1 wd"), closed)
