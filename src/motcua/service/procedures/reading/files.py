"""Reading what a person hands in: a JSON file (an object or a list), an XLSX list, or a folder of them.

Every record stands for itself: what is broken gives a rejected reading with its reason, and the others go on. Types
are told by content, not by the name's ending; a long list is read piece by piece and never held whole.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TextIO

from motcua.service.procedures.reading.outcome import RecordReading, rejected
from motcua.service.procedures.reading.reasons import ReasonCode
from motcua.service.procedures.reading.record import read_record
from motcua.service.procedures.reading.workbook import read_list

MOST_BYTES: Final = 500_000_000  # of one file
LONGEST_OBJECT: Final = 8_000_000  # characters of one JSON record
_BLOCK: Final = 1 << 20
_SUFFIXES: Final = frozenset({".json", ".xlsx", ".xls", ".xlsm"})
_ZIP, _UTF16 = b"PK\x03\x04", (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def source_files(path: Path) -> list[Path]:
    """Return the files that a path means, sorted; files of other kinds in a folder are left alone."""
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
    return [path]


def read_path(path: Path) -> Iterator[RecordReading]:
    """Yield every record of a file or folder. A code met again with other content is rejected, the first one stays."""
    files = source_files(path)
    if not path.exists() or not files:
        yield rejected(ReasonCode.FILE_MISSING, detail=path.name)
        return
    met: dict[tuple[str, str], str] = {}
    for file in files:
        for reading in read_file(file):
            yield _once(reading, met)


def _once(reading: RecordReading, met: dict[tuple[str, str], str]) -> RecordReading:
    if reading.record is None:
        return reading
    key = (reading.record.record_kind.value, str(reading.record.code))
    if met.setdefault(key, reading.record.digest) == reading.record.digest:
        return reading
    again = rejected(ReasonCode.CODE_REPEATED, printed=reading.code, detail=reading.record.name[:80])
    return replace(again, place=reading.place)


def read_file(path: Path) -> Iterator[RecordReading]:
    """Yield the records of one file, by what its content is."""
    problem, start = _sniff(path)
    if problem is not None:
        yield rejected(problem, detail=path.name, place=path.name)
    elif start.startswith(_ZIP):
        yield from read_list(path)
    else:
        yield from _json_file(path)


def _sniff(path: Path) -> tuple[ReasonCode | None, bytes]:
    """Return why the file cannot be read, if so, and its first bytes."""
    if not path.is_file():  # a pipe or a device would keep us waiting for ever
        return ReasonCode.FILE_UNREADABLE, b""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return ReasonCode.FILE_UNREADABLE, b""
    return judge(start, size), start


def judge(start: bytes, size: int) -> ReasonCode | None:
    """Return why a file that begins so and is so long cannot be read at all, or None."""
    if size > MOST_BYTES:
        return ReasonCode.FILE_TOO_LARGE
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text and size == len(start):
        return ReasonCode.FILE_EMPTY
    if start.startswith(_UTF16):
        return ReasonCode.FILE_NOT_UTF8
    is_known = start.startswith(_ZIP) or not text or text[:1] in b"{["
    return None if is_known else ReasonCode.FILE_WRONG_TYPE


def _json_file(path: Path) -> Iterator[RecordReading]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, item in enumerate(_items(file), 1):
                yield replace(read_record(item), place=f"{path.name}, bản ghi {number}")
    except UnicodeDecodeError:
        yield rejected(ReasonCode.FILE_NOT_UTF8, detail=path.name, place=path.name)
    except OSError:
        yield rejected(ReasonCode.FILE_UNREADABLE, detail=path.name, place=path.name)
    except (ValueError, RecursionError):
        yield rejected(ReasonCode.JSON_BROKEN, detail=path.name, place=path.name)


def _items(file: TextIO) -> Iterator[object]:
    """Yield the objects of a file that holds one object, or a list of them. Raises ValueError where it is broken."""
    window = _Window(file)
    if window.peek() == "{":
        yield window.value()
    elif window.peek() == "[":
        window.skip("[")
        while window.peek() != "]":
            yield window.value()
            if window.peek() != "]":
                window.skip(",")
        window.skip("]")
    if window.peek():
        raise ValueError("something follows the last value")


class _Window:
    """A moving piece of a JSON text: only the record being read is in memory."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.at = file, "", 0
        self.decoder = json.JSONDecoder()

    def _more(self) -> bool:
        block = self.file.read(_BLOCK)
        self.text, self.at = self.text[self.at :] + block, 0
        return bool(block)

    def peek(self) -> str:
        """Return the next letter that is no blank, or nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                return ""

    def skip(self, letter: str) -> None:
        """Step over a letter that must stand here."""
        if self.peek() != letter:
            raise ValueError(f"{letter} expected")
        self.at += 1

    def value(self) -> object:
        """Return the value that stands here, reading on while it is not whole."""
        self.peek()
        while True:
            try:
                item, end = self.decoder.raw_decode(self.text, self.at)
            except ValueError:
                if len(self.text) - self.at > LONGEST_OBJECT or not self._more():
                    raise
            else:
                self.at = end
                return item
