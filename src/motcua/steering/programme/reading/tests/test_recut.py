"""A row that a person laid out otherwise: what did not change stays as it was read."""

from __future__ import annotations

from motcua.steering.programme.reading.tasks import recut
from motcua.steering.programme.reading.tests.places import roster
from motcua.steering.programme.reading.tests.test_other_plans import table_of
from motcua.steering.programme.types import BudgetState, Task

HEADINGS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Kinh phí (triệu đồng)")
TRIEU = 10**6


def row() -> Task:
    (task,) = table_of(HEADINGS, ("1", "Tập huấn", "Sở Nội vụ", "Năm 2021", "500")).tasks
    assert task.budget.amount_vnd == 500 * TRIEU
    return task


def test_money_in_the_unit_of_its_heading_stays_when_only_the_words_are_laid_out_anew() -> None:
    task = row()
    cells = {"text": "Tập huấn nghiệp vụ", "budget": "500", "lead": "Sở Nội vụ", "period": "Năm 2021"}
    for one in ({"text": "Tập huấn nghiệp vụ"}, cells):
        found = recut(task, one, roster())
        assert (found.text, found.budget, found.period) == ("Tập huấn nghiệp vụ", task.budget, task.period)
        assert found.lead_units == task.lead_units


def test_another_bare_number_is_read_in_the_unit_of_its_heading() -> None:
    found = recut(row(), {"budget": "1.250"}, roster())
    assert (found.budget.state, found.budget.amount_vnd) == (BudgetState.AMOUNT, 1250 * TRIEU)


def test_cells_that_changed_are_read_anew() -> None:
    found = recut(row(), {"lead": "Sở Y tế", "period": "Năm 2022", "budget": "2 tỷ đồng"}, roster())
    assert [unit.ids for unit in found.lead_units] == [("SYT",)]
    assert (found.period.start_year, found.budget.amount_vnd) == (2022, 2000 * TRIEU)
