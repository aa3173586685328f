"""Rows of very many paragraphs: read in a time that grows with the document, all words kept, and said to be unsure."""

from __future__ import annotations

import time

import pytest

from motcua.steering.programme.reading.annex import find_annex
from motcua.steering.programme.reading.blocks import Paragraph
from motcua.steering.programme.reading.columns import Column
from motcua.steering.programme.reading.tests.test_other_plans import COLUMNS, HEAD, text_of
from motcua.steering.programme.types import AnomalyKind

MANY = [f"Đoạn thứ {number} của nội dung dài" for number in range(2_000)]
CELLS = ["Việc", "Sở Nội vụ", "Sở Y tế", "Kế hoạch", "Năm 2021"]
AT = {"before": 0, "in the product": 4, "after": 5}


@pytest.mark.parametrize("place", AT)
def test_a_row_of_two_thousand_paragraphs_is_read_at_once_and_loses_nothing(place: str) -> None:
    cells = ["1.1", *CELLS[: AT[place]], *MANY, *CELLS[AT[place] :]]
    started = time.perf_counter()
    annex = find_annex([Paragraph(text) for text in (*COLUMNS, "1. Nhóm", *cells)])
    assert time.perf_counter() - started < 1
    assert annex is not None
    (row,) = annex.rows
    found = [line for text in row.cells.values() for line in text.split("\n") if line]
    assert sorted(found) == sorted(cells[1:])
    assert "Năm 2021" in row.cells[Column.PERIOD].split("\n")
    assert not row.is_sure


def test_many_rows_of_as_many_paragraphs_as_are_shared_out_are_read_in_time() -> None:
    rows = [cell for row in range(1, 81) for cell in (f"1.{row}", *MANY[:19], *CELLS[1:])]
    started = time.perf_counter()
    annex = find_annex([Paragraph(text) for text in (*COLUMNS, "1. Nhóm", *rows)])
    assert time.perf_counter() - started < 2
    assert annex is not None
    assert {row.cells[Column.PERIOD] for row in annex.rows} == {"Năm 2021"}


def test_a_row_too_long_to_share_out_is_said_to_be_unsure() -> None:
    found = text_of([HEAD.strip(), "Phụ lục", *COLUMNS, "1. Nhóm", "1.1", *CELLS, *MANY[:200]])
    assert AnomalyKind.CELLS_UNSURE in {one.kind for one in found.anomalies}
