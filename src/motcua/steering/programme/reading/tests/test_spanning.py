"""Cells that span rows: who does a thing, and when, is said of each row; money is said once."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph
from motcua.steering.programme.reading.reader import read
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.tests.places import roster
from motcua.steering.programme.reading.tests.test_other_plans import COLUMNS, HEAD
from motcua.steering.programme.types import AnomalyKind

HEADINGS = (*COLUMNS, "Kinh phí")
ROWS = (
    ("1", "Rà soát", "Sở Tư pháp", "Sở Y tế", "Kế hoạch", "Năm 2021", "10 triệu đồng"),
    ("2", "Công bố", "", "", "Báo cáo", "", ""),
    ("3", "niêm yết", "", "", "", "", ""),
    ("4", "Tập huấn", "Sở Nội vụ", "", "Sổ tay", "", "5 triệu đồng"),
)
SPANS = {(0, 2): 3, (0, 3): 3, (0, 5): 3, (0, 6): 3}


def in_html() -> tuple[Block, ...]:
    lines = ["<tr>" + "".join(f"<th>{text}" for text in HEADINGS)]
    covered = {(row + more, column) for (row, column), rows in SPANS.items() for more in range(1, rows)}
    for row, cells in enumerate(ROWS):
        shown = [(column, text) for column, text in enumerate(cells) if (row, column) not in covered]
        lines.append("<tr>" + "".join(f"<td rowspan={SPANS.get((row, at), 1)}>{text}" for at, text in shown))
    content = f"<html><body><p>x</p><table>{''.join(lines)}</table></body></html>"
    return open_document("x.html", content.encode()).blocks


def in_word() -> tuple[Block, ...]:
    document = docx.Document()
    table = document.add_table(rows=len(ROWS) + 1, cols=len(HEADINGS))
    for at, cells in enumerate((HEADINGS, *ROWS)):
        for place, text in enumerate(cells):
            table.cell(at, place).text = text
    for (row, column), rows in SPANS.items():
        text = ROWS[row][column]
        table.cell(row + 1, column).merge(table.cell(row + rows, column)).text = text
    held = io.BytesIO()
    document.save(held)
    return open_document("x.docx", held.getvalue()).blocks


@pytest.mark.parametrize("blocks", [in_html, in_word])
def test_who_leads_and_when_is_said_of_each_row_that_the_cell_spans_and_money_once(
    blocks: Callable[[], tuple[Block, ...]],
) -> None:
    found = read([*(Paragraph(part) for part in HEAD.split("\n\n")), *blocks()], roster())
    assert [(task.uid, task.lead, task.coordinating, task.period.text) for task in found.tasks] == [
        ("1", "Sở Tư pháp", "Sở Y tế", "Năm 2021"), ("2", "Sở Tư pháp", "Sở Y tế", "Năm 2021"),
        ("3", "Sở Tư pháp", "Sở Y tế", "Năm 2021"), ("4", "Sở Nội vụ", "", ""),
    ]  # fmt: skip
    assert [task.budget.text for task in found.tasks] == ["10 triệu đồng", "", "", "5 triệu đồng"]
    assert found.totals.sum_vnd == 15_000_000
    undated = [one.where for one in found.anomalies if one.kind is AnomalyKind.ROW_WITHOUT_PERIOD]
    assert undated == ["4"], "a cell left blank is not one that another reaches into"


def test_a_page_of_rows_that_one_cell_reaches_into_is_refused_before_it_fills_the_memory() -> None:
    content = "<html><body><table><tr><td colspan=200 rowspan=0>x" + "<tr><td>y" * 100_000 + "</table></body></html>"
    with pytest.raises(BadDocument):
        open_document("x.html", content.encode())
