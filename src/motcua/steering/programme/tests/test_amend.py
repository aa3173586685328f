"""What an amendment changes is written on each row's own chain, by its number and on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from motcua.foundation.core import settings_rows
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import LedgerEvent, Subject
from motcua.foundation.core.verification import verify
from motcua.steering.programme import actions, money_views, today
from motcua.steering.programme.kinds import Money, Source
from motcua.steering.programme.models import BudgetLine, Fact, Measure, Programme, Target, TargetChange, Task
from motcua.steering.programme.tests import samples
from motcua.steering.programme.tests.factories import DECIDED, SYSTEM, Province
from motcua.steering.programme.types import Budget, BudgetState, Reading, Totals

pytestmark = pytest.mark.django_db
TODAY, AMENDED = date(2018, 6, 1), date(2018, 3, 1)
YEARLY = Budget("100 triệu/năm", BudgetState.AMOUNT, 500_000_000, 100_000_000)


@pytest.fixture(autouse=True)
def _stands_still() -> None:
    settings_rows.write(today.STANDS_ON, TODAY.isoformat())


def amended(programme: Programme, after: Reading, *, ends_missing: bool = True) -> Programme:
    after = samples.renumbered(after, "99/QĐ-UBND", AMENDED)
    actions.enter(SYSTEM, reading=after, sha256="e" * 64, name="99.txt", amends=programme)
    return actions.amend(SYSTEM, programme=programme, ends_missing=ends_missing)


def told(row: Subject) -> list[tuple[str, object]]:
    events = LedgerEvent.objects.filter(subject=row.ref, verb="programme.amend").order_by("pk")
    return [(event.verb, facts_of(event).get("what", "new")) for event in events]


def test_an_amendment_writes_each_row_on_its_own_chain_by_its_number_and_day() -> None:
    province = Province()
    programme = province.approved()
    before = province.reading()
    periods = {"1.1": samples.WHOLE, "1.2": samples.FEBRUARY}
    changed = [replace(task, period=periods.get(task.uid, task.period)) for task in before.tasks[:-2]]
    new = samples.task("1.9", samples.IN_2017, lead=(samples.unit("Sở Y tế", province.health.code),))
    amended(programme, replace(before, tasks=(*changed, new)))
    rows = {task.uid: task for task in programme.tasks.all()}
    assert told(rows["1.1"]) == [("programme.amend", "changed")]
    assert told(rows["3.4#1"]) == [("programme.amend", "ended")] and rows["3.4#1"].ended_on == AMENDED
    assert told(rows["1.9"]) == [("programme.amend", "added")]
    dropped = rows["1.1"].occurrences.get(year=2017)
    fact = dropped.facts.get()
    assert (fact.on, fact.number) == (AMENDED, "99/QĐ-UBND")
    assert told(dropped) == [("programme.amend", "dropped")]
    assert told(rows["1.1"].occurrences.get(year=2020)) == [("programme.amend", "new")]
    assert told(rows["1.2"].occurrences.get(year=2019)) == [("programme.amend", "moved")]
    assert not verify().faults


def test_what_happened_after_the_day_of_the_amendment_is_not_overtaken() -> None:
    province = Province()
    programme = province.approved()
    row = Task.objects.get(uid="1.1").occurrences.get()
    actions.submit(SYSTEM, occurrence=row, number="5/TTr", on=date(2018, 5, 2))
    before = province.reading()
    amended(programme, replace(before, tasks=before.tasks[1:]))
    assert [(fact.what, fact.on) for fact in Fact.objects.filter(occurrence=row)] == [
        ("submitted", date(2018, 5, 2)), ("dropped", date(2018, 5, 2)),
    ]


def test_an_amendment_changes_measures_and_keeps_what_they_were() -> None:
    province = Province()
    programme = province.approved()
    before = province.reading()
    (target,) = before.targets
    first, second = target.measures
    actions.enter_value(
        SYSTEM, measure=Measure.objects.get(code="1.2"), on=date(2017, 1, 1), value=Decimal(5), source="Báo cáo"
    )
    more = replace(second, text="Phần ba", value=5.0)
    after = replace(before, targets=(
        replace(target, text="Mục tiêu mới", measures=(replace(first, value=90.0), more, second)),
        replace(target, id="2", measures=(first,)),
    ))  # fmt: skip
    amended(programme, after)
    measures = {one.text: one for one in Measure.objects.filter(target__code="1")}
    assert (measures["Phần một"].value, measures["Phần một"].code) == (Decimal(90), "1.1")
    assert (measures["Phần hai"].code, measures["Phần hai"].entries.count()) == ("1.2", 1), "known by its words"
    assert (measures["Phần ba"].value, measures["Phần ba"].code) == (Decimal(5), "1.3")
    assert Target.objects.get(code="1").text == "Mục tiêu mới" and Target.objects.filter(code="2").exists()
    assert {(one.field, one.before, one.after) for one in TargetChange.objects.all()} == {
        ("text", "Mục tiêu một", "Mục tiêu mới"), ("value", "80", "90"), ("added", "", "Phần ba"),
    }
    assert told(measures["Phần một"]) == [("programme.amend", "changed")]
    assert not verify().faults


def test_a_measure_the_new_text_leaves_out_ends() -> None:
    province = Province()
    programme = province.approved()
    before = province.reading()
    (target,) = before.targets
    amended(programme, replace(before, targets=(replace(target, measures=target.measures[:1]),)), ends_missing=False)
    assert Measure.objects.get(code="1.1").ended_on is None
    assert Measure.objects.get(code="1.2").ended_on == AMENDED


def test_an_amendment_brings_its_printed_total_and_more_years() -> None:
    province = Province()
    programme = province.approved()
    before = province.reading()
    head = replace(before.header, title="Sửa đổi", first_year=2018, last_year=2021)
    programme = amended(programme, replace(before, header=head, totals=Totals(7 * 10**9, 0, "7 tỷ đồng")))
    assert (programme.printed_vnd, programme.printed_total) == (7 * 10**9, "7 tỷ đồng")
    assert (programme.first_year, programme.last_year, programme.title) == (2016, 2021, "Đề án mẫu")
    assert programme.number == "12/QĐ-UBND"
    assert Task.objects.get(uid="1.2").occurrences.filter(year=2021).exists(), "the year gained is owed by every row"


def test_a_text_of_some_rows_does_not_bring_the_total_nor_shorten_the_programme() -> None:
    province = Province()
    programme = province.approved()
    before = province.reading()
    part = replace(before, header=replace(before.header, last_year=2018), tasks=before.tasks[:1], totals=Totals(1, 1))
    programme = amended(programme, part, ends_missing=False)
    assert (programme.printed_vnd, programme.last_year) == (0, 2020)


def test_yearly_money_follows_the_amendment_where_nobody_planned_by_hand() -> None:
    province = Province()
    before = province.reading()
    paid = replace(before, tasks=(before.tasks[0], replace(before.tasks[1], budget=YEARLY), *before.tasks[2:]))
    programme = actions.enter(SYSTEM, reading=paid, sha256="a" * 64, name="860.txt")
    programme = actions.approve(
        SYSTEM, programme=programme, steward=province.steward, office=province.office, issuer=province.issuer,
        on=DECIDED,
    )
    task = Task.objects.get(uid="1.2")
    actions.plan_money(
        SYSTEM, task=task, year=2018, what=Money.PLANNED, source=Source.PROVINCE, amount_vnd=33_000_000,
        on=date(2018, 1, 5), number="7/STC",
    )
    dearer = replace(YEARLY, per_year_vnd=120_000_000)
    amended(programme, replace(paid, tasks=(
        paid.tasks[0], replace(paid.tasks[1], budget=replace(dearer, text="120 triệu/năm")), *paid.tasks[2:],
    )))  # fmt: skip
    planned = {one.year: one.planned for one in money_views.money_of(task).years}
    assert planned == {year: 33_000_000 if year == 2018 else 120_000_000 for year in range(2016, 2021)}
    assert BudgetLine.objects.filter(task=task, year=2017).count() == 2, "what was planned before stays readable"
    assert BudgetLine.objects.filter(task=task, year=2017).latest("pk").number == "99/QĐ-UBND"
