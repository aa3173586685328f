"""What takes effect before what is recorded ahead: in the register of 2016 that knows 2020 and 2025 already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation.organisations import ahead, effects, readings, rules
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.tests import registers
from motcua.foundation.organisations.tests.registers import bac_kan, profile
from motcua.foundation.organisations.types import (
    Adjust,
    Close,
    Event,
    Merge,
    Register,
    Rename,
    Reparent,
    Source,
    Split,
)
from motcua.testing import examples

DAY = date(2016, 6, 15)
CUT = ahead.known_on(bac_kan(), DAY)
LIVING = sorted(readings.living(CUT, DAY))
COMMUNES = [key for key in LIVING if CUT.units[key].states[-1].kind == "commune"]
said: dict[str, Any] = {"day": DAY, "basis": "1/QĐ-DT"}


def done(event: Event) -> Register:
    return ahead.apply(bac_kan(), event, DAY)


def test_a_renamed_commune_still_ends_when_it_did() -> None:
    register = done(Rename(key="bk-02008", name="Xã Cẩm Giàng Mới", form="xã", **said))
    unit = register.units["bk-02008"]
    assert [(state.name, state.period.start) for state in unit.states][-1] == ("Xã Cẩm Giàng Mới", DAY)
    assert unit.closed == date(2025, 7, 1)
    assert readings.final_successors(register, "bk-02008") == ("tn-02008",)
    assert {code.period.end for code in unit.codes} == {date(2025, 7, 1)}


def test_a_name_given_later_comes_all_the_same() -> None:
    """The town became a township's kind of name in 2015 and a commune may be renamed again: the later name stands."""
    renamed = done(Rename(key="bk-02008", name="Xã Một", form="xã", **said))
    earlier = ahead.apply(renamed, Rename(key="bk-02008", name="Xã Hai", form="xã", day=DAY, basis="2/QĐ-DT"), DAY)
    assert [state.name for state in earlier.units["bk-02008"].states] == ["Xã Cẩm Giàng", "Xã Hai"]
    later = Rename(key="bk-02008", name="Xã Ba", form="xã", day=date(2018, 1, 1), basis="3/QĐ-DT")
    known = ahead.apply(bac_kan(), later, DAY)
    both = ahead.apply(known, Rename(key="bk-02008", name="Xã Một", form="xã", **said), DAY)
    states = [(state.name, state.period.start) for state in both.units["bk-02008"].states]
    assert states[-2:] == [("Xã Một", DAY), ("Xã Ba", date(2018, 1, 1))]
    assert readings.faults(both) == []


def test_what_is_merged_away_has_no_later_history() -> None:
    register = done(Merge(sources=(Source("bk-02008"),), into="bk-02011", **said))
    assert register.units["bk-02008"].closed == DAY
    assert readings.final_successors(register, "bk-02008") == ("bk-02011",)
    assert [one.predecessor for one in readings.predecessors(register, "tn-02008")].count("bk-02008") == 0
    assert readings.heirs(register, "bk-02008", date(2025, 7, 1)) == ("tn-02008",), "through the one that took it over"


def test_parts_of_a_split_end_when_the_whole_would_have() -> None:
    parts = tuple(profile(f"x{n}", "commune", "bk-063", name=f"Xã Phần {n}", code=f"X{n}") for n in (1, 2))
    register = done(Split(key="bk-02008", into=parts, survives=False, **said))
    for key in ("x1", "x2"):
        assert register.units[key].closed == date(2025, 7, 1)
        assert readings.final_successors(register, key) == ("tn-02008",)
    assert readings.heirs(register, "bk-02008", date(2016, 7, 1)) == ("x1", "x2")


def test_a_district_that_takes_another_s_communes_keeps_its_own_end() -> None:
    register = done(Merge(sources=(Source("bk-063"),), into="bk-058", **said))
    below = [unit.key for unit in readings.list_units(register, DAY) if unit.parent == "058"]
    assert "bk-02008" in below
    assert readings.faults(register) == []
    assert register.units["bk-058"].closed == date(2025, 7, 1)


@pytest.mark.parametrize(("event", "words"), [
    (Rename(key="bk-02008", name="Xã Cẩm Giàng", form="xã", **said), "mang tên này rồi"),
    (Close(key="bk-063", successors=("bk-058",), **said), "cơ quan trực thuộc"),
    (Rename(key="tn-02008", name="Xã Mai Sau", form="xã", **said), "Không có cơ quan"),
])
def test_what_cannot_be_is_refused_as_it_would_be_without_a_later_history(event: Event, words: str) -> None:
    with pytest.raises(BadEvent, match=words):
        done(event)


@pytest.mark.parametrize("event", [
    Close(key="bk-01912", successors=("bk-01915",), **said),
    Merge(sources=(Source("bk-01912"),), into="bk-01915", **said),
], ids=["close", "merge"])
def test_whoever_was_to_pass_to_an_ended_one_passes_to_the_one_that_took_it_over(event: Event) -> None:
    """In 2020 xã Cao Trĩ was merged into xã Thượng Giáo, which here ends in 2016."""
    register = done(event)
    assert readings.final_successors(register, "bk-01903") == ("bk-01915",)
    assert register.units["bk-01903"].closed == date(2020, 2, 1)
    told = {effect.what for effect in effects.effects(bac_kan(), register) if effect.name == "UBND xã Địa Linh"}
    instead = "nhận nhiệm vụ của UBND xã Cao Trĩ từ ngày 01/02/2020, thay cho UBND xã Thượng Giáo như đã ghi"
    assert told == {"nhận nhiệm vụ của UBND xã Thượng Giáo", instead}


@pytest.mark.parametrize("event", [
    Close(key="bk-01912", **said), Close(key="bk-01912", successors=("bk-01915", "bk-01918"), **said),
    Merge(sources=(Source("bk-01912"),), into="bk-01903", **said),
    Split(key="bk-01912", into=("bk-01915", "bk-01918"), **said),
], ids=["nobody", "two", "the giver himself", "divided"])
def test_it_is_refused_where_nobody_alone_took_it_over_and_the_recorded_event_is_named(event: Event) -> None:
    words = r"UBND xã Thượng Giáo nhận nhiệm vụ của UBND xã Cao Trĩ từ ngày 01/02/2020 \(văn bản 855/NQ-UBTVQH14\)\. .*"
    with pytest.raises(BadEvent, match=f"Đã ghi trước đó: {words}chưa ghi gì. Anh/chị ghi một cơ quan duy nhất"):
        done(event)


def test_the_ways_out_lead_out() -> None:
    away = Merge(sources=(Source("bk-01903"),), into="bk-01915", **said)
    divided = Split(key="bk-01912", into=("bk-01915", "bk-01918"), **said)
    first = ahead.apply(done(away), divided, DAY)
    assert readings.final_successors(first, "bk-01903") == ("bk-01915",)
    later = ahead.apply(bac_kan(), replace(divided, day=date(2020, 2, 2)), DAY)
    assert readings.final_successors(later, "bk-01903") == ("bk-01912",)
    together = done(Merge(sources=(Source("bk-01912"), Source("bk-01903")), into="bk-01915", **said))
    assert readings.sole_heir(together, "bk-01903") == "bk-01915"


def test_a_part_that_was_to_pass_later_is_said_to_pass_no_more() -> None:
    small = registers.small()
    known = rules.apply(small, Adjust(sources=(Source("s1"),), into="s2", day=date(2020, 1, 1), basis="1/NQ"))
    after = ahead.apply(known, Close(key="s1", successors=("s2",), **said), DAY)
    gone = [effect.what for effect in effects.effects(known, after) if effect.name == "S1"]
    assert "việc chuyển một phần nhiệm vụ cho S2 đã ghi cho ngày 01/01/2020 không còn áp dụng" in gone


def every_passing_has_its_taker(before: Register, after: Register) -> bool:
    """The oracle: who ended with somebody to go on with his work, and ends on that day still, has somebody still."""
    return all(
        readings.final_successors(after, key) or not readings.final_successors(before, key)
        for key, unit in before.units.items()
        if unit.closed is not None and after.units[key].closed == unit.closed
    )


communes = st.sampled_from(COMMUNES)
some = st.lists(communes, min_size=1, max_size=3, unique=True)
new = st.sampled_from(["x1", "x2"]).map(lambda key: profile(key, "commune", "bk-063", name=key.title(), code=key))
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(lambda k, n: Rename(key=k, name=n, form="xã", **said), st.sampled_from(LIVING), st.sampled_from("AB")),
    st.builds(lambda k, p: Reparent(key=k, parent=p, **said), communes, st.sampled_from(["bk-058", "bk-063"])),
    st.builds(lambda s, i: Merge(sources=tuple(map(Source, s)), into=i, **said), some, communes | new),
    st.builds(lambda k, n, o, v: Split(key=k, into=(n, *o), survives=v, **said), communes, new, some, st.booleans()),
    st.builds(lambda k, s: Close(key=k, successors=tuple(s), **said), st.sampled_from(LIVING), some),
)


@settings(deadline=None, max_examples=examples(60, 600))
@given(st.lists(EVENTS, min_size=1, max_size=4))
def test_the_present_is_as_if_nothing_were_recorded_ahead(events: list[Event]) -> None:
    """The oracle: the same events on a register that knows nothing of later days. The later history stays sound."""
    register, plain = bac_kan(), CUT
    for event in events:
        try:
            plain_after: Register | None = rules.apply(plain, event)
        except BadEvent:
            plain_after = None
        try:
            register_after = ahead.apply(register, event, DAY)
        except BadEvent as refused:
            assert plain_after is None or "cho những ngày sau" in str(refused) or "Đã ghi trước đó" in str(refused)
            continue
        assert plain_after is not None
        seen = ahead.known_on(register_after, DAY)
        assert seen.units == plain_after.units
        assert set(seen.successions) == set(plain_after.successions)
        assert readings.faults(register_after) == []
        assert every_passing_has_its_taker(register, register_after)
        untouched = {key for key, unit in plain.units.items() if plain_after.units[key] == unit}
        assert all(register_after.units[key] == register.units[key] for key in untouched)
        register, plain = register_after, plain_after
