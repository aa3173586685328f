"""The annex as .xlsx: figures with both sides, unit by unit, and what units wrote. Numbers are numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from motcua.foundation.core import time
from motcua.steering.reports.documents.sheet import Row, Sheet
from motcua.steering.reports.printable import printable
from motcua.steering.reports.types import Form

FONT = "Times New Roman"
_THIN = Side(style="thin")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
Value = str | Decimal | None


def set_workbook(sheet: Sheet, form: Form) -> bytes:
    """Return the workbook's bytes."""
    book = Workbook()
    book.properties.title = printable(sheet.abstract)
    book.properties.creator = printable(sheet.heading[-1][0])
    book.properties.created = book.properties.modified = time.local(sheet.at).replace(tzinfo=None)
    figures = book.active
    assert figures is not None
    figures.title = "Số liệu"
    _figures(figures, sheet)
    if sheet.units:
        _units(book.create_sheet("Theo đơn vị"), sheet, form)
        _texts(book.create_sheet("Lời các đơn vị"), sheet, form)
    if sheet.contested:
        _contested(book.create_sheet("Số đơn vị nêu"), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(page: Any, sheet: Sheet) -> None:
    _head(page, sheet, 6)
    _row(page, 5, ["Mã", "Chỉ tiêu", "Đơn vị tính", *sheet.columns, "Ghi chú"], bold=True)
    at = 6
    for part in sheet.parts:
        if not part.rows:
            continue
        _row(page, at, [part.title, None, None, None, None, None], bold=True)
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=6)
        at += 1
        for row in part.rows:
            first = row.first_words if row.first is None else row.first
            second = row.second_words if row.second is None else row.second
            _row(page, at, [row.code, row.name, row.unit, first, second, row.note])
            _formats(page, at, row)
            at += 1
    for words in sheet.remarks:
        _put(page, at + 1, 1, words)
        at += 1
    _layout(page, (8, 52, 14, 18, 18, 60))


def _formats(page: Any, at: int, row: Row) -> None:
    for column in (4, 5):
        page.cell(at, column).number_format = "0.0" if row.is_share else "#,##0.###"


def _units(page: Any, sheet: Sheet, form: Form) -> None:
    """One line a unit, as its report was sent: what the sums of the first page add up."""
    _head(page, sheet, 3 + len(form.figures))
    _row(page, 5, ["TT", "Đơn vị", "Tình trạng", *(f"{cell.code}. {cell.name}" for cell in form.figures)], bold=True)
    for number, unit in enumerate(sheet.units, start=1):
        values = [unit.figures.get(cell.code) for cell in form.figures]
        _row(page, 5 + number, [Decimal(number), unit.name, unit.state, *values])
        for column in range(4, 4 + len(values)):
            page.cell(5 + number, column).number_format = "#,##0.###"
    _layout(page, (6, 36, 18, *(16 for _ in form.figures)))


def _contested(page: Any, sheet: Sheet) -> None:
    """Every figure that a unit says is another one, with both sides."""
    _head(page, sheet, 6)
    _row(page, 5, ["Đơn vị", "Ô", "Đơn vị nêu", "Hệ thống đếm", "Lý do", "Người nêu"], bold=True)
    for at, one in enumerate(sheet.contested, start=6):
        _row(page, at, [one.unit, one.cell, one.stated, one.registry, one.note, one.signer])
    _layout(page, (36, 8, 16, 16, 70, 28))


def _texts(page: Any, sheet: Sheet, form: Form) -> None:
    _head(page, sheet, 3)
    _row(page, 5, ["Đơn vị", "Mục", "Nội dung"], bold=True)
    at = 6
    for unit in sheet.units:
        for cell in form.texts:
            if text := unit.texts.get(cell.code, "").strip():
                _row(page, at, [unit.name, cell.name, text])
                at += 1
    _layout(page, (36, 36, 100))


def _head(page: Any, sheet: Sheet, width: int) -> None:
    lines = (sheet.heading[-1][0], f"PHỤ LỤC: {sheet.abstract}", f"{sheet.number} · {sheet.mark}", sheet.exercise)
    for at, words in enumerate(lines, start=1):
        cell = _put(page, at, 1, words)
        cell.font = Font(name=FONT, size=13 if at < 3 else 11, bold=at < 3, italic=at > 2)
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)


def _row(page: Any, at: int, values: Sequence[Value], *, bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        cell = _put(page, at, column, value)
        cell.font, cell.border = Font(name=FONT, size=12, bold=bold), BOX
        is_text = not isinstance(value, Decimal)
        cell.alignment = Alignment(wrap_text=is_text, vertical="top", horizontal="center" if bold else None)


def _put(page: Any, at: int, column: int, value: Value) -> Any:
    """Write a value; a text that begins like a formula stays a text."""
    cell = page.cell(at, column)
    if isinstance(value, str):
        cell.value, cell.data_type = printable(value), "s"
    elif value is not None:
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    return cell


def _layout(page: Any, widths: Iterable[float]) -> None:
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    page.freeze_panes = "C6"
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "5:5"
