"""Reading the official list (XLSX): heading row found by its words, several agencies in one cell, blanks as blanks.

A line of the list is not a procedure record: it has code, name, issuing body, performing agencies and field, and is
flagged as such. The file is looked at before it is opened: entries, sizes, compression ratios, document types.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from motcua.service.procedures.reading.codes import procedure_code
from motcua.service.procedures.reading.outcome import RecordReading, rejected, taken
from motcua.service.procedures.reading.reasons import Reason, ReasonCode
from motcua.service.procedures.reading.record import digest
from motcua.service.procedures.reading.text import door, fold, line, said
from motcua.service.procedures.types import Agencies, ProcedureCode, ProcedureRecord, RecordKind

MOST_ENTRIES: Final = 1_000
MOST_BYTES: Final = 200_000_000  # unpacked, all entries together
MOST_RATIO: Final = 200  # an honest sheet packs to a tenth or a thirtieth
MOST_ROWS: Final = 50_000  # the whole country has some 6,000 procedures
HEADING_WITHIN: Final = 30  # rows from the top
_COLUMNS = {
    "code": ("ma so", "ma thu tuc", "ma tthc", "ma"),
    "name": ("ten", "ten thu tuc", "ten tthc", "ten thu tuc hanh chinh"),
    "issuing": ("co quan ban hanh", "co quan cong bo"),
    "performing": ("co quan thuc hien", "co quan giai quyet"),
    "field_name": ("linh vuc",),
}


class WorkbookProblem(Exception):
    """The file cannot be read as a list; `reason` says why."""

    def __init__(self, reason: ReasonCode, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def read_list(path: Path) -> Iterator[RecordReading]:
    """Yield the lines of a list. A file that cannot be read yields one rejected reading that says why."""
    try:
        check_package(path)
        yield from _lines(path)
    except WorkbookProblem as problem:
        yield rejected(problem.reason, detail=problem.detail, place=path.name)


def check_package(path: Path) -> None:
    """Raise `WorkbookProblem` for what is no workbook, or would unpack into something monstrous."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if not any(entry.filename == "xl/workbook.xml" for entry in entries):
                raise WorkbookProblem(ReasonCode.FILE_WRONG_TYPE, path.name)
            _check_sizes(entries)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_document_type(package, entry)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as fault:
        raise WorkbookProblem(ReasonCode.WORKBOOK_BROKEN, path.name) from fault


def _check_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    monstrous = any(
        entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(1, entry.compress_size) for entry in entries
    )
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or monstrous:
        raise WorkbookProblem(ReasonCode.WORKBOOK_BOMB, f"{total // 1_000_000} MB")


def _check_document_type(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse entity definitions: no program that writes workbooks uses them."""
    with package.open(entry) as part:
        tail = b""
        while block := part.read(1 << 16):
            if b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block:
                raise WorkbookProblem(ReasonCode.WORKBOOK_BOMB, entry.filename)
            tail = block[-16:]


def _lines(path: Path) -> Iterator[RecordReading]:
    import openpyxl  # heavy: it stays off the start of every other command

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as fault:  # openpyxl raises whatever its parsers raise; here all of it means one thing
        raise WorkbookProblem(ReasonCode.WORKBOOK_BROKEN, path.name) from fault
    try:
        rows = _rows(book)
        columns = _heading(rows)
        for number, row in rows:
            if any(row):
                yield _line(row, columns, f"{path.name}, dòng {number}")
    finally:
        book.close()


def _rows(book: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield number and texts of the first sheet's rows; sheets that never end are cut with a reason."""
    sheet = next(iter(book.worksheets), None)
    if sheet is None:
        raise WorkbookProblem(ReasonCode.WORKBOOK_NO_HEADING)
    sheet.reset_dimensions()  # the printed extent may lie
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as fault:
            raise WorkbookProblem(ReasonCode.WORKBOOK_BROKEN, f"dòng {number + 1}") from fault
        number += 1
        if number > MOST_ROWS:
            raise WorkbookProblem(ReasonCode.WORKBOOK_TOO_LONG, f"{MOST_ROWS}")
        yield number, tuple("" if value is None else door(str(value)) for value in row[:100])


def _heading(rows: Iterator[tuple[int, tuple[str, ...]]]) -> dict[str, int]:
    """Return the place of each column by the first row that names code and name."""
    for number, row in rows:
        words = [fold(cell) for cell in row]
        places = {key: at for key, names in _COLUMNS.items() if (at := _place(words, names)) is not None}
        if {"code", "name"} <= places.keys():
            return places
        if number >= HEADING_WITHIN:
            break
    raise WorkbookProblem(ReasonCode.WORKBOOK_NO_HEADING)


def _place(words: Sequence[str], names: Sequence[str]) -> int | None:
    return next((words.index(name) for name in names if name in words), None)


def _line(row: tuple[str, ...], columns: dict[str, int], place: str) -> RecordReading:
    cells = {key: row[at] if at < len(row) else "" for key, at in columns.items()}
    printed = said(line(cells["code"]))
    if printed is None:
        return rejected(ReasonCode.CODE_MISSING, detail=line(cells["name"])[:80], place=place)
    code = procedure_code(printed)
    if code is None:
        return rejected(ReasonCode.CODE_INVALID, printed=printed[:80], detail=printed[:80], place=place)
    if said(cells["name"]) is None:
        return rejected(ReasonCode.NAME_MISSING, printed=str(code), place=place)
    record = _list_record(code, cells)
    reasons = [Reason(ReasonCode.LIST_ROW_ONLY)]
    reasons += [] if record.agencies.performing else [Reason(ReasonCode.AGENCY_MISSING)]
    reasons += [] if record.field_name else [Reason(ReasonCode.FIELD_MISSING)]
    reading = taken(record, reasons)
    return RecordReading(reading.record, reading.outcome, reading.reasons, reading.code, place)


def _list_record(code: ProcedureCode, cells: dict[str, str]) -> ProcedureRecord:
    return ProcedureRecord(
        record_kind=RecordKind.LIST_ROW,
        code=code,
        name=line(cells["name"]),
        field_name=said(cells.get("field_name", "")),
        levels=(),
        subjects=(),
        agencies=Agencies(performing=names_of(cells.get("performing", "")), issuing=names_of(cells.get("issuing", ""))),
        decision=None,
        kind=None,
        address=None,
        steps=None,
        channels=(),
        papers=(),
        sets=None,
        requirements=None,
        results=(),
        legal_bases=(),
        related=None,
        description=None,
        digest=digest(cells),
        source=MappingProxyType(dict(cells)),
    )


def names_of(cell: str) -> tuple[str, ...]:
    """Return the agencies of a cell: one a line, blanks left out, each once whatever its capitals."""
    names: dict[str, str] = {}
    for part in cell.split("\n"):
        if said(part) is not None:
            names.setdefault(fold(part), line(part))
    return tuple(names.values())
