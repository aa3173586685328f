"""Words with places on a page, put back into lines, and wrapped lines into paragraphs.

A line was wrapped, and not ended, when the first word of the next one would not have fitted behind it: that is how
every word processor breaks lines, whatever the page looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

SAME_LINE = 0.5  # of the height of letters
SPACE = 0.28  # of the height of letters: a blank between words, and the slack of rounding
LEADING = 1.3  # times the usual distance of lines: more of it parts paragraphs
FARTHEST = 2.5  # times the height of letters: more of it is never the distance within a paragraph
FEWEST_ENDS = 5
SPACED = 0.6
INDENT = 1.0  # times the height of letters
HYPHENED = re.compile(r"\w[-–]$|\d/$")  # 2016-|2020 and 37/2014/|NĐ-CP are parted without a blank
LISTED = re.compile(r"(?:[-–+*•▪]|\d+(?:\.\d+)*[.)]|[a-zđ][.)]|[IVXLC]+\.|Điều \d+|Chương|Phần|Mục|Phụ lục)(?:\s|$)")
ENDED = re.compile(r"[.;:!?”]$")


@dataclass(slots=True)
class Word:
    """A word and its box; y grows downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: list[Word]

    @property
    def text(self) -> str:
        """Return the words with one blank between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Return where the line begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Return where the line ends."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Return the top of the first word: raised figures do not move a line."""
        return self.words[0].top

    @property
    def height(self) -> float:
        """Return the height of its letters."""
        return max(word.bottom - word.top for word in self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the words as lines, from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: ((one.top + one.bottom) / 2, one.x0)):
        middle = (word.top + word.bottom) / 2
        last = lines[-1][0] if lines else None
        if last and abs(middle - (last.top + last.bottom) / 2) < SAME_LINE * (last.bottom - last.top):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(sorted(one, key=lambda word: word.x0)) for one in lines]


def is_wrapped(before: Line, word: Word, right: float) -> bool:
    """Say whether a line ended only because `word` did not fit before the right edge."""
    blank = 0 if HYPHENED.search(before.text) else SPACE * before.height
    return before.x1 + blank + (word.x1 - word.x0) > right


def joined(before: str, after: str) -> str:
    """Return two lines as one; a word that was parted at its own hyphen is made whole."""
    return before + after if HYPHENED.search(before) and after[:1].isalnum() else f"{before} {after}"


def cell_text(lines: Sequence[Line], right: float) -> str:
    """Return what stands in a cell: wrapped lines joined, others kept apart."""
    text = ""
    for at, line in enumerate(lines):
        if not at:
            text = line.text
        elif is_wrapped(lines[at - 1], line.words[0], right):
            text = joined(text, line.text)
        else:
            text = f"{text}\n{line.text}"
    return text


def leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of lines that follow each other within a paragraph: one of the lesser ones."""
    steps = [below.top - above.top for above, below in pairwise(lines)]
    near = sorted(step for step, line in zip(steps, lines, strict=False) if 0 < step < FARTHEST * line.height)
    return near[len(near) // 4] if near else 0.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a document sets its lines: their distance, and whether it leaves more of it between paragraphs."""

    usual: float
    spaced: bool


def rhythm(pages: Sequence[tuple[Sequence[Line], float]]) -> Rhythm:
    """Return the rhythm of pages, each given as its lines and where they have to end on the right."""
    distances = [distance for lines, _ in pages if (distance := leading(lines))]
    usual = median(distances) if distances else 0.0
    ends = [
        below.top - above.top > LEADING * usual
        for lines, right in pages
        for above, below in pairwise(lines)
        if not is_wrapped(above, below.words[0], right)
    ]
    return Rhythm(usual, len(ends) >= FEWEST_ENDS and sum(ends) > SPACED * len(ends))


def grouped(lines: Sequence[Line]) -> list[str]:
    """Return the lines of a narrow column (a head, a list of receivers) by the gaps between them, kept as lines."""
    usual = leading(lines)
    groups: list[list[str]] = []
    for at, line in enumerate(lines):
        if not at or (usual and line.top - lines[at - 1].top > LEADING * usual):
            groups.append([])
        groups[-1].append(line.text)
    return ["\n".join(group) for group in groups]


class Joiner:
    """Puts the lines of a column of text, over all its pages, back into paragraphs."""

    def __init__(self, rhythm: Rhythm) -> None:
        self.paragraphs: list[str] = []
        self._rhythm = rhythm
        self._last: Line | None = None
        self._right = 0.0
        self._left = 0.0

    def take(self, lines: Sequence[Line], left: float, right: float) -> None:
        """Take the lines of one page. The first may go on from the last of the page before."""
        most = LEADING * self._rhythm.usual
        for at, line in enumerate(lines):
            far = at > 0 and most > 0 and line.top - lines[at - 1].top > most
            self._put(line, left, right, first=at == 0, far=far)

    def end(self) -> list[str]:
        """Return the paragraphs so far and begin anew: a table or another column follows."""
        done, self.paragraphs = self.paragraphs, []
        self._last = None
        return done

    def _put(self, line: Line, left: float, right: float, *, first: bool, far: bool) -> None:
        last = self._last
        if last is None or far:
            self.paragraphs.append(line.text)
        elif self._goes_on(last, line, left, turned=first and line.text[:1].isupper()):
            self.paragraphs[-1] = joined(self.paragraphs[-1], line.text)
        elif not first and (self._rhythm.spaced or self._both_centred(last, line)):
            self.paragraphs[-1] += f"\n{line.text}"
        else:
            self.paragraphs.append(line.text)
        self._last, self._left, self._right = line, left, right

    def _both_centred(self, last: Line, line: Line) -> bool:
        return _is_centred(last, self._left, self._right) and _is_centred(line, self._left, self._right)

    def _goes_on(self, last: Line, line: Line, left: float, *, turned: bool) -> bool:
        """Say whether a paragraph goes on. Over a page no gap is seen, so a capital after a stop begins a new one."""
        if not is_wrapped(last, line.words[0], self._right):
            return False
        begins = turned or LISTED.match(line.text) or line.x0 > left + INDENT * line.height
        return not (begins and ENDED.search(last.text))


def _is_centred(line: Line, left: float, right: float) -> bool:
    before, after = line.x0 - left, right - line.x1
    return before > INDENT * line.height and abs(before - after) < line.height
