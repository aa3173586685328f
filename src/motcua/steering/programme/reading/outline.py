"""The running text by its headings, and the lists below them: targets, solutions, responsibilities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from motcua.steering.programme.reading.text import fold, is_capitals, one_line

_PART = re.compile(r"(?:phan|chuong)\s+(?:thu\s+)?(?:[ivx]+|\d+|nhat|hai|ba|tu)\b", re.IGNORECASE)
_ROMAN = re.compile(r"[ivx]{1,5}\s*[.)-]\s*\S", re.IGNORECASE)
_ARABIC = re.compile(r"\d{1,2}(?:\.\d{1,2})*\s*[.)]?\s+\S|\d{1,2}(?:\.\d{1,2})*[.)]\S")
_LETTER = re.compile(r"[a-zđ]\)\s*\S")
_BULLET = re.compile(r"\s*[-–—+•*·▪]\s*(?=\S)")
_MARK = re.compile(r"\s*(?:[-–—+•*·▪]|[a-zđ]\)|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}[.)])\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its depth: 1 a part, 2 a Roman heading, 3 and deeper an Arabic one, 0 ordinary text."""

    at: int
    text: str
    depth: int

    @property
    def folded(self) -> str:
        """Return it folded, without its mark."""
        return fold(unmarked(self.text))


def unmarked(text: str) -> str:
    """Return the text without the dash or number before it, on one line."""
    return one_line(_MARK.sub("", text, count=1))


def is_bullet(text: str) -> bool:
    """Return whether a paragraph begins with a dash or its like."""
    return bool(_BULLET.match(text))


def outline(texts: Sequence[str]) -> list[Line]:
    """Return the paragraphs with their depths. A numbered sentence that goes on like text is a heading all the same."""
    return [Line(at, text, _depth(text)) for at, text in enumerate(texts) if text.strip()]


def _depth(text: str) -> int:
    first = one_line(text)
    folded = fold(first)
    if _PART.match(folded) and len(first) < 200:
        return 1
    if is_bullet(text):
        return 0
    if _ROMAN.match(first) and re.match(r"[IVX]", first) and len(first) < 300:
        return 2
    if _ARABIC.match(first) and not re.match(r"\d{4}", first):
        return 3 + re.split(r"[\s)]", first, maxsplit=1)[0].rstrip(".").count(".")
    return 1 if len(first) < 200 and is_capitals(first) else 0


def section(lines: Sequence[Line], pattern: re.Pattern[str], start: int = 0) -> list[Line]:
    """Return the lines under the first heading that fits, up to the next heading as high; empty where none fits."""
    for place, line in enumerate(lines):
        if line.at < start or not line.depth or not pattern.search(line.folded):
            continue
        found: list[Line] = [line]
        for later in lines[place + 1 :]:
            if later.depth and later.depth <= line.depth and not (line.depth == 1 == later.depth and len(found) == 1):
                break
            found.append(later)
        return found
    return []


def items(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the entries of a list verbatim: each bullet, or each paragraph where there are none.

    A line that only leads on to a list (“… các mục tiêu sau:”) is no entry.
    """
    bulleted = any(is_bullet(line.text) for line in lines)
    for line in lines:
        leads_on = line.text.rstrip().endswith(":")
        if bulleted and not is_bullet(line.text) and not line.depth:
            continue
        if not leads_on:
            yield line.text
