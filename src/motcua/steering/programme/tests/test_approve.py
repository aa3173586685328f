"""What a draft must have before it is put to work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.steering.programme import actions
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.models import Task
from motcua.steering.programme.row_page import _budget, _years
from motcua.steering.programme.tests.factories import SYSTEM, Province
from motcua.steering.programme.types import BudgetState

pytestmark = pytest.mark.django_db


def test_a_draft_without_any_row_is_not_put_to_work() -> None:
    province = Province()
    bare = replace(province.reading(), tasks=())
    programme = actions.enter(SYSTEM, reading=bare, sha256="d" * 64, name="khong-phu-luc.txt")
    with pytest.raises(BadProgramme, match="không có dòng nhiệm vụ nào"):
        actions.approve(SYSTEM, programme=programme, steward=province.steward, office=province.office)
    programme.refresh_from_db()
    assert programme.is_draft


def test_a_file_without_its_annex_takes_no_draft_away() -> None:
    province = Province()
    programme = province.drafted()
    bare = replace(province.reading(), tasks=())
    with pytest.raises(BadProgramme, match="không thay"):
        actions.enter(SYSTEM, reading=bare, sha256="e" * 64, name="khong-phu-luc.txt")
    assert programme.tasks.count() == len(province.reading().tasks)


def test_words_that_name_no_sure_amount_are_shown_as_such_and_not_as_zero() -> None:
    task = Task(budget_state=BudgetState.AMOUNT.value, start_year=None, end_year=2018)
    assert (_budget(task), _years(task)) == ("Có chữ nhưng chưa rõ số tiền", "đến 2018")
    task.amount_vnd, task.per_year_vnd, task.start_year = 145_000_000, 29_000_000, 2016
    assert (_budget(task), _years(task)) == ("145.000.000 đồng, 29.000.000 đồng mỗi năm", "2016–2018")
    task.amount_vnd, task.per_year_vnd = 0, None
    assert _budget(task) == "0 đồng"
