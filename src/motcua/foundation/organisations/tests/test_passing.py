"""What an ended agency leaves: who is told before, who takes it, and that a run may be cut off and begun again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, datafile, jobs, passing, readings, registry, rules, selectors
from motcua.foundation.organisations.errors import BadEvent, NoHeir
from motcua.foundation.organisations.models import Agency, Inheritance, Passage
from motcua.foundation.organisations.registry import Standing
from motcua.foundation.organisations.tests.registers import found, small
from motcua.foundation.organisations.tests.test_actions import COLLEAGUE, STEWARD
from motcua.foundation.organisations.types import Bequest, Close, Event, Merge, Share, Source

pytestmark = pytest.mark.django_db
BASIS = "1/NQ"


class Stamps:
    """Rubber stamps: so many at each agency, and a memory of where they went."""

    name, order, asks = "stamps", 5, ""

    def __init__(self, at: dict[str, int], *, asks: str = "") -> None:
        self.at, self.asks, self.went = at, asks, list[tuple[str, str]]()

    def standing(self, agency: Agency, heir: str, *, carried: bool) -> Sequence[Standing]:
        passes = f"về {heir}" if carried or not self.asks else "ở lại"
        return [Standing(self.at.get(agency.key, 0), "con dấu", passes, needs_heir=not self.asks)]

    def left(self, agencies: Any) -> int:
        return sum(self.at.get(row.key, 0) for row in Agency.objects.filter(pk__in=agencies))

    def pass_on(self, agency: Agency, heir: Agency) -> Iterator[int]:
        while self.at.get(agency.key):
            self.at[agency.key] -= 1
            self.at[heir.key] = self.at.get(heir.key, 0) + 1
            self.went.append((agency.key, heir.key))
            yield 1


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> dict[str, Agency]:
    monkeypatch.setattr(registry, "_declared", {})
    events: list[Event] = [found("p", "province", None), found("d1", "district", "p")]
    events += [found(f"c{n}", "commune", "d1") for n in range(1, 6)]
    actions.load(Call(SYSTEM_ACTOR), events=events)
    return {row.key: row for row in Agency.objects.all()}


def declared(at: dict[str, int], **more: str) -> Stamps:
    stamps = Stamps(at, **more)
    registry.declare_dependants(stamps)
    return stamps


def merge(rows: dict[str, Agency], into: str, *others: str, day: date | None = None, **bequest: Any) -> None:
    actions.merge(
        Call(SYSTEM_ACTOR), agency=Agency.objects.get(key=into),
        others=[Agency.objects.get(key=key) for key in others], day=day or time.today(), basis=BASIS,
        bequest=Bequest(**bequest),
    )


# --- who takes it (pure)


@pytest.mark.parametrize(
    ("events", "heir"),
    [
        ([Merge(day=date(2020, 1, 1), basis="", sources=(Source("c1"),), into="c2")], "c2"),
        ([Close(day=date(2020, 1, 1), basis="", key="c1", successors=("c2", "c3"))], None),
        ([Close(day=date(2020, 1, 1), basis="", key="c1")], None),
        ([Merge(day=date(2020, 1, 1), basis="", sources=(Source("c1", Share.PART),), into="c2")], "c2"),
    ],
)  # fmt: skip
def test_the_only_successor_is_the_heir(events: list[Event], heir: str | None) -> None:
    register = small()
    for event in events:
        register = rules.apply(register, event)
    assert readings.sole_heir(register, "c1") == heir


# --- entering and running


def test_few_things_pass_at_once_and_the_ledger_names_the_heir(rows: dict[str, Agency]) -> None:
    stamps = declared({"c2": 3})
    merge(rows, "c1", "c2")
    assert stamps.went == [("c2", "c1")] * 3
    passage = Passage.objects.get()
    assert (passage.predecessor.key, passage.heir, passage.passed) == ("c2", rows["c1"], 3)
    event = LedgerEvent.objects.filter(subject=rows["c2"].ref).latest("sequence")
    assert facts_of(event)["heir"] == rows["c1"].ref


def test_many_are_a_job_and_are_passed_on_by_the_clock(rows: dict[str, Agency], settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    stamps = declared({"c2": jobs.AT_ONCE + 1})
    merge(rows, "c1", "c2")
    assert stamps.went == []
    jobs.pass_on_due()
    assert len(stamps.went) == jobs.AT_ONCE + 1 and Passage.objects.get().passed == jobs.AT_ONCE + 1


def test_what_fails_in_the_request_does_not_undo_the_merger(
    rows: dict[str, Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = declared({"c2": 2})

    def broken(*_: object) -> Iterator[int]:
        raise RuntimeError("a cut")

    with monkeypatch.context() as patch:
        patch.setattr(stamps, "pass_on", broken)
        merge(rows, "c1", "c2")
    assert Agency.objects.get(key="c2").valid_to == time.today() and stamps.went == []
    assert jobs.pass_on.call(Passage.objects.get().pk) == 2


def test_nothing_passes_before_its_day(rows: dict[str, Agency]) -> None:
    stamps = declared({"c2": 1})
    merge(rows, "c1", "c2", day=time.today() + timedelta(days=3))
    jobs.pass_on_due()
    assert stamps.went == [] and selectors.family(rows["c1"].pk) == [rows["c1"].pk]
    with time.travelling(time.now() + timedelta(days=3)):
        jobs.pass_on_due()
        assert stamps.went == [("c2", "c1")] and selectors.family(rows["c1"].pk) == [rows["c1"].pk, rows["c2"].pk]
        assert selectors.carrier(Agency.objects.get(key="c2")) == rows["c1"]
        assert selectors.name_now(Agency.objects.get(key="c2")) == "UBND c2, nay là UBND c1"


def test_a_settled_estate_is_looked_at_a_while_longer(rows: dict[str, Agency]) -> None:
    stamps = declared({"c2": 1})
    merge(rows, "c1", "c2")
    stamps.at["c2"] = 1  # somebody was still writing
    jobs.pass_on_due()
    assert stamps.went == [("c2", "c1")] * 2 and len(passing.due()) == 1
    with time.travelling(time.now() + passing.GRACE):
        jobs.pass_on_due()
        assert passing.due() == []


def test_heirs_of_heirs_carry_all(rows: dict[str, Agency]) -> None:
    stamps = declared({"c2": 1})
    merge(rows, "c1", "c2")
    with time.travelling(time.now() + timedelta(days=1)):
        merge(rows, "c3", "c1")
        assert stamps.went == [("c2", "c1"), ("c1", "c3")]
        assert sorted(selectors.family(rows["c3"].pk)) == sorted(rows[key].pk for key in ("c1", "c2", "c3"))
        stamps.at["c2"] = 1
        jobs.pass_on_due()
        assert stamps.went[-1] == ("c2", "c3"), "straight to who carries it today"
    assert Inheritance.objects.count() == 3


def test_whose_end_stands_for_a_later_day_is_carried_by_nobody_before_it(rows: dict[str, Agency]) -> None:
    with time.travelling(datetime(2025, 4, 24, tzinfo=UTC)):
        for into, from_, day in (("c2", "c1", date(2025, 12, 1)), ("c3", "c2", date(2025, 6, 1))):
            actions.merge(Call(STEWARD), agency=rows[into], others=[rows[from_]], day=day, basis=BASIS)
    assert [relative.title for relative in selectors.history(rows["c1"]).after] == ["UBND c3"], "and its page says so"
    given = facts_of(LedgerEvent.objects.filter(subject=rows["c1"].ref).latest("sequence"))
    assert given["passed_to"] == [rows["c3"].ref]
    with time.travelling(datetime(2025, 6, 2, tzinfo=UTC)):
        assert selectors.family(rows["c3"].pk) == [rows["c3"].pk, rows["c2"].pk], "c1 is at work itself"
    with time.travelling(datetime(2025, 12, 2, tzinfo=UTC)):
        assert set(selectors.family(rows["c3"].pk)) == {rows[key].pk for key in ("c1", "c2", "c3")}
        assert selectors.carrier(Agency.objects.get(key="c1")) == rows["c3"]


def test_what_is_asked_for_passes_only_where_it_was_ticked(rows: dict[str, Agency]) -> None:
    stamps = declared({"c2": 1, "c3": 1}, asks="Chuyển con dấu")
    merge(rows, "c1", "c2")
    assert stamps.went == []
    merge(rows, "c1", "c3", carried=frozenset({"stamps"}))
    assert stamps.went == [("c3", "c1")]


def test_without_an_heir_nothing_is_entered_and_it_is_said_what_stands_there(rows: dict[str, Agency]) -> None:
    declared({"c2": 4})
    with pytest.raises(NoHeir, match="UBND c2 còn 4 con dấu"):
        actions.close(Call(SYSTEM_ACTOR), agency=rows["c2"], successors=[], day=time.today(), basis=BASIS)
    assert not Passage.objects.exists() and Agency.objects.get(key="c2").valid_to is None
    declared({})
    actions.close(Call(SYSTEM_ACTOR), agency=rows["c2"], successors=[], day=time.today(), basis=BASIS)
    assert Passage.objects.get().heir is None


def test_choosing_afterwards(rows: dict[str, Agency]) -> None:
    stamps = declared({"c2": 4})
    event = Close(day=time.today(), basis=BASIS, key="c2", successors=("c1", "c3"))
    actions.load(Call(SYSTEM_ACTOR), events=[event])
    ended = Agency.objects.get(key="c2")
    for actor in (COLLEAGUE,):
        with pytest.raises(Denied):
            actions.choose_heir(Call(actor), agency=ended, heir=rows["c4"])
    assert stamps.went == [] and Passage.objects.get().heir is None
    with pytest.raises(BadEvent):
        actions.choose_heir(Call(STEWARD), agency=rows["c3"], heir=rows["c4"])
    actions.choose_heir(Call(STEWARD), agency=ended, heir=rows["c4"])
    assert stamps.went == [("c2", "c4")] * 4
    with pytest.raises(BadEvent, match="đã có cơ quan nhận"):
        actions.choose_heir(Call(STEWARD), agency=Agency.objects.get(key="c2"), heir=rows["c5"])


def test_an_exercise_stands_still_or_goes_on_from_its_day() -> None:
    day, empty = date(2025, 7, 1), ",".join(datafile.COLUMNS)
    actions.load_place(Call(SYSTEM_ACTOR), empty, stands_on=day)
    assert selectors.register_day() == day
    actions.load_place(Call(SYSTEM_ACTOR), empty, stands_on=day, goes_on=True)
    for now, wanted in ((datetime(2025, 5, 5, tzinfo=UTC), day), (datetime(2026, 5, 5, tzinfo=UTC), date(2026, 5, 5))):
        with time.travelling(now):
            assert selectors.register_day() == wanted


def test_a_loaded_history_leaves_nothing_to_look_at(rows: dict[str, Agency]) -> None:
    declared({})
    past: list[Event] = [Merge(day=date(2020, 2, 1), basis=BASIS, sources=(Source("c2"),), into="c1")]
    actions.load(Call(SYSTEM_ACTOR), events=past)
    assert Passage.objects.get().settled_at is not None and passing.due() == []
    assert selectors.family(rows["c1"].pk) == [rows["c1"].pk, rows["c2"].pk]
