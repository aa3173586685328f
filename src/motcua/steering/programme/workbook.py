"""A plan as an Excel file: the same lines as on the screen."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from motcua.foundation.core import settings_rows, words
from motcua.steering.programme.models import Programme
from motcua.steering.programme.planning import Plan

HEAD = ("Số", "Nhiệm vụ", "Sản phẩm", "Phần việc", "Chủ trì", "Phối hợp", "Hạn", "Tình trạng", "Kinh phí in (đồng)")
WIDTHS = (8, 50, 28, 12, 34, 34, 14, 26, 20)
#: A cell that begins so would be taken for a formula.
FORMULA = ("=", "+", "-", "@")


def plan_book(programme: Programme, plan: Plan) -> bytes:
    """Return the plan as an .xlsx."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Kế hoạch"
    sheet.append([plan.title])
    sheet.append([f"{programme.type} {programme.number}, {words.day(programme.issued_on)}"])
    note = settings_rows.exercise_note()
    sheet.append([note] if note else [""])
    for part in plan.parts:
        sheet.append([part.title, part.why])
        sheet.append(list(HEAD))
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
        for one in part.lines:
            task = one.line.task
            row = [
                task.number, task.text, task.product, one.part.label, one.line.lead_words, task.coordinating,
                words.day(one.due_on) if one.due_on else "", one.badge.text, task.amount_vnd,
            ]
            sheet.append([_plain(value) for value in row])
    _targets(sheet, plan)
    for column, width in zip("ABCDEFGHI", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for cells in sheet.iter_rows(min_row=4):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _targets(sheet: Worksheet, plan: Plan) -> None:
    sheet.append(["Chỉ tiêu chưa đạt hoặc chưa đo"])
    sheet.append(["Mã", "Chỉ tiêu", "Cần", "Mới nhất", "Ngày"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for one in plan.targets:
        wanted = one.measure.value
        sheet.append([
            one.measure.code, _plain(one.measure.text),
            f"{one.measure.comparator} {words.number(wanted)} {one.measure.unit}".strip() if wanted is not None else "",
            float(one.latest.value) if one.latest else None, words.day(one.latest.on) if one.latest else "chưa đo",
        ])


def _plain(value: object) -> object:
    """Return the value so that no program reads a text as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
