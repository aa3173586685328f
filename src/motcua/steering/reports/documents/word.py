"""The report as .docx, laid out as Decree 30/2020/NĐ-CP, annex I, prescribes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from motcua.foundation.core import time
from motcua.steering.reports.documents.sheet import ROMAN, Part, Sheet
from motcua.steering.reports.printable import printable

FONT = "Times New Roman"
#: Top, bottom, left, right; the decree allows 20–25, 20–25, 30–35 and 15–20 mm.
MARGINS = (20, 20, 30, 15)
TEXT_WIDTH = 210 - MARGINS[2] - MARGINS[3]
BODY, SMALL, TABLE = 14, 11, 12
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def set_word(sheet: Sheet) -> bytes:
    """Return the document's bytes."""
    document = Document()
    _page(document, sheet)
    if sheet.exercise:
        _line(document.add_paragraph(), sheet.exercise, size=SMALL, italic=True)
    _heading(document, sheet)
    _line(document.add_paragraph(), "BÁO CÁO", size=BODY, bold=True, before=12)
    _line(document.add_paragraph(), sheet.abstract, size=BODY, bold=True)
    _rule(document, TEXT_WIDTH, 45)
    for words in sheet.opening:
        _body(document, words)
    for number, part in zip(ROMAN, sheet.parts, strict=False):
        _part(document, sheet, number, part)
    for words in sheet.remarks:
        _body(document, words, italic=True)
    _signature(document, sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, sheet: Sheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, MARGINS)
    section.header_distance = section.footer_distance = Mm(10)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        _line(footer.paragraphs[0], sheet.mark, size=SMALL, italic=True)
    about = document.core_properties
    about.title, about.author = printable(sheet.abstract), printable(sheet.heading[-1][0])
    about.language = "vi-VN"
    about.created = about.modified = time.local(sheet.at).replace(tzinfo=None)
    about.comments = about.last_modified_by = ""


def _page_number(paragraph: Any) -> None:
    """Put the page's number in the middle of the top margin; the first page shows none."""
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size, run.font.name = Pt(BODY), FONT
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _heading(document: Any, sheet: Sheet) -> None:
    widths = (70, TEXT_WIDTH - 70)
    left, right = _grid(document, widths).rows[0].cells
    for at, (words, bold) in enumerate(sheet.heading):
        _line(left.paragraphs[0] if at == 0 else left.add_paragraph(), words, size=12, bold=bold)
    _rule(left, widths[0], 24)
    _line(left.add_paragraph(), sheet.number, size=13)
    _line(right.paragraphs[0], NATION, size=12, bold=True)
    _line(right.add_paragraph(), MOTTO, size=13, bold=True)
    _rule(right, widths[1], 62)
    _line(right.add_paragraph(), sheet.place_date, size=13, italic=True)


def _grid(document: Any, widths: Sequence[float]) -> Any:
    """Add a table of one row with columns of so many mm, told twice: Word reads the cells, LibreOffice the columns."""
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    return table


def _line(
    paragraph: Any, words: str, *, size: float, bold: bool = False, italic: bool = False, align: Any = ALIGN.CENTER,
    before: float = 0, after: float = 0,
) -> Any:
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    run = paragraph.add_run(printable(words))
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), FONT
    return paragraph


def _rule(within: Any, width: float, length: float) -> None:
    """Draw a line of so many mm in the middle of what is `width` mm wide."""
    paragraph = within.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width - length) / 2)
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), Pt(6)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )


def _body(document: Any, words: str, *, italic: bool = False) -> None:
    for text in printable(words).split("\n"):
        paragraph = _line(document.add_paragraph(), text, size=BODY, italic=italic, align=ALIGN.JUSTIFY, after=6)
        paragraph.paragraph_format.first_line_indent = Mm(10)


def _part(document: Any, sheet: Sheet, number: str, part: Part) -> None:
    title = _line(
        document.add_paragraph(), f"{number}. {part.title.upper()}", size=BODY, bold=True, align=ALIGN.LEFT, before=6,
        after=6,
    )
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.first_line_indent = Mm(10)
    for at, (name, words) in enumerate(part.paragraphs, start=1):
        head = _line(document.add_paragraph(), f"{at}. {name}", size=BODY, bold=True, align=ALIGN.LEFT, after=6)
        head.paragraph_format.first_line_indent, head.paragraph_format.keep_with_next = Mm(10), True
        _body(document, words)
    if part.rows:
        _table(document, sheet, part)


def _table(document: Any, sheet: Sheet, part: Part) -> None:
    widths = (12, 56, 18, 23, 23, TEXT_WIDTH - 132)
    table = _grid(document, widths)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    heads = ("Mã", "Chỉ tiêu", "Đơn vị tính", *sheet.columns, "Ghi chú")
    _cells(table.rows[0], heads, widths, bold=True)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in part.rows:
        texts = (row.code, row.name, row.unit, row.first_words, row.second_words, row.note)
        _cells(table.add_row(), texts, widths)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _cells(row: Any, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    for at, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = Mm(width)
        align = ALIGN.CENTER if bold or at in {0, 2} else ALIGN.RIGHT if at in {3, 4} else ALIGN.LEFT
        _line(cell.paragraphs[0], text, size=SMALL if at == 5 and not bold else TABLE, bold=bold, align=align)


def _signature(document: Any, sheet: Sheet) -> None:
    table = _grid(document, (TEXT_WIDTH / 2, TEXT_WIDTH / 2))
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True, align=ALIGN.LEFT, before=12)
    for one in sheet.recipients:
        _line(left.add_paragraph(), f"- {one}", size=SMALL, align=ALIGN.LEFT)
    for at, words in enumerate(sheet.signature):
        paragraph = right.paragraphs[0] if at == 0 else right.add_paragraph()
        _line(paragraph, words, size=BODY, bold=True, before=12 if at == 0 else 0)
    name = _line(right.add_paragraph(), sheet.signer, size=BODY, bold=True)
    name.paragraph_format.space_before = Pt(60)
    no_split = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(no_split)
