"""Dates, numbers, money and remaining time as Vietnamese readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.foundation.core import words

NINE = datetime(2025, 4, 24, 2, 0, tzinfo=UTC)


def test_an_instant_is_said_in_local_time() -> None:
    assert words.moment(NINE) == "Thứ Năm, 24/4/2025 lúc 09:00"
    assert words.day(datetime(2025, 4, 24, 18, 0, tzinfo=UTC)) == "25/4/2025"
    assert words.short(NINE) == "24/4 09:00"
    assert words.weekday(date(2025, 4, 27)) == "Chủ Nhật, 27/4/2025"


@pytest.mark.parametrize(
    ("number", "said"), [("095088001234", "••••••••1234"), ("12345", "•2345"), ("1234", "••••"), ("12", "••"), ("", "")]
)
def test_of_an_identity_number_the_end_alone_can_be_read(number: str, said: str) -> None:
    assert words.masked(number) == said


def test_nothing_is_a_dash_and_never_a_zero() -> None:
    assert {words.day(None), words.moment(None), words.number(None), words.money(None), words.percent(None)} == {"—"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234.5, "1.234,5"),
        (1000, "1.000"),
        (Decimal("0.25"), "0,25"),
        (-7, "-7"),
        (0, "0"),
        ("", "—"),
        (1e7, "10.000.000"),
    ],
)
def test_numbers(value: float | str, said: str) -> None:
    assert words.number(value) == said


def test_money_and_shares() -> None:
    assert words.money(1_024_000) == "1.024.000\N{NO-BREAK SPACE}đ"
    assert words.percent(0.975) == "97,5%"
    assert (words.size(0), words.size(120), words.size(3_400_000)) == ("0 kB", "1 kB", "3,4 MB")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (660, "còn 1 ngày 3 giờ"),
        (485, "còn 1 ngày"),
        (200, "còn 3 giờ 20 phút"),
        (20, "còn 20 phút"),
        (0, "đến hạn"),
        (-960, "quá hạn 2 ngày"),
        (-45, "quá hạn 45 phút"),
        (12 * 480 + 60, "còn 12 ngày"),
        (None, "chưa xác định thời hạn"),
    ],
)
def test_remaining_time(minutes: int | None, said: str) -> None:
    assert words.remaining(minutes) == said


def test_an_office_may_have_a_longer_day() -> None:
    assert words.remaining(600, 600) == "còn 1 ngày"
