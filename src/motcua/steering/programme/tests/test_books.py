"""Money, projects, measures and links."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms

from motcua.foundation.core import settings_rows
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Role
from motcua.steering.programme import actions, today
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.forms import MoneyField
from motcua.steering.programme.kinds import Money, ProjectData, ProjectState, Source
from motcua.steering.programme.models import Measure, Programme
from motcua.steering.programme.money_views import money_of, programme_money
from motcua.steering.programme.planning import plan_of
from motcua.steering.programme.selectors.projects import projects_of
from motcua.steering.programme.selectors.serving import serving
from motcua.steering.programme.tests.factories import SYSTEM, Province, officer
from motcua.steering.programme.workbook import plan_book

pytestmark = pytest.mark.django_db
TODAY = date(2018, 6, 1)


@pytest.fixture(autouse=True)
def _stands_still() -> None:
    settings_rows.write(today.STANDS_ON, TODAY.isoformat())


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def programme(province: Province) -> Programme:
    return province.approved()


def test_what_is_planned_is_replaced_and_what_is_spent_adds_up(programme: Programme) -> None:
    task = programme.tasks.get(uid="1.1")
    line: dict[str, Any] = {"year": 2017, "source": Source.PROVINCE, "on": date(2017, 5, 1)}
    for amount in (900, 700):
        task = actions.plan_money(SYSTEM, task=task, what=Money.ALLOCATED, amount_vnd=amount, **line)
    task = actions.plan_money(
        SYSTEM, task=task, what=Money.ALLOCATED, amount_vnd=50, year=2017, source=Source.CENTRAL, on=date(2017, 5, 1)
    )
    for amount in (300, 200, -100):
        task = actions.spend(SYSTEM, task=task, amount_vnd=amount, number="1/CT", **line)
    year = money_of(task).years[0]
    assert (year.planned, year.allocated, year.spent) == (None, 750, 400), "unknown is not zero"
    with pytest.raises(BadProgramme):
        actions.spend(SYSTEM, task=task, amount_vnd=-401, number="1/CT", **line)
    with pytest.raises(BadProgramme):
        actions.plan_money(SYSTEM, task=task, what=Money.PLANNED, amount_vnd=-1, **line)


def test_the_line_of_the_latest_day_holds_however_late_an_older_one_is_entered(programme: Programme) -> None:
    task = programme.tasks.get(uid="1.1")
    line: dict[str, Any] = {"year": 2017, "source": Source.PROVINCE, "what": Money.ALLOCATED}
    task = actions.plan_money(SYSTEM, task=task, amount_vnd=900, on=date(2017, 9, 1), **line)
    task = actions.plan_money(SYSTEM, task=task, amount_vnd=700, on=date(2017, 5, 1), **line)
    assert money_of(task).years[0].allocated == programme_money(programme).total.allocated == 900
    task = actions.plan_money(SYSTEM, task=task, amount_vnd=800, on=date(2017, 9, 1), **line)
    assert money_of(task).years[0].allocated == 800, "of one day the later entry corrects"


def test_no_source_is_spent_below_nothing(programme: Programme) -> None:
    task = programme.tasks.get(uid="1.1")
    line: dict[str, Any] = {"year": 2017, "on": date(2017, 5, 1), "number": "1/CT"}
    task = actions.spend(SYSTEM, task=task, source=Source.PROVINCE, amount_vnd=3_000, **line)
    with pytest.raises(BadProgramme, match="ghi chi 0 đồng từ ngân sách trung ương"):
        actions.spend(SYSTEM, task=task, source=Source.CENTRAL, amount_vnd=-1, **line)
    with pytest.raises(BadProgramme, match=r"ghi chi 3\.000 đồng"):
        actions.spend(SYSTEM, task=task, source=Source.PROVINCE, amount_vnd=-3_001, **line)
    actions.spend(SYSTEM, task=task, source=Source.PROVINCE, amount_vnd=-3_000, **line)


@pytest.mark.parametrize("value", ["500", "-5", "100.0001"])
def test_a_percentage_lies_between_nothing_and_the_whole(programme: Programme, value: str) -> None:
    share, words = Measure.objects.get(code="1.1"), Measure.objects.get(code="1.2")
    with pytest.raises(BadProgramme, match="từ 0 đến 100"):
        actions.enter_value(SYSTEM, measure=share, on=TODAY, value=Decimal(value), source="Báo cáo")
    with pytest.raises(BadProgramme, match="từ 0 đến 100"):
        actions.bind(SYSTEM, measure=share, baseline=Decimal(value))
    actions.enter_value(SYSTEM, measure=words, on=TODAY, value=Decimal(value), source="Báo cáo")
    Measure.objects.filter(pk=share.pk).update(value=150)
    actions.enter_value(SYSTEM, measure=share, on=TODAY, value=Decimal(120), source="Báo cáo")


def test_money_is_written_by_the_lead_agency(programme: Programme, province: Province) -> None:
    task = programme.tasks.get(uid="1.1")
    for by, allowed in ((province.justice, True), (province.health, False)):
        call = Call(officer(by, Role.SPECIALIST))
        write: dict[str, Any] = {"task": task, "year": 2017, "source": Source.OTHER, "on": date(2017, 5, 1)}
        write["amount_vnd"] = 5
        if allowed:
            task = actions.spend(call, number="1", **write)
        else:
            with pytest.raises(Denied):
                actions.spend(call, number="1", **write)
    assert task.budget_lines.count() == 1


def test_rows_without_an_amount_are_counted_and_named(programme: Programme) -> None:
    money = programme_money(programme)
    assert (money.count, len(money.without), money.sum_vnd, money.difference_vnd) == (6, 6, 0, 0)


def test_a_project_shows_money_beside_work(programme: Programme, province: Province) -> None:
    task = programme.tasks.get(uid="1.1")
    data = ProjectData("Trụ sở xã", ProjectState.APPROVED, 1_000_000_000)
    project = actions.enter_project(SYSTEM, task=task, agency=province.health, data=data)
    with pytest.raises(BadProgramme):
        actions.enter_project(SYSTEM, task=task, agency=province.health, data=data)
    project = actions.report_progress(
        SYSTEM, project=project, on=date(2018, 3, 1), disbursed_vnd=600_000_000, built=Decimal(20)
    )
    found = projects_of(task, TODAY).rows[0]
    assert (found.paid, found.built, found.ahead, found.is_apart) == (0.6, 0.2, 40, True)
    assert project.state == ProjectState.BUILDING and project.started_on == date(2018, 3, 1)
    with pytest.raises(BadProgramme):
        actions.report_progress(SYSTEM, project=project, on=date(2018, 2, 1), disbursed_vnd=0, built=Decimal(20))
    project = actions.report_progress(
        SYSTEM, project=project, on=date(2018, 5, 1), disbursed_vnd=900_000_000, built=Decimal(100)
    )
    assert (project.state, project.finished_on) == (ProjectState.FINISHED, date(2018, 5, 1))


def test_a_value_is_entered_by_who_answers_for_it(programme: Programme, province: Province) -> None:
    measure = Measure.objects.get(code="1.1")
    measure = actions.bind(SYSTEM, measure=measure, responsible=province.health, baseline=Decimal("59.87"))
    stranger, owner = officer(province.justice, Role.HEAD), officer(province.health, Role.SPECIALIST)
    with pytest.raises(Denied):
        actions.enter_value(Call(stranger), measure=measure, on=TODAY, value=Decimal(70), source="Báo cáo")
    for on, value in ((date(2018, 1, 1), 70), (TODAY, 80)):
        measure = actions.enter_value(Call(owner), measure=measure, on=on, value=Decimal(value), source="Báo cáo")
    now = serving(programme, TODAY).targets[0].measures[0]
    assert now.is_met is True, ">= 80 is met by reaching it"
    assert serving(programme, date(2018, 2, 1)).targets[0].measures[0].is_met is False
    for on, source in ((date(2018, 6, 2), "Báo cáo"), (TODAY, " ")):
        with pytest.raises(BadProgramme):
            actions.enter_value(Call(owner), measure=measure, value=Decimal(1), on=on, source=source)
    measure = actions.bind(SYSTEM, measure=measure, indicator="procedures.in_force")
    with pytest.raises(BadProgramme):
        actions.enter_value(SYSTEM, measure=measure, on=TODAY, value=Decimal(1), source="Báo cáo")


def test_what_serves_nothing_and_what_nothing_serves(programme: Programme) -> None:
    measures = list(Measure.objects.order_by("code"))
    task = actions.link(SYSTEM, task=programme.tasks.get(uid="1.1"), measures=[measures[0]])
    actions.link(SYSTEM, task=task, measures=[measures[0]])
    found = serving(programme, TODAY)
    assert [one.measure.code for one in found.unserved] == ["1.2"]
    assert [one.uid for one in found.idle] == ["1.2", "1.3", "7.8", "3.4#1", "3.4#2"]
    actions.unlink(SYSTEM, task=task, measure=measures[0])
    assert len(serving(programme, TODAY).unserved) == 2


def test_a_plan_holds_what_is_carried_over_due_and_begun(programme: Programme, province: Province) -> None:
    plan = plan_of(programme, TODAY, 2018)
    titles = {part.title: [(one.line.task.uid, one.due.occurrence.year) for one in part.lines] for part in plan.parts}
    assert ("1.1", 2017) in titles["Chuyển từ năm trước"]
    assert ("1.2", 2018) in titles["Đến hạn trong năm"] and ("7.8", 2018) in titles["Đến hạn trong năm"]
    assert titles["Chờ hướng dẫn"] == [("3.4#1", None)]
    own = plan_of(programme, TODAY, 2018, province.health)
    assert {one.line.task.uid for part in own.parts for one in part.lines} == {"1.1", "1.3"}
    assert plan_of(programme, TODAY, None, province.health).count == 1 + 5
    assert plan_book(programme, plan)[:2] == b"PK"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.500.000", 1_500_000), ("1500000", 1_500_000), ("1 500 000", 1_500_000), ("0", 0), ("1.5", None), ("1,5", None),
     ("1.50.000", None), ("12.3456", None), ("một triệu", None)],
)  # fmt: skip
def test_money_is_read_in_dong_alone(typed: str, read: int | None) -> None:
    if read is not None:
        assert MoneyField().clean(typed) == read
        return
    with pytest.raises(forms.ValidationError, match="dấu chấm chia hàng nghìn"):
        MoneyField().clean(typed)
