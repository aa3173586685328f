"""The seals, in the database and outside: each checked by itself, then against each other, then opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from motcua.foundation.core import seal_lines, seals, words
from motcua.foundation.core.seal_lines import FIRST, Leaf, NotASeal, SealLine
from motcua.foundation.core.verification.reading import SEALS, Source
from motcua.foundation.core.verification.types import Kind, Report

# Covers a transaction that was open while a seal was made, and clocks of two machines that differ by ten minutes.
TOLERANCE_US = 15 * 60 * 1_000_000
_HASH = 64


class BadSeals(ValueError):
    """The outside copy cannot be read as one."""


@dataclass(slots=True)
class Sealed:
    """What all seals together say. `leaves` maps the hash of an event to the number of the first seal that holds it.

    A hash commits to subject and sequence, so a leaf is met where its hash is met; a province's fit in memory.
    """

    leaves: dict[bytes, int] = field(default_factory=dict)
    after_us: dict[int, int] = field(default_factory=dict)
    made_us: dict[int, int] = field(default_factory=dict)
    lines: dict[int, bytes] = field(default_factory=dict)
    last_us: int = 0
    before_us: int = 0
    subjects: int = 0
    outside: list[SealLine] = field(default_factory=list)

    def take(self, seal: SealLine) -> None:
        """Remember the leaves; the first seal that holds an event is the one that dates it."""
        number, known, fromhex = seal.number, self.leaves, bytes.fromhex
        for leaf in seal.leaves:
            known.setdefault(fromhex(leaf[-_HASH:]), number)

    def dated(self, number: int, made_us: int) -> None:
        """Remember when a seal was made, and when the run before it was: all seals of a run bear one instant."""
        if made_us != self.last_us:
            self.before_us, self.last_us = self.last_us, made_us
        self.made_us[number], self.after_us[number] = made_us, self.before_us


def read_database(source: Source, report: Report) -> Sealed:
    """Check every seal of the database and return what they say."""
    sealed, keys = Sealed(), {key.version: key.raw for key in seals.public_keys()}
    former, expected = FIRST, 1
    for number, made_us, root, line in (row for page in source.pages(SEALS, 20) for row in page):
        report.seals += 1
        where = f"seal {number}"
        follows, expected = number == expected, number + 1
        if not follows:
            report.find(Kind.SEAL, where, f"Thiếu niêm phong trước số {number}.")
        sealed.lines[number] = hashlib.sha256(bytes(line)).digest()
        try:
            seal = seal_lines.parse(bytes(line))
        except NotASeal:
            report.find(Kind.SEAL, where, "Dòng niêm phong không đọc được.")
            continue
        _check_row(report, where, seal, (number, made_us, bytes(root)))
        if seal.former != former and follows:
            report.find(Kind.SEAL, where, "Niêm phong không nối tiếp niêm phong trước nó.")
        if _check(report, where, seal, keys):
            _check_order(report, where, seal, sealed)
            sealed.take(seal)
        former = seal.digest
    return sealed


def _check_row(report: Report, where: str, seal: SealLine, columns: tuple[int, int, bytes]) -> None:
    if (seal.number, seal.made_us, bytes.fromhex(seal.root)) != columns:
        report.find(Kind.SEAL, where, "Số, giờ hoặc gốc của niêm phong khác với dòng đã ký.")


def _check(report: Report, where: str, seal: SealLine, keys: dict[int, bytes]) -> bool:
    """Check signature and root; return whether the leaves may be believed."""
    if seal.key not in keys or not seal_lines.is_signed(seal, keys[seal.key]):
        report.find(Kind.SIGNATURE, where, "Chữ ký của niêm phong không phải của khóa niêm phong kho này.")
        return False
    if seal_lines.root_of(seal.leaves) != seal.root:
        report.find(Kind.SEAL, where, "Danh sách lá không cho ra gốc đã ký.")
        return False
    return True


def _check_order(report: Report, where: str, seal: SealLine, sealed: Sealed) -> None:
    if seal.made_us < sealed.last_us - TOLERANCE_US:
        report.find(Kind.BACK_DATED, where, "Niêm phong ghi giờ sớm hơn niêm phong trước nó.")
    if seal.subjects < sealed.subjects:
        report.find(Kind.SEAL, where, "Niêm phong đếm ít đối tượng hơn niêm phong trước nó.")
    sealed.subjects = max(sealed.subjects, seal.subjects)
    sealed.dated(seal.number, seal.made_us)


def compare_outside(path: Path, sealed: Sealed, report: Report) -> None:
    """Compare the outside copy with the database's seals and take its word where they differ.

    Raises BadSeals where the file cannot be read or is no file of seals.
    """
    keys = {key.version: key.raw for key in seals.public_keys()}
    expected = 1
    for line, is_whole in _lines(path):
        digest = hashlib.sha256(line).digest()
        if expected in sealed.made_us and sealed.lines[expected] == digest:
            expected += 1  # byte for byte a line of the database that was found good
            continue
        try:
            seal = seal_lines.parse(line)
        except NotASeal:
            if expected == 1:
                raise BadSeals(f"Tệp {path} không phải tệp niêm phong của motcua. Chọn đúng tệp seals.jsonl.") from None
            if is_whole:
                report.find(Kind.OUTSIDE, f"{path.name}:{expected}", "Dòng này của bản ngoài không đọc được.")
            expected += 1
            continue
        if seal.number != expected:
            report.find(Kind.OUTSIDE, f"seal {expected}", f"Bản ngoài thiếu niêm phong trước số {seal.number}.")
        expected = seal.number + 1
        if sealed.lines.get(seal.number) != digest:
            _differs(report, seal, sealed, keys)


def _differs(report: Report, seal: SealLine, sealed: Sealed, keys: dict[int, bytes]) -> None:
    where = f"seal {seal.number}"
    if not _check(report, f"outside {where}", seal, keys):
        return
    if seal.number in sealed.lines:
        report.find(Kind.OUTSIDE, where, "Niêm phong trong cơ sở dữ liệu khác với bản ngoài đã ký.")
    else:
        report.find(Kind.ROLLED_BACK, where, "Bản ngoài có niêm phong này, cơ sở dữ liệu đã mất: dữ liệu bị lùi lại.")
    sealed.subjects = max(sealed.subjects, seal.subjects)
    sealed.outside.append(seal)
    sealed.take(seal)


def _lines(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield each line and whether it has its end: a copy may have been taken while a line was being written."""
    try:
        with path.open("rb") as stream:
            for line in stream:
                yield line.rstrip(b"\n"), line.endswith(b"\n")
            if not stream.tell():
                raise BadSeals(f"Tệp niêm phong {path} trống. Chọn bản sao khác của seals.jsonl.")
    except OSError as error:
        why = words.refused(error)
        raise BadSeals(f"Không đọc được tệp niêm phong {path}: {why}. Kiểm tra lại đường dẫn.") from error


def named(source: Source, sealed: Sealed, hashes: Iterable[bytes]) -> dict[str, list[tuple[Leaf, int]]]:
    """Return the leaves with these hashes and their seals' numbers, by subject's digest: a second look at the lines."""
    wanted = {value.hex() for value in hashes}
    found: dict[str, list[tuple[Leaf, int]]] = {}
    for seal in (*sealed.outside, *_readable(source)):
        for text in seal.leaves:
            if text[-_HASH:] in wanted:
                leaf = seal_lines.apart(text)
                found.setdefault(leaf.who, []).append((leaf, seal.number))
    return found


def _readable(source: Source) -> Iterator[SealLine]:
    for page in source.pages(SEALS, 20):
        for _, _, _, line in page:
            try:
                yield seal_lines.parse(bytes(line))
            except NotASeal:
                continue
