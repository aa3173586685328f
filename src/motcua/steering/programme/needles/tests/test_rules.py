"""Reached, pace, forecast, verdict: by cases worked by hand, and by a plodding second writing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.steering.programme.needles import rules
from motcua.steering.programme.needles.selectors import entry_is_overdue
from motcua.steering.programme.needles.tests import naive
from motcua.steering.programme.needles.types import Goal, Value, Verdict

END, DAY, START = date(2020, 12, 31), date(2018, 11, 23), date(2016, 6, 15)
values = st.decimals(0, 100, places=2)
days = st.dates(date(2016, 1, 1), date(2020, 12, 1))
comparators = st.sampled_from([">", ">=", "=", "", "<", "<="])


def goal(comparator: str = ">", value: str = "80", by: date = END) -> Goal:
    return Goal(comparator, Decimal(value), by)


def at(on: date, value: str) -> Value:
    return Value(on, Decimal(value))


def months(*found: str, first: date = date(2017, 3, 31)) -> list[Value]:
    return [at(first + timedelta(days=91 * step), value) for step, value in enumerate(found)]


@given(values, comparators, values)
def test_reached_as_written_plainly(value: Decimal, comparator: str, wanted: Decimal) -> None:
    found = rules.meets(value, Goal(comparator, wanted, END))
    assert found == naive.reached(Fraction(value), comparator, Fraction(wanted))


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (">", "80", False), (">", "80.01", True), (">=", "80", True), ("=", "80", True), ("", "81", True),
        ("<", "80", False),
    ],
)
def test_above_eighty_wants_more_than_eighty(comparator: str, value: str, met: bool) -> None:
    assert rules.meets(Decimal(value), goal(comparator)) is met


@given(values, comparators, values, days)
def test_who_keeps_the_pace_arrives_on_the_day(value: Decimal, comparator: str, wanted: Decimal, day: date) -> None:
    to = Goal(comparator, wanted, END)
    found = rules.pace(Value(day, value), to, day)
    assert (found is None) == (rules.meets(value, to) or day >= END)
    if found is not None and (END - day).days > 92:
        years = Decimal((END - day).days) / Decimal("365.25")
        assert abs(value + found.per_year * years - wanted) < Decimal("0.000001")
        assert abs(found.per_quarter * 4 - found.per_year) < Decimal("0.000001")


def test_the_last_quarter_wants_the_whole_gap() -> None:
    found = rules.pace(at(date(2020, 12, 1), "70"), goal(), date(2020, 12, 1))
    assert found is not None
    assert found.per_quarter == found.gap == 10


@given(st.lists(st.tuples(days, values), max_size=40))
def test_of_each_month_the_last_value_holds(told: list[tuple[date, Decimal]]) -> None:
    found = rules.monthly(Value(on, value) for on, value in told)
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert {(one.on.year, one.on.month) for one in found} == {(on.year, on.month) for on, _ in told}
    for one in found:
        assert one.on == max(on for on, _ in told if (on.year, on.month) == (one.on.year, one.on.month))


def test_of_one_day_the_last_word_holds() -> None:
    assert rules.monthly([at(DAY, "1"), at(DAY, "2")]) == [at(DAY, "2")]


@given(st.dictionaries(st.integers(0, 40), values, min_size=5, max_size=20), st.integers(1, 900))
def test_the_forecast_is_a_theil_sen_line_with_its_quantiles(told: dict[int, Decimal], ahead: int) -> None:
    history = [Value(START + timedelta(days=31 * step), told[step]) for step in sorted(told)]
    until = history[-1].on + timedelta(days=ahead)
    found = rules.forecast(history, until)
    wanted = naive.theil_sen([one.on for one in history], [Fraction(one.value) for one in history], until)
    for mine, theirs in zip((found.low, found.middle, found.high), wanted, strict=True):
        assert abs(Fraction(mine) - theirs) < Fraction(1, 10**9)
    assert found.low <= found.middle <= found.high


def test_one_wild_value_does_not_turn_the_line() -> None:
    calm = rules.forecast(months("50", "52", "54", "56", "58", "60", "62"), END)
    wild = rules.forecast(months("50", "52", "54", "99", "58", "60", "62"), END)
    assert abs(calm.middle - wild.middle) < 1
    assert calm.low == pytest.approx(calm.high)
    assert wild.high > wild.middle


def test_a_share_stays_between_nothing_and_the_hundred() -> None:
    found = rules.forecast(months("10", "30", "50", "70", "90"), END, least=Decimal(), most=Decimal(100))
    assert found.middle == found.high == 100
    fallen = rules.forecast(months("90", "70", "50", "30", "10"), END, least=Decimal(), most=Decimal(100))
    assert fallen.middle == fallen.low == 0


@given(st.lists(values, max_size=4))
def test_too_few_months_give_no_forecast_and_it_is_said(told: list[Decimal]) -> None:
    history = [Value(START + timedelta(days=200 * step), value) for step, value in enumerate(told)]
    found = rules.standing(
        now=history[-1] if history else None, goal=goal(), baseline=None, history=history, day=DAY
    )
    assert found.forecast is None
    assert "Chưa dự báo" in found.no_forecast


@pytest.mark.parametrize(
    ("history", "day", "said"),
    [
        (months("1", "2"), DAY, "mới có 2 tháng"), ([], DAY, "chưa có tháng nào"),
        ([at(date(2018, 7, 25) + timedelta(days=29 * step), "5") for step in range(5)], DAY, "116 ngày"),
        ([at(date(2018, 6, 30) + timedelta(days=31 * step), "5") for step in range(5)], DAY, "quá ngắn"),
        (months("1", "2", "3", "4", "5"), END, "hết thời hạn"),
    ],
)
def test_why_there_is_no_forecast(history: list[Value], day: date, said: str) -> None:
    assert said in rules.why_no_forecast(history, day, END)


def verdict(now: str | None, *, history: list[Value] | None = None, baseline: str | None = None, day: date = DAY,
            to: Goal | None = None) -> Verdict:  # fmt: skip
    return rules.standing(
        now=at(day, now) if now else None, goal=to or goal(), history=history or [], day=day,
        baseline=at(START, baseline) if baseline else None,
    ).verdict


def test_unknown_is_neither_zero_nor_behind() -> None:
    assert verdict(None) is verdict(None, baseline="59.87") is Verdict.UNKNOWN
    assert verdict("0", baseline="59.87") is Verdict.BEHIND
    assert verdict("70") is Verdict.UNKNOWN
    without = rules.standing(now=at(DAY, "70"), goal=None, baseline=None, history=[], day=DAY)
    assert without.verdict is Verdict.UNKNOWN
    assert "không nêu con số" in without.why


def test_met_on_pace_and_behind() -> None:
    assert verdict("80.5") is Verdict.MET
    # The straight way from 59.87 in June 2016 to 80 at the end of 2020 is at 70.7 on this day.
    assert verdict("71", baseline="59.87") is Verdict.ON_PACE
    assert verdict("70", baseline="59.87") is Verdict.BEHIND
    assert verdict("79.9", baseline="59.87", day=END) is Verdict.BEHIND


def test_the_last_day_is_not_over_before_it_ends_and_what_comes_after_it_is_told_apart() -> None:
    after = END + timedelta(days=1)
    on_the_day = rules.standing(now=at(END, "79.9"), goal=goal(), baseline=None, history=[], day=END)
    assert on_the_day.verdict is Verdict.UNKNOWN
    assert verdict("79.9", day=after) is Verdict.BEHIND
    late = rules.standing(now=at(after, "81"), goal=goal(), baseline=None, history=[at(after, "81")], day=after)
    assert (late.verdict, "sau thời hạn" in late.why) == (Verdict.MET, True)
    kept = rules.standing(now=at(after, "81"), goal=goal(), baseline=None, history=[at(END, "80.5")], day=after)
    assert "sau thời hạn" not in kept.why


def test_a_value_older_than_a_year_says_nothing_of_the_pace() -> None:
    old = at(DAY - timedelta(days=367), "75")
    found = rules.standing(now=old, goal=goal(), baseline=at(START, "60"), history=[old], day=DAY)
    assert (found.verdict, "cũ hơn một năm" in found.why) == (Verdict.UNKNOWN, True)


def test_the_forecast_speaks_before_the_straight_line() -> None:
    rising = months("50", "54", "58", "62", "66", "70", "74")
    assert verdict("74", history=rising, baseline="79") is Verdict.ON_PACE
    assert verdict("62", history=months("62", "62", "62", "62", "62"), baseline="20") is Verdict.BEHIND


def test_what_is_to_fall_is_read_the_other_way_round() -> None:
    less = goal("<", "5")
    assert verdict("4", to=less) is Verdict.MET
    assert verdict("10", to=less, baseline="20") is Verdict.ON_PACE
    assert verdict("14", to=less, baseline="20") is Verdict.BEHIND
    found = rules.pace(at(DAY, "10"), less, DAY)
    assert found is not None
    assert found.per_year < 0


@given(values, values, values, days, comparators)
def test_the_straight_way_begins_and_ends_where_it_should(
    start: Decimal, wanted: Decimal, now: Decimal, day: date, comparator: str
) -> None:
    assume(START < day < END)
    to, baseline = Goal(comparator, wanted, END), Value(START, start)
    assert rules.expected(baseline, to, START) == start
    assert rules.expected(baseline, to, END) == wanted
    line = rules.expected(baseline, to, day)
    assert line is not None
    assert min(start, wanted) <= line <= max(start, wanted)
    found = rules.standing(now=Value(day, now), goal=to, baseline=baseline, history=[], day=day).verdict
    if naive.reached(Fraction(now), comparator, Fraction(wanted)):
        assert found is Verdict.MET
    else:
        assert found is (Verdict.ON_PACE if (now <= line if to.falls else now >= line) else Verdict.BEHIND)


@given(st.lists(days, max_size=6), days)
def test_entries_are_due_fifteen_days_after_a_quarter(entered: list[date], day: date) -> None:
    entered = [one for one in entered if one <= day]
    assert entry_is_overdue(max(entered, default=None), day) == naive.is_overdue(entered, day)
