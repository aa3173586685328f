"""Money cells that leave the amount open, and those that only look so."""

from __future__ import annotations

import pytest

from motcua.steering.programme.reading.money import is_money, read_budget
from motcua.steering.programme.reading.spelling import spelled_out
from motcua.steering.programme.reading.tests.test_other_plans import COLUMNS, table_of
from motcua.steering.programme.reading.text import fold
from motcua.steering.programme.types import AnomalyKind, BudgetState

TY, TRIEU = 10**9, 10**6
OPEN = (
    "Ngân sách tỉnh: 2 tỷ; trung ương: 3 tỷ", "Năm 2016: 2 tỷ / Năm 2017: 3 tỷ", "4 tỷ; 3 tỷ; 1 tỷ", "2-3 tỷ đồng",
    "từ 2 đến 3 tỷ đồng", "1 tỷ/huyện", "1 tỷ đồng mỗi huyện", "100 triệu đồng/xã/năm", "100 triệu đồng/năm/xã",
    "8 huyện x 100 triệu đồng", "2 tỷ; duy trì 100 triệu đồng/năm", "2 tỷ rưỡi", "1 tỷ 2", "không quá 5 tỷ",
    "Hỗ trợ mỗi xã 100 triệu đồng", "1 tỷ đồng; 1 tỷ đồng", "một tỷ đồng/huyện", "hai ba tỷ đồng", "một tỷ hai",
)


@pytest.mark.parametrize("text", OPEN)
def test_what_leaves_the_amount_open_is_not_counted(text: str) -> None:
    budget = read_budget(text)
    assert (budget.state, budget.amount_vnd, budget.per_year_vnd) == (BudgetState.AMOUNT, None, None)


@pytest.mark.parametrize(
    ("text", "amount", "yearly"),
    [
        ("2 tỷ 500 triệu đồng", 2500 * TRIEU, None), ("mỗi năm 29 triệu đồng", None, 29 * TRIEU),
        ("5 tỷ, mỗi năm 1 tỷ", 5 * TY, TY), ("100 triệu đồng/năm x 5 năm = 500 triệu đồng", 500 * TRIEU, 100 * TRIEU),
        ("10 tỷ đồng, trong đó ngân sách tỉnh 6 tỷ, trung ương 4 tỷ", 10 * TY, None),
        ("10 tỷ đồng, trong đó ngân sách tỉnh 6 tỷ", 10 * TY, None),
        ("10 tỷ đồng (tỉnh 6 tỷ, trung ương 4 tỷ)", 10 * TY, None), ("16 tỷ đồng (16.000 triệu đồng)", 16 * TY, None),
        ("Tỉnh 6 tỷ, trung ương 4 tỷ, tổng cộng 10 tỷ", 10 * TY, None),
        ("5 tỷ đồng (mỗi huyện 1 tỷ đồng)", 5 * TY, None), ("100 triệu đồng/01 năm", None, 100 * TRIEU),
        ("500 triệu đồng (50 triệu đồng/xã)", 500 * TRIEU, None), ("Năm 2016 - 2 tỷ", 2 * TY, None),
        ("8 x 100 triệu đồng = 800 triệu đồng", 800 * TRIEU, None), ("5 tỷ/5 năm", 5 * TY, None),
    ],
)
def test_parts_and_the_same_again_leave_the_amount_as_it_is(text: str, amount: int | None, yearly: int | None) -> None:
    budget = read_budget(text)
    assert (budget.amount_vnd, budget.per_year_vnd) == (amount, yearly)


@pytest.mark.parametrize("text", ["Không", "không có", "Không có kinh phí.", "0", "0 đồng"])
def test_nothing_needed_is_an_amount_of_zero(text: str) -> None:
    assert (read_budget(text).state, read_budget(text).amount_vnd) == (BudgetState.AMOUNT, 0)
    assert is_money(text) is (text == "0 đồng"), "“không” stands in other columns too"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("một nghìn hai trăm triệu", 1200 * TRIEU), ("hai nghìn tỷ đồng", 2000 * TY), ("hai mươi ba mươi triệu", None),
        ("ba tỷ năm trăm nghìn đồng", 3 * TY + 500_000), ("một triệu tỷ", None), ("mười lăm tỷ đồng", 15 * TY),
    ],
)
def test_thousands_of_millions_in_words(text: str, amount: int | None) -> None:
    assert spelled_out(fold(text)) == amount


def test_an_open_amount_is_asked_with_the_amounts_the_cell_names() -> None:
    cells = ("Ngân sách tỉnh: 2 tỷ; trung ương: 3 tỷ", "100 triệu đồng/xã", "một tỷ đồng/huyện", "chưa xác định", "")
    rows = [(str(at), "Tập huấn", "Sở Tư pháp", "", "Báo cáo", "Năm 2021", cell) for at, cell in enumerate(cells, 1)]
    found = table_of((*COLUMNS, "Kinh phí"), *rows)
    asked = [(one.where, one.values) for one in found.anomalies if one.kind is AnomalyKind.BUDGET_UNREAD]
    assert asked == [("1", ("2 tỷ", "3 tỷ")), ("2", ("100 triệu đồng/xã",)), ("3", ()), ("4", ())]
    assert found.totals.sum_vnd == 0
