"""The pure rules: periods against a day-by-day reading, PINs, forms of signature, names in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.foundation.identity import rules
from motcua.foundation.identity.errors import BadLending, BadPeriod
from motcua.foundation.identity.naming import name_key
from motcua.foundation.identity.rules import Borrowed, Held
from motcua.foundation.identity.types import Eyes, Lending, Mark, Role, SigningForm
from motcua.foundation.organisations.types import Period

START = date(2016, 1, 1)
HORIZON = 40
days = st.integers(0, HORIZON).map(lambda count: START + timedelta(days=count))
ends = st.none() | days


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    end = draw(st.none() | st.integers(0, HORIZON).map(lambda count: start + timedelta(days=count)))
    return Period(start, end)


def day_set(period: Period) -> set[date]:
    """Return the days of a period one by one, up to well past every end drawn."""
    every = (START + timedelta(days=count) for count in range(3 * HORIZON))
    return {day for day in every if day >= period.start and (period.end is None or day < period.end)}


@given(periods(), days)
def test_cutting_keeps_exactly_the_days_before(period: Period, day: date) -> None:
    assert day_set(rules.cut(period, day)) == {one for one in day_set(period) if one < day}


@given(periods(), st.lists(periods(), max_size=5))
def test_an_overlap_is_found_exactly_when_a_day_is_shared(wanted: Period, others: list[Period]) -> None:
    shared = any(day_set(wanted) & day_set(other) for other in others)
    if not rules.is_empty(wanted):
        assert (rules.first_overlap(wanted, others) is not None) == shared


@given(periods(), periods(), st.lists(periods(), max_size=3), days)
def test_a_lending_is_taken_exactly_when_every_day_of_it_may_be_lent(
    wanted: Period, grant: Period, others: list[Period], today: date
) -> None:
    lent = set().union(*map(day_set, others)) if others else set()
    fits = (
        wanted.end is not None and day_set(wanted) != set() and wanted.start >= today
        and day_set(wanted) <= day_set(grant) and not day_set(wanted) & lent
    )
    try:
        rules.check_lent(wanted, grant, others, today)
    except BadPeriod:
        assert not fits
    else:
        assert fits


@st.composite
def holdings(draw: st.DrawFn) -> tuple[list[Held], list[Borrowed]]:
    roles = st.sampled_from([Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.CLERK])
    own = draw(st.lists(st.builds(Held, roles, periods()), max_size=3))
    borrowed = draw(st.lists(st.builds(Borrowed, roles, st.sampled_from(Lending), periods(), periods()), max_size=2))
    return own, borrowed


@given(holdings(), st.booleans())
def test_the_form_of_a_signature_follows_from_what_is_held_on_the_day(
    held: tuple[list[Held], list[Borrowed]], collective: bool
) -> None:
    own, borrowed = held
    for count in range(0, 2 * HORIZON, 7):
        day = START + timedelta(days=count)
        mine = {one.role for one in own if day in day_set(one.period)}
        loans = {
            one.how for one in borrowed
            if one.role is Role.CHAIRMAN and day in day_set(one.period) and day in day_set(one.grant)
        }
        form = rules.signing_form(day, head=Role.CHAIRMAN, collective=collective, own=own, borrowed=borrowed)
        if Role.CHAIRMAN in mine:
            assert form == SigningForm(Role.CHAIRMAN, collective, None)
        elif Role.VICE_CHAIRMAN in mine:
            assert form == SigningForm(Role.CHAIRMAN, collective, Mark.KT)
        elif loans & {Lending.DELEGATION, Lending.ORDER}:
            assert form is not None
            assert form.mark in {Mark.TUQ, Mark.TL}
            assert not form.on_behalf
        else:
            assert form is None


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (SigningForm(Role.CHAIRMAN, True, None), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (SigningForm(Role.CHAIRMAN, True, Mark.KT), ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (SigningForm(Role.CHAIRMAN, False, Mark.TL), ("TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_the_lines_over_a_signature(form: SigningForm, lines: tuple[str, ...]) -> None:
    assert form.lines("Ủy ban nhân dân", "Chủ tịch", "Phó Chủ tịch") == lines


@pytest.mark.parametrize(
    ("role", "how", "borrower"),
    [
        (Role.ADMIN, Lending.SUBSTITUTION, Role.SPECIALIST),
        (Role.VICE_CHAIRMAN, Lending.DELEGATION, Role.SPECIALIST),
        (Role.HEAD, Lending.SUBSTITUTION, Role.SPECIALIST),
        (Role.RECEPTION, Lending.ORDER, Role.SPECIALIST),
    ],
)
def test_what_the_law_does_not_let_be_lent(role: Role, how: Lending, borrower: Role) -> None:
    with pytest.raises(BadLending):
        rules.check_lendable(role, how, {borrower})


def test_a_deputy_stands_in_for_his_head_and_anyone_for_a_counter() -> None:
    rules.check_lendable(Role.HEAD, Lending.SUBSTITUTION, {Role.DEPUTY})
    rules.check_lendable(Role.HEAD, Lending.DELEGATION, {Role.SPECIALIST})
    rules.check_lendable(Role.RECEPTION, Lending.SUBSTITUTION, frozenset())


@pytest.mark.parametrize("pin", ["0000", "1234", "4321", "7890", "987654", "1212", "123123", "555555"])
def test_pins_that_a_stranger_tries_first(pin: str) -> None:
    assert rules.is_trivial_pin(pin)


@pytest.mark.parametrize("pin", ["2748", "1975", "80312", "402957"])
def test_other_pins(pin: str) -> None:
    assert not rules.is_trivial_pin(pin)


def test_the_province_always_takes_two_people_and_lower_levels_where_set() -> None:
    assert rules.pair_of_eyes("province", ()) is Eyes.TWO
    assert rules.pair_of_eyes("commune", ()) is Eyes.ONE_NOTED
    assert rules.pair_of_eyes("commune", {"commune"}) is Eyes.TWO


def test_periods_are_said_with_their_last_day() -> None:
    assert rules.said(Period(date(2025, 1, 1), date(2025, 7, 1))) == "từ 1/1/2025 đến hết 30/6/2025"
    assert rules.said(Period(date(2025, 1, 1))) == "từ 1/1/2025"


def test_names_sort_by_given_name_in_vietnamese_order() -> None:
    right = [
        "Nông Văn An", "Hà Thị Ánh", "Lý Thị Ân", "Bế Văn Dũng", "Đặng Đức", "Hoàng Lan", "Nông Lan",
        "Hà Minh", "Bàn Vỹ",
    ]
    assert sorted(sorted(right), key=name_key) == right
