"""Sums of the running text: only like is added to like, and no paragraph takes long."""

from __future__ import annotations

import time

import pytest

from motcua.steering.programme.reading.arithmetic import contradictions


def found(text: str) -> list[tuple[str, ...]]:
    return [one.values for one in contradictions([("đoạn 1", text)])]


@pytest.mark.parametrize(
    "text",
    [
        "Tổng 10 tỷ, gồm 6 tỷ, 500 triệu, 3,5 tỷ.", "Tỉnh có 8 huyện gồm 122 xã, 5 phường.",
        "Nhận 100 hồ sơ, trong đó 60 đúng hạn và 20 trước hạn.", "8 đơn vị gồm 30 phòng, 5 tổ.",
        "10 tỷ đồng gồm 6 tỷ, 500.",
        "100 văn bản, gồm 30 quyết định, 12 chỉ thị; còn lại theo Nghị định số 108/2014/NĐ-CP là 58.",
    ],
)
def test_what_is_not_alike_or_not_all_of_it_contradicts_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tổng 10 tỷ đồng, gồm 6 tỷ đồng, 500 triệu đồng, 3 tỷ đồng.",
         ("10.000 triệu", "6.000 + 500 + 3.000 = 9.500 triệu")),
        ("Nhận 100 hồ sơ, trong đó 60 đúng hạn và 50 trước hạn.", ("100", "60 + 50 = 110")),
        ("Nhận 100 hồ sơ, gồm 60 đúng hạn và 20 trước hạn.", ("100", "60 + 20 = 80")),
        ("122 xã gồm 100 xã miền núi, 20 xã vùng cao.", ("122", "100 + 20 = 120")),
        ("45 đơn vị (gồm 09 sở, ngành; 08 huyện; 30 xã, phường, thị trấn).", ("45", "9 + 8 + 30 = 47")),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_still_found(text: str, values: tuple[str, str]) -> None:
    assert found(text) == [values]


@pytest.mark.parametrize("again", ["10 gồm 1, 2, 3; ", "10 (gồm 1; ", "100 trong đó a và b và ", "10 gồm 5; 6, "])
def test_a_paragraph_that_repeats_a_list_is_read_at_once(again: str) -> None:
    started = time.process_time()
    found(again * (72_000 // len(again)))
    assert time.process_time() - started < 0.5, "not as long as reading every list to the end of the paragraph takes"
