"""Periods and money as cells print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.steering.programme.reading.money import printed, read_budget, spelled_out
from motcua.steering.programme.reading.periods import is_period, read_period
from motcua.steering.programme.reading.text import fold

TY, TRIEU = 10**9, 10**6


@pytest.mark.parametrize(
    ("text", "recurrence", "start", "end"),
    [
        ("Năm 2016", "once", 2016, 2016), ("Năm 2016 -2017", "span", 2016, 2017), ("2016 – 2020", "span", 2016, 2020),
        ("Từ năm 2016 đến hết năm 2018", "span", 2016, 2018), ("Hàng năm", "annual", None, None),
        ("Hằng năm", "annual", None, None), ("Thường xuyên", "continuous", None, None),
        ("Năm 2016 và các năm tiếp theo", "continuous", 2016, None), ("", "not_stated", None, None),
        ("Khi có các văn bản hướng dẫn của Trung ương", "conditional", None, None),
        ("Trước ngày 15/6/2017", "once", 2017, 2017), ("Quý II năm 2017", "once", 2017, 2017),
        ("chưa rõ", "not_stated", None, None),
    ],
)
def test_periods(text: str, recurrence: str, start: int | None, end: int | None) -> None:
    period = read_period(text)
    assert (period.text, period.recurrence, period.start_year, period.end_year) == (text, recurrence, start, end)
    assert is_period(text) is (recurrence != "not_stated")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Tháng 2 hàng năm", (2, None, False)), ("Trước 31/12 hàng năm", (12, 31, True)),
        ("Trước ngày 15 tháng 6 năm 2017", (6, 15, True)), ("Quý IV hằng năm", (12, None, False)),
        ("Chậm nhất 20/11 hàng năm", (11, 20, False)), ("Trước tháng 10/2018", (10, None, True)), ("Năm 2016", None),
    ],
)
def test_a_date_within_the_year(text: str, due: tuple[int, int | None, bool] | None) -> None:
    found = read_period(text).due
    assert (found and (found.month, found.day, found.strictly_before)) == due


@pytest.mark.parametrize(
    ("text", "state", "amount", "yearly"),
    [
        ("16 tỷ đồng", "amount", 16 * TY, None), ("1,2 tỷ đồng", "amount", 1200 * TRIEU, None),
        ("2.280 triệu đồng", "amount", 2280 * TRIEU, None), ("477,07 tỷ đồng", "amount", 477_070 * TRIEU, None),
        ("145 triệu đồng\n(29 triệu đồng/năm)", "amount", 145 * TRIEU, 29 * TRIEU),
        ("29 triệu đồng/năm", "amount", None, 29 * TRIEU), ("500.000.000 đ", "amount", 500 * TRIEU, None),
        ("một tỷ hai trăm triệu đồng", "amount", 1200 * TRIEU, None), ("0 đồng", "amount", 0, None),
        ("Theo mức kinh phí xây dựng VB QPPL", "by_rule", None, None), ("", "blank", None, None),
        (" - ", "blank", None, None), ("Lồng ghép nguồn chi thường xuyên", "by_rule", None, None),
    ],
)
def test_money(text: str, state: str, amount: int | None, yearly: int | None) -> None:
    budget = read_budget(text)
    assert (budget.text, budget.state, budget.amount_vnd, budget.per_year_vnd) == (text, state, amount, yearly)


@given(st.integers(1, 999_999).map(lambda thousands: thousands * 10_000))
def test_an_amount_as_printed_is_read_back(amount: int) -> None:
    assert read_budget(printed(amount)).amount_vnd == amount


WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spelled(number: int) -> str:
    """Spell a number below a thousand the long way."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    parts = [f"{WORDS[hundreds]} trăm"] if hundreds else []
    if tens:
        parts.append("mười" if tens == 1 else f"{WORDS[tens]} mươi")
    elif hundreds and ones:
        parts.append("linh")
    if ones:
        parts.append(WORDS[ones])
    return " ".join(parts)


@given(st.integers(1, 999), st.integers(0, 999))
def test_an_amount_in_words_is_read(billions: int, millions: int) -> None:
    text = f"{spelled(billions)} tỷ" + (f" {spelled(millions)} triệu" if millions else "") + " đồng"
    assert spelled_out(fold(text)) == billions * TY + millions * TRIEU
