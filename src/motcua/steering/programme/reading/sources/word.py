""".docx: paragraphs and tables in document order, as Word prints them after all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.steering.programme.reading.blocks import Block, Paragraph, Table

from .legacy import from_font
from .markup import attribute, child, inside, is_on, local, number
from .numbering import Numbering
from .package import Package
from .rows import MOST_COLUMNS, Grid
from .settling import settled
from .unreadable import Unreadable, holds, too_many

if TYPE_CHECKING:
    from lxml.etree import _Element

BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
# The marks of the Symbol font that stand in targets; others have no letter of their own.
SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0B8": "÷", "F0B7": "•", "F02D": "-", "F0AE": "→"}
MOST_DEEP = 40


def blocks_of(content: bytes) -> tuple[Block, ...]:
    """Return the paragraphs and tables of the body; headers, footers and notes are left out."""
    package = Package(content)
    body = child(package.xml(package.main), "body")
    if body is None:
        raise Unreadable("không có nội dung văn bản bên trong")
    walk = _Walk(Numbering(package.beside("numbering.xml"), package.beside("styles.xml")))
    return settled(walk.blocks(body, 0))


class _Walk:
    """One pass over the body. Word counts its lists in this very order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._seen = 0

    def blocks(self, holder: _Element, depth: int) -> Iterator[Block]:
        """Yield what a body, a cell or a text box holds. A paragraph whose mark is deleted runs into the next one."""
        if depth > MOST_DEEP:
            raise too_many()
        held = ""
        for one in inside(holder):
            if local(one) == "p":
                boxes: list[_Element] = []
                held += self._paragraph(one, boxes)
                if child(one, "pPr", "rPr", "del") is not None:
                    continue
                yield Paragraph(held)
                held = ""
                for box in boxes:
                    yield from self.blocks(box, depth + 1)
            elif local(one) == "tbl":
                yield from self._table(one, depth)
            self._seen += 1
            holds(self._seen)
        if held:
            yield Paragraph(held)

    def _paragraph(self, paragraph: _Element, boxes: list[_Element]) -> str:
        pieces = list(_pieces(paragraph, boxes))
        if not pieces and child(paragraph, "pPr", "rPr", "del") is not None:
            return ""
        text = "".join(pieces)
        label = "" if is_on(child(paragraph, "pPr", "rPr", "vanish")) and not text else self._numbering.label(paragraph)
        return label + text

    def _table(self, table: _Element, depth: int) -> Iterator[Block]:
        """Yield the table; a frame of one single cell is no table, so what it holds is yielded instead."""
        rows = [row for row in inside(table) if local(row) == "tr" and child(row, "trPr", "del") is None]
        cells = [[cell for cell in inside(row) if local(cell) == "tc"] for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            yield from self.blocks(cells[0][0], depth + 1)
            return
        grid = Grid()
        for row, own in zip(rows, cells, strict=True):
            grid.begin_row()
            for _ in range(min(number(child(row, "trPr", "gridBefore"), 0), MOST_COLUMNS)):
                grid.put("")
            for cell in own:
                is_covered = _goes_on(child(cell, "tcPr", "vMerge"))
                grid.put(self._cell(cell, depth), number(child(cell, "tcPr", "gridSpan"), 1), is_covered=is_covered)
        yield grid.table()

    def _cell(self, cell: _Element, depth: int) -> str:
        properties = child(cell, "tcPr")
        merges = (child(properties, "vMerge"), child(properties, "hMerge"))
        if any(map(_goes_on, merges)):
            return ""
        if child(properties, "cellDel") is not None:
            return ""
        texts = []
        for block in self.blocks(cell, depth + 1):
            if isinstance(block, Table):
                texts += [" ".join(filter(None, row)) for row in block.rows]
            else:
                texts.append(block.text)
        return "\n".join(texts)


def _goes_on(merge: _Element | None) -> bool:
    """Say whether a merged cell is not the first of those it is merged of."""
    return merge is not None and attribute(merge) != "restart"


def _pieces(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """Yield the text of the runs, deleted ones left out; text boxes hung on them are put aside in `boxes`."""
    for one in inside(element):
        name = local(one)
        if name == "r":
            yield from _run(one, boxes)
        elif name in ("oMath", "oMathPara"):
            yield "".join(part.text or "" for part in one.iter() if local(part) == "t")


def _run(run: _Element, boxes: list[_Element]) -> Iterator[str]:
    properties = child(run, "rPr")
    if is_on(child(properties, "vanish")):
        return
    font = attribute(child(properties, "rFonts"), "ascii") or ""
    for one in inside(run):
        name = local(one)
        if name == "t":
            yield from_font(font, one.text or "")
        elif name in BREAKS:
            yield from_font(font, BREAKS[name])
        elif name == "sym":
            yield _symbol(one)
        elif name in ("drawing", "pict", "object"):
            boxes += _boxes(one)


def _symbol(symbol: _Element) -> str:
    code = (attribute(symbol, "char") or "").upper()
    if code in SYMBOLS:
        return SYMBOLS[code]
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 else ""


def _boxes(drawing: _Element) -> list[_Element]:
    """Return the text boxes of a drawing, outermost ones only; of two renderings of one drawing the first."""
    found: list[_Element] = []
    for one in inside(drawing):
        found += [one] if local(one) == "txbxContent" else _boxes(one)
    return found
