"""Whatever is played, the register stays sound: hypothesis invents the events, the rules accept or refuse them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.organisations import readings, rules
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.tests.registers import START, profile, small
from motcua.foundation.organisations.types import (
    Adjust,
    Close,
    Event,
    Found,
    Merge,
    Register,
    Rename,
    Reparent,
    Source,
    Split,
)

KEYS = ["p", "d1", "d2", "c1", "c2", "c3", "c4", "s1", "s2", *(f"n{i}" for i in range(8))]
keys = st.sampled_from(KEYS)
kinds = st.sampled_from(["commune", "commune", "district", "department"])
profiles = st.builds(
    lambda key, kind, parent, code: profile(key, kind, parent, code=code),
    st.sampled_from(KEYS[9:]),
    kinds,
    st.sampled_from(["p", "d1", "d2"]),
    st.sampled_from(["C1", "C2", "N1", "N2", "N3"]),
)
sources = st.lists(st.builds(Source, keys), min_size=0, max_size=3).map(tuple)
receivers = st.one_of(keys, profiles)


def events_on(day: date) -> st.SearchStrategy[Event]:
    return st.one_of(
        st.builds(lambda p: Found(day=day, basis="", profile=p), profiles),
        st.builds(lambda k, n: Rename(day=day, basis="", key=k, name=n, form="xã"), keys, st.sampled_from("ABC")),
        st.builds(lambda k, p: Reparent(day=day, basis="", key=k, parent=p), keys, keys),
        st.builds(lambda s, i: Merge(day=day, basis="", sources=s, into=i), sources, receivers),
        st.builds(lambda s, i: Adjust(day=day, basis="", sources=s, into=i), sources, keys),
        st.builds(
            lambda k, i, v: Split(day=day, basis="", key=k, into=tuple(i), survives=v),
            keys, st.lists(receivers, max_size=3), st.booleans(),
        ),
        st.builds(lambda k, s: Close(day=day, basis="", key=k, successors=tuple(s)), keys, st.lists(keys, max_size=2)),
    )


plays = st.lists(
    st.integers(min_value=-2, max_value=40).flatmap(lambda step: events_on(START + timedelta(days=step))),
    max_size=25,
)


def play(events: list[Event]) -> Register:
    register = small()
    for event in events:
        before = register
        try:
            register = rules.apply(register, event)
        except BadEvent:
            assert register is before
    return register


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plays)
def test_register_stays_sound(events: list[Event]) -> None:
    register = play(events)
    assert readings.faults(register) == []
    assert all(readings.holds(register, passed) for passed in register.successions), "what was entered stays true"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plays, st.integers(min_value=0, max_value=50))
def test_one_state_a_day_and_heirs_end_with_the_living(events: list[Event], after: int) -> None:
    register = play(events)
    day = START + timedelta(days=after)
    for key, unit in register.units.items():
        states = [state for state in unit.states if state.period.covers(day)]
        assert len(states) == int(unit.life.covers(day))
        if unit.opened <= day:
            heirs = readings.heirs(register, key, day)
            assert all(register.units[heir].life.covers(day) for heir in heirs)
    assert len(readings.list_units(register, day)) == len(readings.living(register, day))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plays)
def test_successions_at_the_end_of_life_have_no_circle(events: list[Event]) -> None:
    register = play(events)
    for key, unit in register.units.items():
        for heir in readings.final_successors(register, key):
            closed = register.units[heir].closed
            assert unit.closed is not None and (closed is None or closed > unit.closed)
