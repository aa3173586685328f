"""The register as a workbook, written row by row: its memory does not grow with its length."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple
from typing import IO, Any

from motcua.service.dossiers.register.types import HEADINGS, Entry, Total

WIDTHS = (5, 9, 14, 26, 40, 7, 26, 34, 14, 17, 22, 17, 17, 17, 22, 26)
#: What a workbook cannot hold, and what Excel would cut.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST = 32_000


def write(into: IO[bytes], title: str, entries: Iterable[Entry], said: Total) -> None:
    """Write the register into an open file. A text that begins like a formula stays a text."""
    import openpyxl  # heavy: it stays off the start of every other command
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sổ theo dõi hồ sơ")
    sheet.freeze_panes = "A3"
    for at, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    bold = Font(bold=True)
    sheet.append([_cell(sheet, title, bold)])
    sheet.append([_cell(sheet, heading, bold) for heading in HEADINGS])
    for entry in entries:
        sheet.append([_cell(sheet, value) for value in astuple(entry)])
    sheet.append([_cell(sheet, said.words, bold)])
    book.save(into)


def _cell(sheet: Any, value: str | int, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _CONTROL.sub("", value)[:LONGEST])
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell
