"""Text that stands side by side, as the two heads of a decision do: the left column is read before the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .lines import Line

WIDE = 2.0  # times the height of letters: blanks between words are never so wide
MORE = 2.0  # times the next widest blank of the line
FAR = 4.0  # times the height of letters: lines further apart do not belong together
Gap = tuple[float, float]


def side_by_side(lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Yield runs of lines, and whether each is one column of two."""
    plain: list[Line] = []
    at = 0
    while at < len(lines):
        end, gap = _region(lines, at)
        if gap is None:
            plain.append(lines[at])
            at += 1
            continue
        if plain:
            yield plain, False
            plain = []
        yield from ((column, True) for column in _columns(lines[at:end], gap) if column)
        at = end
    if plain:
        yield plain, False


def _region(lines: Sequence[Line], start: int) -> tuple[int, Gap | None]:
    """Return how far the lines from `start` stand in two columns, and the blank between these."""
    gap = _gap(lines[start])
    end = start + 1
    while gap and end < len(lines) and lines[end].top - lines[end - 1].top < FAR * lines[end].height:
        narrower = _shared(gap, lines[end])
        if narrower is None:
            break
        gap, end = narrower, end + 1
    return end, gap


def _gap(line: Line) -> Gap | None:
    """Return the widest blank of a line when it is wider than any between words, even those of a justified line."""
    gaps = sorted(((one.x1, other.x0) for one, other in pairwise(line.words)), key=_wide, reverse=True)
    if not gaps or _wide(gaps[0]) <= WIDE * line.height:
        return None
    return gaps[0] if len(gaps) == 1 or _wide(gaps[0]) > MORE * _wide(gaps[1]) else None


def _wide(gap: Gap) -> float:
    return gap[1] - gap[0]


def _shared(gap: Gap, line: Line) -> Gap | None:
    """Return what of the gap no word of the line reaches into; None when too little is left."""
    left, right = gap
    middle = (left + right) / 2
    for word in line.words:
        if word.x0 < left and word.x1 > right:
            return None
        if (word.x0 + word.x1) / 2 < middle:
            left = max(left, word.x1)
        else:
            right = min(right, word.x0)
    return (left, right) if right - left > line.height else None


def _columns(lines: Sequence[Line], gap: Gap) -> tuple[list[Line], list[Line]]:
    middle = sum(gap) / 2
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        before = [word for word in line.words if word.x1 <= middle]
        after = [word for word in line.words if word.x1 > middle]
        for side, words in zip(sides, (before, after), strict=True):
            if words:
                side.append(Line(words))
    return sides
