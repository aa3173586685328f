"""Binding, choosing a reading, entering a counted share: what is written, what is refused, and who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from datetime import time as hour
from decimal import Decimal

import pytest

from motcua.foundation.core import time
from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.errors import Conflict, Denied, Refusal
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Role
from motcua.steering.programme.models import Entry, Measure
from motcua.steering.programme.needles import actions, selectors
from motcua.steering.programme.needles.errors import BadNeedle
from motcua.steering.programme.needles.models import Baseline, Choice, EntryCount, Formula, Point
from motcua.steering.programme.needles.policies import LEADERSHIP, NEEDLES
from motcua.steering.programme.needles.tests.factories import APART, NESTED, ONE_STOP, bind, measure, programme
from motcua.steering.programme.needles.types import Counting
from motcua.steering.programme.tests.factories import SYSTEM, Province, officer

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 1)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time.travelling(time.at_local(DAY, hour(9))):
        yield


@pytest.fixture
def province() -> Province:
    found = Province()
    programme(found)
    return found


def test_the_first_reading_offered_holds_and_stays_when_another_is_added(province: Province) -> None:
    row = bind(measure(), NESTED)
    assert actions.chosen(row, DAY) == row.formulas.get(code="long-nhau")
    assert row.indicator == "procedures-online-share"
    row = bind(row, APART, NESTED)
    current = actions.chosen(row, DAY)
    assert current is not None
    assert current.code == "long-nhau"
    assert list(row.formulas.values_list("code", flat=True)) == ["tach-roi", "long-nhau"]


def test_a_reading_left_out_ends_and_the_next_one_holds(province: Province) -> None:
    row = bind(bind(measure(), NESTED, APART), APART, on=DAY)
    current = actions.chosen(row, DAY)
    assert current is not None
    assert (current.code, row.indicator) == ("tach-roi", "procedures-online-3-share")
    assert row.formulas.get(code="long-nhau").ended_on == DAY


def test_a_reading_that_counts_anew_forgets_its_months_and_one_with_new_words_keeps_them(province: Province) -> None:
    row = bind(measure(), NESTED)
    Point.objects.create(formula=row.formulas.get(), on=date(2018, 1, 31), value=Decimal(5), at=time.now())
    row = bind(row, replace(NESTED, words="Nói cách khác"))
    assert Point.objects.count() == 1
    bind(row, replace(NESTED, level="province"))
    assert not Point.objects.exists()


def test_a_choice_is_dated_grounded_and_in_the_ledger(province: Province) -> None:
    row = bind(measure())
    apart = row.formulas.get(code="tach-roi")
    steward = officer(province.steward, Role.STEWARD)
    row = actions.choose(Call(steward), measure=row, formula=apart, on=date(2018, 2, 1), basis="Công văn 5")
    before, after = actions.chosen(row, date(2018, 1, 31)), actions.chosen(row, date(2018, 2, 1))
    assert (before and before.code, after and after.code) == ("long-nhau", "tach-roi")
    assert row.indicator == "procedures-online-3-share"
    event = LedgerEvent.objects.filter(subject=row.ref).latest("pk")
    assert (event.verb, event.actor) == ("needle.choose", steward.ref)
    assert b"tach-roi" in bytes(event.canonical)
    shown = selectors.needle(measure(), DAY)
    assert [(one.formula.code, one.holds, one.basis) for one in shown.readings] == [
        ("long-nhau", False, ""), ("tach-roi", True, "Công văn 5"),
    ]


def test_a_share_is_worked_out_from_both_sides(province: Province) -> None:
    row = actions.count(
        SYSTEM, measure=measure(), on=DAY, numerator=473, denominator=1211, source="Báo cáo quý IV"
    )
    entry = row.entries.get()
    assert (entry.value, entry.counted.numerator, entry.counted.denominator) == (Decimal("39.0586"), 473, 1211)
    now = selectors.needle(measure(), DAY).now
    assert now is not None
    assert (now.numerator, now.denominator, now.value) == (473, 1211, Decimal("39.0586"))


def test_the_printed_fraction_of_the_baseline_is_kept_with_its_place(province: Province) -> None:
    row = actions.print_baseline(SYSTEM, measure=measure(), printed=actions.Printed(819, 1368, "phần I, 3.4"))
    actions.print_baseline(SYSTEM, measure=row, printed=actions.Printed(146, 148, "phần I, 3.4"))
    found = Baseline.objects.get()
    assert (found.numerator, found.denominator, found.place) == (146, 148, "phần I, 3.4")


WRONG: list[tuple[str, Callable[[Measure], object]]] = [
    ("mã không trùng", lambda row: bind(row, NESTED, NESTED)),
    ("từ 1 đến 6", lambda row: bind(row, *(replace(NESTED, code=f"c-{at}") for at in range(7)))),
    ("Không có số liệu mã", lambda row: bind(row, replace(NESTED, indicator="khong-co"))),
    ("chỉ dùng cho tỷ lệ", lambda row: bind(row, a_count())),
    ("Ngưỡng đi cùng", lambda row: bind(row, replace(NESTED, counting=Counting.REACH))),
    ("Ngưỡng đi cùng", lambda row: bind(row, replace(NESTED, threshold=Decimal(90)))),
    ("mà số liệu này là số đếm", lambda row: bind(row, replace(NESTED, indicator="procedures-one-stop"))),
    ("chưa tới", lambda row: bind(row, NESTED, on=date(2018, 3, 2))),
    ("Mẫu số", lambda row: counted(row, 0, 0)),
    ("Tử số", lambda row: counted(row, 5, 4)),
    ("Tử số", lambda row: counted(row, -1, 4)),
    ("Mẫu số", lambda row: counted(row, 1, 10**13)),
    ("Mẫu số", lambda row: actions.print_baseline(SYSTEM, measure=row, printed=actions.Printed(1, 0, ""))),
]


def a_count() -> actions.Offered:
    return replace(NESTED, indicator="procedures-one-stop", counting=Counting.EACH)


def counted(row: Measure, numerator: int, denominator: int) -> object:
    return actions.count(
        SYSTEM, measure=row, on=DAY, numerator=numerator, denominator=denominator, source="Báo cáo"
    )


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Formula, Choice, Baseline, Entry, EntryCount, LedgerEvent))


@pytest.mark.parametrize(("said", "do"), WRONG, ids=[f"{at}-{said}" for at, (said, _) in enumerate(WRONG)])
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    province: Province, said: str, do: Callable[[Measure], object]
) -> None:
    row, before = measure(), written()
    with pytest.raises(Refusal, match=said) as refused:
        do(row)
    assert "chưa được ghi" in str(refused.value.message)
    assert written() == before


def test_a_number_of_things_is_not_bound_to_a_share(province: Province) -> None:
    Measure.objects.filter(code="1.1").update(unit="huyện")
    with pytest.raises(BadNeedle, match="mà số liệu này là tỷ lệ"):
        bind(measure())
    assert bind(measure(), replace(NESTED, indicator="agencies-one-stop")).indicator == "agencies-one-stop"


def test_a_choice_without_ground_of_a_day_to_come_or_of_another_measure_is_refused(province: Province) -> None:
    row = bind(measure())
    apart, before = row.formulas.get(code="tach-roi"), written()
    for formula, on, basis, field in (
        (apart, DAY, " ", "basis"), (apart, date(2018, 3, 2), "Công văn", "on"),
        (bind(measure("1.2"), ONE_STOP).formulas.get(), DAY, "Công văn", "formula"),
    ):
        before = written()
        with pytest.raises(BadNeedle) as refused:
            actions.choose(SYSTEM, measure=row, formula=formula, on=on, basis=basis)
        assert refused.value.field == field
        assert written() == before


def test_what_the_platform_counts_is_not_entered_by_hand(province: Province) -> None:
    row = bind(measure())
    with pytest.raises(Refusal, match="không nhập tay"):
        counted(row, 1, 2)
    assert not Entry.objects.exists()


def test_a_stale_screen_chooses_nothing(province: Province) -> None:
    row = bind(measure())
    seen = {row.ref: row.version - 1}
    with pytest.raises(Conflict):
        actions.choose(
            Call(SYSTEM.actor, seen=seen), measure=row, formula=row.formulas.get(code="tach-roi"), on=DAY, basis="x"
        )
    assert Choice.objects.count() == 1


def test_owner_colleague_and_stranger(province: Province) -> None:
    row = bind(measure())
    other = measure("1.2")
    Measure.objects.filter(pk=other.pk).update(responsible=province.justice, unit="%")
    other = measure("1.2")
    people = {
        "owner": officer(province.justice, Role.SPECIALIST), "colleague": officer(province.health, Role.HEAD),
        "steward": officer(province.steward, Role.STEWARD), "auditor": officer(province.health, Role.AUDITOR),
    }
    may = {
        verb: {who for who, one in people.items() if NEEDLES.may(one, verb, other)}
        for verb in ("programme.read", "needle.offer", "needle.choose", "needle.print", "needle.count")
    }
    assert may == {
        "programme.read": set(people), "needle.offer": {"steward"}, "needle.choose": {"steward"},
        "needle.print": {"steward"}, "needle.count": {"owner", "steward"},
    }
    assert not NEEDLES.may(ANYONE, "programme.read", row)
    before = written()
    for who in ("owner", "colleague", "auditor"):
        with pytest.raises(Denied):
            actions.choose(
                Call(people[who]), measure=row, formula=row.formulas.get(code="tach-roi"), on=DAY, basis="x"
            )
    with pytest.raises(Denied):
        actions.count(Call(people["colleague"]), measure=other, on=DAY, numerator=1, denominator=2, source="x")
    assert written() == before
    actions.count(Call(people["owner"]), measure=other, on=DAY, numerator=1, denominator=2, source="Báo cáo")
    assert other.entries.get().agency_id == province.justice.pk


def test_the_leaders_page_is_for_leaders_and_who_watches_over_the_programme(province: Province) -> None:
    assert LEADERSHIP.may(officer(province.justice, Role.HEAD), "leadership.read")
    assert LEADERSHIP.may(officer(province.health, Role.AUDITOR), "leadership.read")
    assert not LEADERSHIP.may(officer(province.justice, Role.SPECIALIST), "leadership.read")
    assert not LEADERSHIP.may(ANYONE, "leadership.read")
