"""The verbs: what they write, and who may not use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import Denial, LedgerEvent
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, selectors
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.models import Agency, RegisterEvent
from motcua.foundation.organisations.policies import AGENCIES
from motcua.foundation.organisations.tests.registers import found, profile
from motcua.foundation.organisations.types import Event, Profile, Share

pytestmark = pytest.mark.django_db
DAY = date(2020, 2, 1)
BASIS = "855/NQ-UBTVQH14"


@dataclass(frozen=True)
class Person:
    """An officer with roles, as identity would give him."""

    roles: tuple[str, ...] = ()
    ref: Ref = field(default=Ref("account:p1"))
    agency_ref: str = ""
    is_known: bool = True

    def has_anywhere(self, *wanted: str) -> bool:
        return bool(set(wanted) & set(self.roles))


STEWARD, COLLEAGUE = Person(("steward",)), Person(("specialist",), Ref("account:p2"))
BY = Call(STEWARD)


@pytest.fixture
def rows() -> dict[str, Agency]:
    events: list[Event] = [found("p", "province", None), found("d1", "district", "p"), found("d2", "district", "p")]
    events += [found(f"c{n}", "commune", "d1") for n in range(1, 4)]
    actions.load(Call(SYSTEM_ACTOR), events=events)
    return {row.key: row for row in Agency.objects.all()}


def test_rename_enters_a_state_an_event_and_the_ledger(rows: dict[str, Agency]) -> None:
    actions.rename(BY, agency=rows["c1"], name="Thị trấn Mới", form="thị trấn", day=DAY, basis=BASIS)
    fresh = Agency.objects.get(key="c1")
    assert fresh.name == "UBND thị trấn Mới" and fresh.version == 2
    assert [(s.name, s.valid_to) for s in fresh.states.order_by("valid_from")] == [("C1", DAY), ("Thị trấn Mới", None)]
    event = RegisterEvent.objects.get(what="rename")
    assert (event.day, event.basis, event.agency) == (DAY, BASIS, fresh)
    last = LedgerEvent.objects.filter(subject=fresh.ref).latest("sequence")
    assert facts_of(last)["day"] == "2020-02-01"
    assert "Mới" not in bytes(last.canonical).decode()


def test_reparent(rows: dict[str, Agency]) -> None:
    actions.reparent(BY, agency=rows["c1"], parent=rows["d2"], day=DAY, basis=BASIS)
    assert selectors.register().units["c1"].states[-1].parent == "d2"


def test_merge_into_a_living_agency(rows: dict[str, Agency]) -> None:
    actions.merge(BY, agency=rows["c1"], others=[rows["c2"], rows["c3"]], day=DAY, basis=BASIS)
    assert Agency.objects.get(key="c2").valid_to == DAY
    assert Agency.objects.get(key="c1").valid_to is None
    assert [heir.key for heir in selectors.heirs(rows["c3"], DAY)] == ["c1"]


def test_merge_into_a_new_agency_takes_over_the_code(rows: dict[str, Agency]) -> None:
    new = profile("c9", "commune", "d1", name="Xã Chín", code="C1", national="H03.01.09")
    made = actions.merge(BY, agency=rows["c1"], others=[rows["c2"]], into=new, day=DAY, basis=BASIS)
    assert made.key == "c9" and made.ref == Agency.objects.get(key="c9").ref
    assert selectors.resolve_code("C1", date(2019, 1, 1)) == rows["c1"]
    assert selectors.resolve_code("C1", DAY) == made


def test_code_printed_on_dossiers_is_never_used_again(rows: dict[str, Agency]) -> None:
    new = profile("c9", "commune", "d1", name="Xã Chín", code="C1")
    with pytest.raises(BadEvent, match="đã in trên hồ sơ"):
        actions.merge(BY, agency=rows["c1"], others=[rows["c2"]], into=new, day=DAY, basis=BASIS)
    assert Agency.objects.filter(valid_to=DAY).count() == 0


def test_split_and_close(rows: dict[str, Agency]) -> None:
    parts: list[Profile | Agency] = [profile("c8", "commune", "d1"), rows["c2"]]
    actions.split(BY, agency=rows["c1"], into=parts, day=DAY, basis=BASIS)
    actions.close(BY, agency=Agency.objects.get(key="c3"), successors=[rows["c2"]], day=DAY, basis=BASIS)
    line = selectors.history(rows["c2"])
    assert {(r.title, r.share) for r in line.before} == {("UBND c1", Share.PART), ("UBND c3", Share.WHOLE)}


def test_found_and_double_click(rows: dict[str, Agency]) -> None:
    by = Call(STEWARD, request_key="12345678")
    one = actions.found(by, profile=profile("c7", "commune", "d1"), day=DAY, basis=BASIS)
    other = actions.found(by, profile=profile("c7", "commune", "d1"), day=DAY, basis=BASIS)
    assert one == other and Agency.objects.filter(key="c7").count() == 1


def test_refused_event_leaves_everything_as_it_was(rows: dict[str, Agency]) -> None:
    before, events = selectors.register(), LedgerEvent.objects.count()
    with pytest.raises(BadEvent):
        actions.close(BY, agency=rows["d1"], successors=[], day=DAY, basis=BASIS)
    assert selectors.register() == before and LedgerEvent.objects.count() == events


VERBS: dict[str, Callable[[Call, dict[str, Agency]], object]] = {
    "found": lambda by, rows: actions.found(by, profile=profile("x", "commune", "d1"), day=DAY, basis=""),
    "rename": lambda by, rows: actions.rename(by, agency=rows["c1"], name="X", form="", day=DAY, basis=""),
    "reparent": lambda by, rows: actions.reparent(by, agency=rows["c1"], parent=rows["d2"], day=DAY, basis=""),
    "merge": lambda by, rows: actions.merge(by, agency=rows["c1"], others=[rows["c2"]], day=DAY, basis=""),
    "split": lambda by, rows: actions.split(by, agency=rows["c1"], into=[rows["c2"], rows["c3"]], day=DAY, basis=""),
    "close": lambda by, rows: actions.close(by, agency=rows["c1"], successors=[], day=DAY, basis=""),
    "load": lambda by, rows: actions.load(by, events=[found("x", "commune", "d1")]),
}


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("actor", [COLLEAGUE, ANYONE])
def test_others_are_denied_and_nothing_changes(name: str, actor: Person, rows: dict[str, Agency]) -> None:
    before = selectors.register()
    with pytest.raises(Denied):
        VERBS[name](Call(actor), rows)
    assert selectors.register() == before
    assert Denial.objects.get().verb == f"agency.{name}"


@pytest.mark.parametrize("name", VERBS)
def test_steward_may(name: str, rows: dict[str, Agency]) -> None:
    before = selectors.register()
    VERBS[name](BY, rows)
    assert selectors.register() != before


def test_reading_is_for_officers(rows: dict[str, Agency]) -> None:
    everything = Agency.objects.all()
    assert AGENCIES.rows(COLLEAGUE, "agency.read", everything).count() == len(rows)
    assert AGENCIES.rows(ANYONE, "agency.read", everything).count() == 0
    assert AGENCIES.rows(COLLEAGUE, "agency.rename", everything).count() == 0


def test_both_national_forms_find_the_agency(rows: dict[str, Agency]) -> None:
    rows["c1"].codes.create(scheme="d20", code="H03.21.01", valid_from=date(2015, 1, 1))
    for text in ("H03.21.01", "000.01.21.H03", " h03.21.01 "):
        assert selectors.resolve_code(text, DAY) == rows["c1"]
    assert selectors.resolve_code("nonsense", DAY) is None
