"""Money that a cell gives for each year is planned for the row's own years."""

from __future__ import annotations

import pytest

from motcua.steering.programme import actions
from motcua.steering.programme.models import BudgetLine
from motcua.steering.programme.reading.money import read_budget
from motcua.steering.programme.reading.periods import read_period
from motcua.steering.programme.tests import samples
from motcua.steering.programme.tests.factories import DECIDED, SYSTEM, Province

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("Năm 2017-2018", [2017, 2018]), ("Hàng năm", [2016, 2017, 2018, 2019, 2020]),
        ("Năm 2016-2021", [2016, 2017, 2018, 2019, 2020, 2021]),
        ("Hàng năm, từ năm 2019", [2019, 2020]), ("Hàng năm, đến năm 2017", [2016, 2017]), ("2016, 2018, 2020", []),
    ],
)
def test_yearly_money_is_planned_for_the_years_of_the_row_alone(period: str, years: list[int]) -> None:
    province = Province()
    row = samples.task(
        "1.1", read_period(period), lead=(samples.unit("Sở Tư pháp", province.justice.code),),
        budget=read_budget("20 triệu đồng (10 triệu đồng/năm)"),
    )
    programme = actions.enter(SYSTEM, reading=samples.reading(row), sha256="b" * 64, name="1.txt")
    actions.approve(SYSTEM, programme=programme, steward=province.steward, office=province.office, on=DECIDED)
    lines = BudgetLine.objects.filter(task__programme=programme).order_by("year")
    assert [(line.year, line.amount_vnd) for line in lines] == [(year, 10_000_000) for year in years]
