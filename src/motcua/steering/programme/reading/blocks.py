"""A document as a row of blocks, whatever file it came in: paragraphs and tables, verbatim, in order.

`sources.open_document` makes them of .txt, .docx, .html and text PDF; everything after works on blocks alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; its lines are kept. A paragraph of nothing but blanks is a blank cell or a gap: text ""."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a cell that spans rows or columns stands in its first place, "" in the others. Lines are kept."""

    rows: tuple[tuple[str, ...], ...]
    covered: frozenset[tuple[int, int]] = field(default=frozenset(), compare=False, repr=False)
    """Row and column of the places that a cell of a row above reaches into; PDF does not tell."""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was opened: its kind (txt, docx, html, pdf), the SHA-256 of its bytes, and its blocks."""

    kind: str
    sha256: str
    blocks: tuple[Block, ...]
