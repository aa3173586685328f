"""What is done to the blocks of every format alike: letters of old fonts, tidy text, paragraphs that are lines."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from motcua.steering.programme.reading.blocks import Block, Paragraph, Table

from .legacy import reader_for
from .plain import blocks_of_text
from .tidy import cell

FEWEST_LINES = 20
GAPS_A_NEIGHBOUR = 4


def settled(raw: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks tidy and in Unicode. Where each paragraph is a line of a text, they are read as that text."""
    blocks = tuple(raw)
    if recode := reader_for(_texts(blocks)):
        blocks = tuple(_each(block, recode) for block in blocks)
    if _are_lines(blocks):
        return blocks_of_text("\n".join(_texts(blocks)))
    return tuple(_each(block, cell) for block in blocks)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (place for row in block.rows for place in row if place)


def _each(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(change(block.text))
    rows = tuple(tuple(change(place) if place else "" for place in row) for row in block.rows)
    return Table(rows, block.covered)


def _are_lines(blocks: Sequence[Block]) -> bool:
    """Say whether empty paragraphs part almost all others, as when the lines of a text file were pasted."""
    if any(isinstance(block, Table) for block in blocks):
        return False
    filled = [bool(text) for text in _texts(blocks)]
    neighbours = sum(one and following for one, following in itertools.pairwise(filled))
    gaps = sum(one and not following for one, following in itertools.pairwise(filled))
    return sum(filled) >= FEWEST_LINES and gaps > GAPS_A_NEIGHBOUR * neighbours
