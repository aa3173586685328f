"""Ruled tables of a PDF: what stands in each cell, and one table again of what goes on over several pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .lines import Line, Word, cell_text, is_wrapped, joined, lines_of

Box = tuple[float, float, float, float]  # left, top, right, bottom
SAME_EDGE = 3.0  # points
LEAST_PADDING = 1.0
MOST_PADDING = 12.0
NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|[IVXLC]+\.|[a-zđ][.)])(?:\s|$)")


@dataclass(slots=True)
class Place:
    """A cell: its text, its last line, and where lines have to end on the right."""

    text: str = ""
    first: Word | None = None
    last: Line | None = None
    right: float = 0.0


@dataclass(slots=True)
class Ruled:
    """A ruled table, or its part on one page; `edges` are the left edges of the columns."""

    box: Box
    edges: list[float]
    rows: list[list[Place]]

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the texts of the places, row by row."""
        return tuple(tuple(place.text for place in row) for row in self.rows)


def ruled(table: Any, words: Sequence[Word]) -> Ruled | None:
    """Return a table that pdfplumber found, filled with the words in its cells; None for a mere frame."""
    boxes: list[list[Box | None]] = [list(row.cells) for row in table.rows]
    edges = _edges(box[0] for row in boxes for box in row if box)
    if sum(box is not None for row in boxes for box in row) < 2:
        return None
    held = _held(boxes, words)
    padding = _padding(held)
    rows = []
    for row in boxes:
        places = [Place() for _ in edges]
        for box in row:
            if box:
                places[_column(edges, box[0])] = _place(held[box], box[2] - padding)
        rows.append(places)
    return Ruled(table.bbox, edges, rows)


def within(word: Word, box: Box) -> bool:
    """Say whether the middle of a word stands in a box."""
    left, top, right, bottom = box
    return left <= (word.x0 + word.x1) / 2 <= right and top <= (word.top + word.bottom) / 2 <= bottom


def _held(boxes: Sequence[Sequence[Box | None]], words: Sequence[Word]) -> dict[Box, list[Word]]:
    """Return the words of each cell. Words are sorted by height first, so that big tables stay quick."""
    ordered = sorted(words, key=_middle)
    heights = [_middle(word) for word in ordered]
    held = {}
    for box in (box for row in boxes for box in row if box):
        near = ordered[bisect_right(heights, box[1]) : bisect_right(heights, box[3])]
        held[box] = [word for word in near if within(word, box)]
    return held


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _padding(held: dict[Box, list[Word]]) -> float:
    """Return how far text keeps from the rules, seen at the left of the cells."""
    distances = [min(word.x0 for word in words) - box[0] for box, words in held.items() if words]
    return min(max(min(distances, default=0.0), LEAST_PADDING), MOST_PADDING)


def _place(words: list[Word], right: float) -> Place:
    lines = lines_of(words)
    if not lines:
        return Place(right=right)
    return Place(cell_text(lines, right), lines[0].words[0], lines[-1], right)


def _edges(lefts: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for left in sorted(lefts):
        if not edges or left - edges[-1] > SAME_EDGE:
            edges.append(left)
    return edges


def _column(edges: Sequence[float], left: float) -> int:
    return max(bisect_right(edges, left + SAME_EDGE) - 1, 0)


def continued(above: Ruled, below: Ruled) -> bool:
    """Make `below` part of `above` when it is the same table on the next page, and say whether it was.

    Repeated header rows are dropped, and a row that the page break cut in two is made whole.
    """
    edges = _edges([*above.edges, *below.edges])
    sides = ((above.box[0], below.box[0]), (above.box[2], below.box[2]))
    if any(abs(one - other) > SAME_EDGE for one, other in sides):
        return False
    if len(edges) > max(len(above.edges), len(below.edges)):
        return False
    upper, lower = _relaid(above, edges), _relaid(below, edges)
    lower = lower[_repeated(upper, lower) :]
    if upper and lower and _is_rest(upper[-1], lower[0]):
        upper[-1] = [_whole(one, other) for one, other in zip(upper[-1], lower[0], strict=True)]
        lower = lower[1:]
    above.edges, above.rows = edges, upper + lower
    return True


def _relaid(table: Ruled, edges: Sequence[float]) -> list[list[Place]]:
    if len(table.edges) == len(edges):
        return table.rows
    rows = []
    for row in table.rows:
        places = [Place() for _ in edges]
        for left, place in zip(table.edges, row, strict=True):
            places[_column(edges, left)] = place
        rows.append(places)
    return rows


def _repeated(upper: Sequence[Sequence[Place]], lower: Sequence[Sequence[Place]]) -> int:
    """Return how many rows at the head of the lower part are those at the head of the upper one."""
    same = 0
    for one, other in zip(upper, lower, strict=False):
        if [place.text for place in one] != [place.text for place in other] or not any(place.text for place in one):
            break
        same += 1
    return same


def _is_rest(last: Sequence[Place], first: Sequence[Place]) -> bool:
    """Say whether a row is the rest of the one before: all that stands in it goes on from a line that was full."""
    filled = [(one, other) for one, other in zip(last, first, strict=True) if other.text]
    return bool(filled) and all(
        one.last is not None
        and other.first is not None
        and not NUMBERED.match(other.text)
        and is_wrapped(one.last, other.first, one.right)
        for one, other in filled
    )


def _whole(one: Place, other: Place) -> Place:
    if not other.text:
        return one
    return Place(joined(one.text, other.text), one.first, other.last, other.right)
