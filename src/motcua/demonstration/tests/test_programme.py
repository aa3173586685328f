"""The programme's data file says what the decision says, and the exercise shows it at work."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from motcua.demonstration.annex import reading_of
from motcua.demonstration.programme import DATA
from motcua.demonstration.world import SYSTEM, load_register
from motcua.foundation.law import actions as law
from motcua.steering.programme.importing import read_file
from motcua.steering.programme.types import BudgetState, Reading, Recurrence
from motcua.testing import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def ours() -> Reading:
    law.load_shipped(SYSTEM)
    load_register("2016")
    return reading_of(data())


def test_rows_targets_and_money_are_those_of_the_decision() -> None:
    reading = ours()
    assert len(reading.tasks) == 63 and len({task.group for task in reading.tasks}) == 7
    assert len(reading.targets) == 9 and sum(len(target.measures) for target in reading.targets) == 26
    assert (reading.totals.sum_vnd, reading.totals.difference_vnd) == (477_070_000_000, 0)
    assert sum(task.budget.state is not BudgetState.AMOUNT for task in reading.tasks) == 48
    assert [task.uid for task in reading.tasks if task.number == "3.4"] == ["3.4#1", "3.4#2"]
    assert [task.number for task in reading.tasks if task.period.recurrence is Recurrence.NOT_STATED] == ["6.13"]


def test_facts_agree_with_the_real_decision_as_it_is_read() -> None:
    path = shared_data("..", "plan", "860-qd-ubnd-2016.txt")
    mine = {task.uid: task for task in ours().tasks}
    real = {task.uid: task for task in read_file(path.name, path.read_bytes()).reading.tasks}
    assert list(mine) == list(real)
    for uid, task in real.items():
        own = mine[uid]
        assert own.period.recurrence is task.period.recurrence, uid
        assert (own.period.start_year, own.period.end_year) == (task.period.start_year, task.period.end_year), uid
        assert (own.budget.amount_vnd, own.budget.per_year_vnd) == (task.budget.amount_vnd, task.budget.per_year_vnd)
        if task.period.due is not None:
            assert own.period.due is not None
            assert (own.period.due.month, own.period.due.day) == (task.period.due.month, task.period.due.day)
        # The wording is ours: no sentence of the decision stands in the file.
        assert own.text != task.text, uid
