"""The report of an import as a workbook: one row a record, with what to do about it."""

from __future__ import annotations

import io
from typing import Any

from motcua.service.procedures.models import ImportRun

COLUMNS = (
    ("Dòng", 8),
    ("Mã số", 24),
    ("Tên thủ tục", 60),
    ("Kết quả", 18),
    ("Thay đổi", 14),
    ("Mã lý do", 26),
    ("Lý do", 70),
    ("Việc cần làm", 60),
    ("Vị trí trong tệp", 36),
)


def workbook_of(run: ImportRun) -> bytes:
    """Return the report of a run as the bytes of an XLSX file. Texts are texts: nothing in it can run as a formula."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Kết quả nhập")
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width

    def cell(value: int | str, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(name, bold=True) for name, _ in COLUMNS])
    for row in _rows(run):
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(run: ImportRun) -> list[tuple[int | str, ...]]:
    rows: list[tuple[int | str, ...]] = []
    for line in run.lines.all().iterator():
        said = line.said
        rows.append(
            (
                line.position,
                line.code,
                line.name,
                line.outcome_words,
                line.change_words,
                "\n".join(reason.code.value for reason in said),
                "\n".join(reason.text for reason in said),
                "\n".join(dict.fromkeys(reason.todo for reason in said)),
                line.place,
            )
        )
    return rows
