"""Rows beside the ledger, held against what events vouch for of them (`core.vouching`).

While the chains are walked, the vouching facts are cut out of the events that have them; afterwards all rows are read
once, in pages, and compared. Both happen within a part of the ledger, so each process looks at its own subjects.
Memory: about a hundred bytes an event that vouches.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from motcua.foundation.core.verification.reading import Row, Source
from motcua.foundation.core.verification.types import Kind, Report
from motcua.foundation.core.vouching import LINE_END, VOUCHERS, Voucher

#: What is said by all events of a subject under one name: each value and its end, in order.
Said = dict[str, bytearray]
#: How a fact begins, how long that is, where its values are kept, and the same of facts that stand in the same event.
Mark = tuple[bytes, int, Said, tuple["Mark", ...]]
#: How an event speaks of a note, wherever in its facts.
NOTE = b'"note":"note:'
NOTHING = bytearray()
#: The facts of an event cannot begin before.
ENVELOPE = 80


@dataclass(slots=True)
class Heard:
    """What the events met so far vouch for. `marks` and `pattern` (any mark, or a note) are for the fast walk."""

    digests: list[tuple[Said, ...]] = field(default_factory=list)
    lines: list[Said] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pattern: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        for voucher in VOUCHERS:
            first, *others = (_mark(name) for name in voucher.digests)
            log = _mark(voucher.log[0])
            self.digests.append(tuple(mark[2] for mark in (first, *others)))
            self.lines.append(log[2])
            self.marks += [(*first[:3], tuple(others)), log]
        self.pattern = re.compile(b"|".join(re.escape(begins) for begins in (NOTE, *(mark[0] for mark in self.marks))))


def _mark(name: str) -> Mark:
    begins = f'"{name}":"'.encode()
    return begins, len(begins), {}, ()


def hear(page: list[Row], mark: Mark) -> bool:
    """Keep what events say under a name, and under those that go with it; say whether any does.

    Like `chains` it must be fast: in a large store almost every event has its line.
    """
    begins, width, said, others = mark
    get, speaking = said.get, []
    for row in page:
        canonical = row[3]
        at = canonical.find(begins, ENVELOPE)
        if at > 0:
            at += width
            value = canonical[at : canonical.find(LINE_END, at) + 1]
            known = get(row[0])
            if known is None:
                said[row[0]] = bytearray(value)
            else:
                known += value
            speaking.append(row)
    for other in others if speaking else ():
        hear(speaking, other)
    return bool(speaking)


def look_over(source: Source, report: Report, heard: Heard, chains: Collection[str]) -> None:
    """Find rows that are not as the ledger vouches for them. `chains` are the subjects that were met."""
    for voucher, digests, lines in zip(VOUCHERS, heard.digests, heard.lines, strict=True):
        for page in source.pages(dict(voucher.sql)):
            for row in page:
                subject = row[0]
                said = [one.pop(subject, NOTHING) for one in digests]
                log = lines.pop(subject, NOTHING)
                if log or any(said):
                    for text in _faults(voucher, row, said, log):
                        report.find(Kind.VOUCHED, subject, text)
                elif subject not in chains:
                    report.find(Kind.VOUCHED, subject, f"Không sự kiện nào trong sổ ghi {subject}.")
        for subject in sorted(set(lines).union(*digests)):
            report.find(Kind.VOUCHED, subject, f"Sổ có ghi {subject}, nay không còn dòng nào.")


def _faults(voucher: Voucher, row: Row, said: list[bytearray], log: bytearray) -> Iterator[str]:
    """Yield what is wrong with a subject's rows, naming nobody."""
    subject = row[0]
    salt, texts, lines = voucher.shown(row[1:])
    for about, digest, text in zip(voucher.digests.values(), said, texts, strict=True):
        if not digest:
            continue
        if text is None:
            yield f"{about} của {subject} không mở được: đã bị sửa, hoặc thiếu khóa."
        elif hashlib.sha256(salt + b"\n" + text).hexdigest().encode() != digest[-65:-1]:
            yield f"{about} của {subject} đã bị sửa: không khớp mã băm trong sổ."
    if log and (log != lines or not log.startswith(b"1,")):
        place = _differs(bytes(log).split(LINE_END)[:-1], sorted(lines.split(LINE_END)[:-1], key=_number))
        if place:
            yield f"{voucher.log[1]} của {subject} khác với sổ từ dòng số {place}."


def _number(line: bytes) -> int:
    number = line.partition(b",")[0]
    return int(number) if number.isdigit() else 0


def _differs(said: list[bytes], shown: list[bytes]) -> int:
    """Return the number of the first line that is not as the ledger has it, or 0. A line begins with its number.

    Lines before the first that the ledger has are from before it vouched for any.
    """
    before = min(max(_number(said[0]) - 1, 0), len(shown) + 1)
    wanted = [b"%d" % number for number in range(1, before + 1)]
    found = [line.partition(b",")[0] for line in shown[:before]] + shown[before:]
    for place, (one, other) in enumerate(zip(wanted + said, found, strict=False), 1):
        if one != other:
            return place
    return 0 if len(wanted) + len(said) == len(found) else min(len(wanted) + len(said), len(found)) + 1
