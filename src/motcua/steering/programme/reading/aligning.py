"""Cells that stand one below the other, laid back into their columns.

A table saved as text loses its lines: what remains is the order of the columns, and what each may hold. So the
paragraphs of a row are shared out to the columns in order, by the best sum of marks: a period belongs to the column
of periods, money to that of money, a list of agencies to those who lead or help. A blank cell may have left a blank
paragraph, or nothing at all; a cell may go on over several paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from motcua.steering.programme.reading.columns import Column
from motcua.steering.programme.reading.money import is_money
from motcua.steering.programme.reading.names import looks_like_units
from motcua.steering.programme.reading.periods import is_period

_Way = tuple[float, tuple[str, ...]]
_IMPOSSIBLE = -1000.0
UNSURE = 1.0
"""How much the best way must be better than the second to be sure."""
MOST = 24
"""Paragraphs of a row that are shared out one by one: a row has a few more than columns."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The cells of a row, one a column in the order asked for, and whether another way was nearly as good."""

    cells: tuple[str, ...]
    is_sure: bool


def align(paragraphs: Sequence[str], columns: Sequence[Column]) -> Aligned:
    """Share the paragraphs of a row out to its columns; "" is a blank cell's paragraph."""
    plain = _one_each(paragraphs, columns)
    if plain is not None:
        return Aligned(plain, True)
    parts = _gathered(paragraphs)
    found = _Sharing(tuple(part[0] for part in parts), tuple(map("\n".join, parts)), tuple(columns)).best()
    (score, cells), *others = sorted(found, key=lambda way: -way[0])
    second = next((other for other, way in others if way != cells), score - 2 * UNSURE)
    return Aligned(cells, score - second >= UNSURE and len(parts) == len(paragraphs))


def _gathered(paragraphs: Sequence[str]) -> list[list[str]]:
    """Return the paragraphs each by itself, or, of a row with very many, those that tell most, each with what follows.

    The search grows with the cube of the paragraphs. What tells most stands at the beginning, about the period, and at
    the end of the row.
    """
    if len(paragraphs) <= MOST:
        return [[text] for text in paragraphs]
    when = next((at for at, text in enumerate(paragraphs) if at and is_period(text)), 0)
    near = range(when - 10, when + 4)
    parts: list[list[str]] = []
    for at, text in enumerate(paragraphs):
        if at < 5 or at in near or len(paragraphs) - at <= 5:
            parts.append([text])
        elif text:
            parts[-1] = [*filter(None, parts[-1]), text]
    return parts


def _one_each(paragraphs: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...] | None:
    """Return the cells where each column has one paragraph that fits it, as most rows have; else None.

    It spares the search, which finds the same: any other way leaves a cell empty and joins two that do not go on.
    """
    count = len(paragraphs)
    while count and not paragraphs[count - 1]:
        count -= 1
    if count > len(columns):
        return None
    cells = (*paragraphs[:count], *[""] * (len(columns) - count))
    fitting = all(not cell or fits(column, cell) >= 0 for column, cell in zip(columns, cells, strict=True))
    blank_after = len(paragraphs) - count >= len(columns) - count
    pairs = zip(columns, cells, cells[1:], strict=False)
    joined = any(one and other and _going_on(column, one, other) > 0 for column, one, other in pairs)
    return cells if fitting and blank_after and not joined else None


@dataclass(frozen=True, slots=True)
class _Sharing:
    paragraphs: tuple[str, ...]
    texts: tuple[str, ...]
    """What stands in a cell for each paragraph: itself, and those that were gathered with it."""
    columns: tuple[Column, ...]

    def best(self) -> list[_Way]:
        """Return the two best ways with their marks."""
        count, width = len(self.paragraphs), len(self.columns)
        # ways[j][i]: the two best ways in which the columns before j took the paragraphs before i.
        ways: list[list[list[_Way]]] = [[[] for _ in range(count + 1)] for _ in range(width + 1)]
        ways[0][0] = [(0.0, ())]
        for j, column in enumerate(self.columns):
            for i in range(count + 1):
                for score, cells in ways[j][i]:
                    for end in range(i, count + 1):
                        mark = self._mark(column, i, end)
                        if mark > _IMPOSSIBLE:
                            _keep(ways[j + 1][end], (score + mark, (*cells, self._text(i, end))))
        return ways[width][count] or [(0.0, self._all_in_first())]

    def _text(self, start: int, end: int) -> str:
        return "\n".join(text for text in self.texts[start:end] if text)

    def _all_in_first(self) -> tuple[str, ...]:
        return ("\n".join(filter(None, self.texts)), *[""] * (len(self.columns) - 1))

    def _mark(self, column: Column, start: int, end: int) -> float:
        """Return how well a run of paragraphs fits one cell of the column."""
        run = self.paragraphs[start:end]
        texts = [text for text in run if text]
        blanks = len(run) - len(texts)
        if not texts:
            missing = -1.4 if column is Column.LEAD else -1.0  # a row has somebody who leads before others help
            return (0.5 if blanks else missing) - 0.6 * max(0, blanks - 1)
        mark = fits(column, texts[0]) - 0.6 * blanks
        for before, text in pairwise(texts):
            mark += _going_on(column, before, text)
        return mark


def _keep(held: list[_Way], way: _Way) -> None:
    """Keep the two best different ways."""
    held.append(way)
    held.sort(key=lambda one: -one[0])
    del held[2:]


@lru_cache(10_000)
def fits(column: Column, text: str) -> float:
    """Return how well a paragraph begins a cell of the column."""
    if is_period(text):
        return 6.0 if column is Column.PERIOD else -6.0
    if is_money(text):
        return 5.0 if column is Column.BUDGET else -4.0
    if column is Column.PERIOD:
        return -3.0
    if column is Column.BUDGET:
        return -3.0
    units = looks_like_units(text)
    if column in {Column.LEAD, Column.COORDINATING}:
        return 2.0 if units else -2.0
    return 0.0 if units else 0.8


@lru_cache(10_000)
def _going_on(column: Column, before: str, text: str) -> float:
    """Return how well a paragraph goes on the cell that the one before began."""
    if is_period(text):
        return -6.0
    if column is Column.BUDGET:
        return 1.0 if is_money(text) or text.startswith("(") else -2.0
    if is_money(text):
        return -4.0
    if before.rstrip().endswith((",", ";", "-", "–", " và", ":", "(")) or text[:1].islower() or text[:1] in "(+-":
        return 1.5 if looks_like_units(text) or column not in {Column.LEAD, Column.COORDINATING} else 0.8
    return -1.5
