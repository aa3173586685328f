"""What each event does, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from motcua.foundation.organisations import readings, rules
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.tests.registers import START, found, profile, small
from motcua.foundation.organisations.types import (
    Adjust,
    Close,
    Event,
    Merge,
    Period,
    Register,
    Rename,
    Reparent,
    Share,
    Source,
    Split,
)

DAY = date(2020, 2, 1)


def merge(*keys: str, into: object = "c1", day: date = DAY) -> Merge:
    return Merge(day=day, basis="2/NQ", sources=tuple(Source(key) for key in keys), into=into)  # type: ignore[arg-type]


def test_periods_are_half_open() -> None:
    period = Period(START, DAY)
    assert period.covers(START) and not period.covers(DAY)
    assert not period.meets(Period(DAY)) and period.meets(Period(START))


def test_rename_keeps_the_agency_and_its_code() -> None:
    after = rules.apply(small(), Rename(day=DAY, basis="2/NQ", key="c1", name="Thị trấn Mới", form="thị trấn"))
    unit = after.units["c1"]
    assert [state.name for state in unit.states] == ["C1", "Thị trấn Mới"]
    assert unit.closed is None and len(unit.codes) == 1
    assert readings.faults(after) == []


def test_second_change_on_one_day_replaces_the_first() -> None:
    once = rules.apply(small(), Rename(day=DAY, basis="2/NQ", key="c1", name="Một", form="xã"))
    twice = rules.apply(once, Reparent(day=DAY, basis="2/NQ", key="c1", parent="d2"))
    assert [(s.name, s.parent) for s in twice.units["c1"].states] == [("C1", "d1"), ("Một", "d2")]


def test_merger_into_a_living_agency_leaves_it_the_same() -> None:
    after = rules.apply(small(), merge("c2"))
    assert after.units["c2"].closed == DAY and after.units["c1"].closed is None
    assert len(after.units["c1"].states) == 1
    assert readings.heirs(after, "c2", DAY) == ("c1",) and readings.heirs(after, "c2", START) == ("c2",)


def test_merger_into_a_new_agency_may_take_over_a_code() -> None:
    after = rules.apply(small(), merge("c1", "c2", into=profile("c9", "commune", "d1", code="C1")))
    assert {key for key in ("c1", "c2", "c9") if after.units[key].closed is None} == {"c9"}
    assert readings.predecessors(after, "c9")[0].share == Share.WHOLE
    assert readings.faults(after) == []


def test_merger_moves_subordinates_to_the_receiver() -> None:
    after = rules.apply(small(), merge("d1", into="d2"))
    assert {unit.key for unit in readings.list_units(after, DAY, "commune") if unit.parent == "D2"} == {
        "c1", "c2", "c3", "c4",
    }
    assert readings.faults(after) == []


def test_split_closes_the_source_and_founds_its_parts() -> None:
    parts = (profile("s8", "department", "p"), profile("s9", "department", "p"))
    after = rules.apply(small(), Split(day=DAY, basis="2/NQ", key="s1", into=parts))
    assert readings.heirs(after, "s1", DAY) == ("s8", "s9")
    assert {s.share for s in readings.successors(after, "s1")} == {Share.PART}


def test_split_may_leave_the_source_alive() -> None:
    after = rules.apply(
        small(), Split(day=DAY, basis="2/NQ", key="s1", into=(profile("s9", "department", "p"),), survives=True)
    )
    assert readings.heirs(after, "s1", DAY) == ("s1",)
    assert readings.predecessors(after, "s9")[0].predecessor == "s1"


def test_adjustment_closes_nobody() -> None:
    after = rules.apply(small(), Adjust(day=DAY, basis="2/NQ", sources=(Source("c1"),), into="c2"))
    assert after.units["c1"].closed is None
    assert readings.final_successors(after, "c1") == ()


def test_history_is_transitive() -> None:
    once = rules.apply(small(), merge("c2"))
    twice = rules.apply(once, merge("c1", into="c3", day=date(2025, 7, 1)))
    assert readings.heirs(twice, "c2", date(2025, 7, 1)) == ("c3",)
    assert readings.forebears(twice, "c3") == ("c1", "c2")


REFUSED: dict[str, tuple[Event, str]] = {
    "unknown agency": (Close(day=DAY, basis="", key="nowhere"), "Không có cơ quan"),
    "before its founding": (Close(day=date(2014, 1, 1), basis="", key="c1"), "mới thành lập"),
    "on its founding day": (Close(day=START, basis="", key="c1"), "từ ngày sau đó"),
    "orphans": (Close(day=DAY, basis="", key="d1"), "còn 2 cơ quan trực thuộc"),
    "key used again": (found("c1", "commune", "d1", DAY), "đã có trong danh mục"),
    "code in use": (found("c9", "commune", "d1", DAY, code="C1"), "đang thuộc về"),
    "same name beside": (found("c9", "commune", "d1", DAY, name="C1"), "cùng cấp trên"),
    "unknown kind": (found("x", "ministry", "p", DAY), "không có trong danh mục"),
    "unfitting superior": (found("x", "commune", "s1", DAY), "không thể thuộc"),
    "no superior": (found("x", "commune", None, DAY), "không có cấp trên"),
    "no name": (found("x", "commune", "d1", DAY, name=" "), "cần có mã và tên"),
    "nothing changes": (Rename(day=DAY, basis="", key="c1", name="C1", form=""), "không có gì thay đổi"),
    "empty name": (Rename(day=DAY, basis="", key="c1", name=" ", form=""), "không được để trống"),
    "same superior": (Reparent(day=DAY, basis="", key="c1", parent="d1"), "không có gì thay đổi"),
    "under itself": (Reparent(day=DAY, basis="", key="d1", parent="d1"), "không thể"),
    "into itself": (merge("c1", "c2"), "không nằm trong"),
    "nobody": (merge(), "ít nhất một"),
    "twice": (merge("c2", "c2"), "mỗi cơ quan ghi một lần"),
    "one part only": (Split(day=DAY, basis="", key="s1", into=("s2",)), "ít nhất hai"),
    "heir is itself": (Adjust(day=DAY, basis="", sources=(Source("c1"),), into="c1"), "chính mình"),
    "heir twice": (Close(day=DAY, basis="", key="c1", successors=("c2", "c2")), "hai lần"),
    "no source": (Adjust(day=DAY, basis="", sources=(), into="c1"), "ít nhất một"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    event, words = REFUSED[name]
    before = small()
    with pytest.raises(BadEvent, match=words):
        rules.apply(before, event)
    assert before == small()


def _closed() -> Register:
    return rules.apply(small(), Close(day=DAY, basis="", key="c1", successors=("c2",)))


def test_closed_agency_has_no_further_events() -> None:
    with pytest.raises(BadEvent, match="đã kết thúc hoạt động"):
        rules.apply(_closed(), Rename(day=DAY, basis="", key="c1", name="X", form=""))


def test_no_event_before_a_later_one() -> None:
    later = rules.apply(small(), Rename(day=date(2023, 4, 10), basis="", key="c1", name="X", form=""))
    with pytest.raises(BadEvent, match="không ghi lùi"):
        rules.apply(later, Rename(day=DAY, basis="", key="c1", name="Y", form=""))


def test_freed_code_and_name_may_be_used_again() -> None:
    after = rules.apply(_closed(), found("c9", "commune", "d1", DAY, code="C1", name="C1"))
    assert readings.faults(after) == []


@pytest.mark.parametrize(("event", "words"), [
    (Close(day=DAY, basis="3/NQ", key="c1"), "UBND c1 nhận nhiệm vụ của UBND c2 từ ngày 01/06/2020"),
    (merge("c1", into="c3"), r"UBND c1 nhận nhiệm vụ của UBND c2 từ ngày 01/06/2020 \(văn bản 2/NQ\)\. Chưa ghi gì"),
    (Close(day=DAY, basis="3/NQ", key="s1"), "S2 nhận một phần nhiệm vụ của S1 từ ngày 01/06/2020"),
    (Close(day=DAY, basis="3/NQ", key="d2"), "C3 trực thuộc D2 đến ngày 01/06/2020, nên chưa ghi gì"),
], ids=["it took over", "merged away", "it gave a part", "it had one below it"])
def test_no_end_is_entered_behind_what_happened_after_it(event: Event, words: str) -> None:
    """Entered in June: what was true in June is not undone by an end in February that is entered afterwards."""
    later = date(2020, 6, 1)
    register = rules.apply(small(), merge("c2", day=later))
    register = rules.apply(register, Adjust(day=later, basis="2/NQ", sources=(Source("s1"),), into="s2"))
    for key in ("c3", "c4"):
        register = rules.apply(register, Reparent(day=later, basis="2/NQ", key=key, parent="d1"))
    with pytest.raises(BadEvent, match=f"(?s){words}.*Anh/chị chọn ngày"):
        rules.apply(register, event)
    assert readings.faults(rules.apply(register, replace(event, day=date(2020, 6, 2)))) == []
