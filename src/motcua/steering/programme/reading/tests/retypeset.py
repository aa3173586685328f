"""Blocks written as real files of other formats, and the plan (printed one line a cell) as blocks of a plain parser.

The plan's text is read where it lies and never kept here.
"""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from collections.abc import Sequence

import docx
from hypothesis import strategies as st

from motcua.foundation.core.papers.rendering import compiler
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.testing import shared_data

COLUMNS = 7
LINES = st.text("aăđế Q1.,-/“%;", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.lists(LINES, max_size=3).map("\n".join)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[TEXTS] * width), min_size=1, max_size=4).map(lambda rows: Table(tuple(rows)))
)
#: Any mixture of paragraphs and tables, short enough that no format takes it for anything else.
DOCUMENTS = st.lists(st.one_of(TEXTS.map(Paragraph), TABLES), min_size=1, max_size=8).filter(
    lambda blocks: any(isinstance(block, Paragraph) and block.text for block in blocks)
)
TYPST = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", flipped: data.flipped, margin: 2cm, numbering: "1", header: data.header)
#set text(font: "Tinos", size: 12pt, lang: "vi", hyphenate: false)
#set par(justify: data.justify, spacing: 1.2em)
#let lines(text) = text.split("\\n").join(linebreak())
#for block in data.blocks {
  if type(block) == str { par(lines(block)) } else {
    table(
      columns: data.columns.map(width => width * 1fr), stroke: 0.5pt,
      table.header(repeat: data.repeat, ..block.first().map(cell => lines(cell))),
      ..block.slice(1).flatten().map(cell => lines(cell)),
    )
  }
}
"""


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Write a Word file; each line of a cell is a paragraph of its own, lines of a paragraph are line breaks."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]))
        for row, laid in zip(block.rows, table.rows, strict=True):
            for text, cell in zip(row, laid.cells, strict=True):
                first, *others = text.split("\n")
                cell.text = first
                for line in others:
                    cell.add_paragraph(line)
    return saved(document)


def saved(document: object) -> bytes:
    """Return the bytes of a python-docx document."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def as_html(blocks: Sequence[Block], *, before: str = "", after: str = "") -> bytes:
    """Write a page with a site around the document; a blank is a no-break space, as editors of pages leave it."""

    def escaped(text: str) -> str:
        return html.escape(text).replace("  ", " &nbsp;").replace("\n", "<br>\n") or "&nbsp;"

    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p class=MsoNormal>{escaped(block.text)}</p>")
        else:
            rows = ["".join(f"<td><p>{escaped(cell)}</p></td>" for cell in row) for row in block.rows]
            parts.append(f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    head = "<meta http-equiv=Content-Type content='text/html; charset=utf-8'><title>Trang</title>"
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head>{head}</head><body>{before}{body}{after}</body></html>".encode()


def as_pdf(
    blocks: Sequence[Block],
    columns: Sequence[float] = (1,),
    *,
    repeat: bool = True,
    flipped: bool = True,
    justify: bool = False,
    header: str = "",
) -> bytes:
    """Write a PDF whose tables are ruled and go on over pages, with page numbers at the foot."""
    data = {
        "blocks": [block.text if isinstance(block, Paragraph) else block.rows for block in blocks],
        "columns": list(columns),
        "repeat": repeat,
        "flipped": flipped,
        "justify": justify,
        "header": header,
    }
    return typeset(TYPST, {"data": json.dumps(data)})


def typeset(source: str, inputs: dict[str, str] | None = None) -> bytes:
    """Return the PDF of Typst markup, with the fonts of official papers."""
    made = compiler().compile(source.encode(), format="pdf", sys_inputs=inputs or {})
    assert isinstance(made, bytes)
    return made


def plan() -> tuple[list[Paragraph], Table]:
    """Return the running text of the real plan and its annex as one table: a header and 63 rows of seven cells."""
    text = shared_data("..", "plan", "860-qd-ubnd-2016.txt").read_text(encoding="utf-8")
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " "))
    running, _, annex = text.partition("Nhiệm vụ chung\n")
    annex, _, _ = annex.partition("HIỆU LỰC VĂN BẢN")
    cells = ["Nhiệm vụ chung", *(cell.strip() for cell in re.split("\n\n+", annex.strip("\n")))]
    header, rest = cells[:COLUMNS], cells[COLUMNS:]
    starts = [at for at, cell in enumerate(rest) if re.match(r"\d+\.\d+", cell) and "triệu" not in cell]
    rows = [header]
    for start, end in zip(starts, [*starts[1:], len(rest)], strict=True):
        group = rest[start - 1]
        last = end - 1 if end < len(rest) else start + COLUMNS - 1
        rows.append([group, *_six(rest[start:last])])
    paragraphs = [Paragraph(part.strip()) for part in re.split("\n\n+", running) if part.strip()]
    return paragraphs, Table(tuple(map(tuple, rows)))


def _six(cells: list[str]) -> list[str]:
    """Return six cells. Where more are printed, one that ends open goes on in the next; one row lacks a blank."""
    cells = cells + [""] * (COLUMNS - 1 - len(cells))
    while len(cells) > COLUMNS - 1:
        at = next(at for at, cell in enumerate(cells) if cell.endswith((",", ";")) or cells[at + 1].startswith("("))
        cells[at : at + 2] = ["\n".join(cells[at : at + 2])]
    return cells
