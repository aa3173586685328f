"""Word files: all that Word prints in the body, in order, and nothing that it does not print."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.tests.retypeset import DOCUMENTS, as_docx, plan, saved
from motcua.testing import examples

W = nsdecls("w")


def read(content: bytes) -> tuple[Block, ...]:
    return open_document("quyet-dinh.docx", content).blocks


def texts(content: bytes) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "|".join(sum(block.rows, ())) for block in read(content)]


def made(*pieces: str) -> bytes:
    """Return a Word file whose body is these pieces of its markup."""
    document = docx.Document()
    for piece in pieces:
        element = parse_xml(piece.replace(">", f" {W}>", 1) if "/>" not in piece.split(">", 1)[0] + ">" else piece)
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_come_in_document_order() -> None:
    blocks = (
        Paragraph("QUYẾT ĐỊNH"),
        Table((("TT", "Nhiệm vụ"), ("1", "Rà soát\nthủ tục"))),
        Paragraph(""),
        Paragraph("Nơi nhận:\n- Như Điều 2;"),
    )
    assert read(as_docx(blocks)) == blocks


def test_the_kind_is_seen_and_not_believed_from_the_name() -> None:
    assert open_document("a.txt", as_docx([Paragraph("một")])).kind == "docx"


def test_merged_cells_stand_in_their_first_place() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(at)
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(2, 2))
    (block,) = read(saved(document))
    assert block == Table((("0\n1", "", "2\n5\n8"), ("3", "4", ""), ("6", "7", "")))


def test_rows_that_begin_late_keep_their_columns() -> None:
    row = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
    full = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    assert read(made(f"<w:tbl>{full}{row}</w:tbl>")) == (Table((("a", ""), ("", "b"))),)


def test_tracked_changes_are_taken_as_accepted() -> None:
    inner = f"{run('Năm ')}<w:del>{run('2016').replace('w:t', 'w:delText')}</w:del><w:ins>{run('2017')}</w:ins>"
    moved = f"<w:moveFrom>{run('đi')}</w:moveFrom><w:moveTo>{run(' đến')}</w:moveTo>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>bỏ</w:t></w:r></w:p></w:tc></w:tr>"
    kept = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    assert texts(made(paragraph(inner + moved), f"<w:tbl>{gone}{kept}</w:tbl>")) == ["Năm 2017 đến", "a|"]


def test_a_paragraph_whose_mark_is_deleted_runs_into_the_next() -> None:
    first = paragraph(run("Sở Nội "), "<w:rPr><w:del/></w:rPr>")
    assert texts(made(first, paragraph(run("vụ")))) == ["Sở Nội vụ"]


def test_breaks_tabs_symbols_and_hidden_text() -> None:
    inner = (
        f"{run('a')}<w:r><w:br/></w:r>{run('b')}<w:r><w:tab/></w:r>{run('c')}{run('ẩn', '<w:vanish/>')}"
        "<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r><w:r><w:noBreakHyphen/></w:r>"
        f"<w:hyperlink>{run('70%')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    assert texts(made(paragraph(inner))) == ["a\nb c≥-70%"]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.sections[0].footer.paragraphs[0].text = "chân trang"
    document.add_paragraph("thân")
    assert texts(saved(document)) == ["thân"]


MC = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
WPS = "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"


def test_a_text_box_is_read_once_though_it_is_drawn_twice() -> None:
    box = f"<w:txbxContent>{paragraph(run('trong khung'))}</w:txbxContent>"
    drawn = (
        f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing><wps:txbx {WPS}>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(made(paragraph(f"{run('ngoài')}<w:r>{drawn}</w:r>"))) == ["ngoài", "trong khung"]


def test_a_frame_of_one_cell_is_opened() -> None:
    inner = as_docx([Paragraph("trước"), Table((("một\nhai",),))])
    assert texts(inner) == ["trước", "một", "hai"]


def test_a_table_in_a_cell_is_read_row_by_row() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "a"
    inner = table.cell(0, 1).add_table(2, 2)
    for at, cell in enumerate(cell for row in inner.rows for cell in row.cells):
        cell.text = str(at)
    assert read(saved(document)) == (Table((("a", "0 1\n2 3"),)),)


def numbered(*levels: str, overrides: str = "") -> Callable[[Document], None]:
    """Return what gives a document a list, number 77, with these levels (start, style, text, more)."""

    def put(document: Document) -> None:
        part = document.part.numbering_part.element
        inner = "".join(
            f"<w:lvl w:ilvl='{at}'><w:start w:val='{level.split(';')[0]}'/><w:numFmt w:val='{level.split(';')[1]}'/>"
            f"<w:lvlText w:val='{level.split(';')[2]}'/>{level.split(';')[3]}</w:lvl>"
            for at, level in enumerate(levels)
        )
        first = part.xpath("w:num")[0]
        first.addprevious(parse_xml(f"<w:abstractNum {W} w:abstractNumId='77'>{inner}</w:abstractNum>"))
        for number, more in ((77, ""), (78, overrides)):
            part.append(
                parse_xml(f"<w:num {W} w:numId='{number}'><w:abstractNumId w:val='77'/>{more}</w:num>"),
            )

    return put


def listed(document: Document, text: str, level: int, number: int = 77) -> None:
    one = document.add_paragraph(text)
    one._p.get_or_add_pPr().append(
        parse_xml(f"<w:numPr {W}><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")
    )


def test_numbers_that_word_writes_by_itself_are_part_of_the_text() -> None:
    document = docx.Document()
    numbered("1;upperRoman;%1.;", "1;decimal;%2.;<w:isLgl/>", "1;decimal;%2.%3.;", "1;lowerLetter;%4);")(document)
    for text, level in (("A", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 3), ("f", 1), ("g", 2), ("H", 0), ("i", 1)):
        listed(document, text, level)
    expected = ["I. A", "1. b", "1.1. c", "1.2. d", "a) e", "2. f", "2.1. g", "II. H", "1. i"]
    assert texts(saved(document)) == expected


def test_numbers_go_on_in_cells_and_stand_alone_in_empty_ones() -> None:
    document = docx.Document()
    numbered("3;decimal;%1.;<w:suff w:val='nothing'/>")(document)
    table = document.add_table(2, 2)
    for row in table.rows:
        row.cells[1].text = "việc"
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(
            parse_xml(f"<w:numPr {W}><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr>")
        )
    listed(document, "sau", 0)
    assert texts(saved(document)) == ["3.|việc|4.|việc", "5.sau"]


def test_another_list_of_the_same_kind_starts_anew_where_it_says_so() -> None:
    document = docx.Document()
    start = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    numbered("1;decimal;%1.;", overrides=start)(document)
    for text, number in (("a", 77), ("b", 77), ("c", 78), ("d", 78)):
        listed(document, text, 0, number)
    assert texts(saved(document)) == ["1. a", "2. b", "1. c", "2. d"]


def test_numbers_of_a_style_and_bullets_are_written_too() -> None:
    document = docx.Document()
    document.add_paragraph("một", style="List Number")
    document.add_paragraph("hai", style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    assert texts(saved(document)) == ["1. một", "2. hai", "• gạch"]


def test_text_in_old_fonts_becomes_unicode() -> None:
    small, capitals = "<w:rFonts w:ascii='.VnTime'/>", "<w:rFonts w:ascii='.VnTimeH'/>"
    inner = run("Së Néi vô chñ tr×, h\u00adíng dÉn", small) + run(" céng hoµ", capitals)
    assert texts(made(paragraph(inner))) == ["Sở Nội vụ chủ trì, hướng dẫn CỘNG HOÀ"]


def test_a_text_pasted_line_by_line_is_read_as_that_text() -> None:
    pairs = [line for at in range(30) for line in (f"ô {at}", "")]
    assert texts(as_docx([Paragraph(line) for line in [*pairs, "\u00a0", "", "a", "b"]])) == [
        *(f"ô {at}" for at in range(30)),
        "",
        "a\nb",
    ]


def test_the_real_plan_set_in_word_has_the_same_rows_and_paragraphs() -> None:
    paragraphs, annex = plan()
    *others, table = read(as_docx([*paragraphs, annex]))
    assert len(annex.rows) == 64
    assert table == annex
    assert others == paragraphs


@settings(max_examples=examples(30, 500), deadline=None)
@given(DOCUMENTS)
def test_any_mixture_of_paragraphs_and_tables_comes_back(blocks: list[Block]) -> None:
    assert read(as_docx(blocks)) == tuple(blocks)


def repacked(change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> bytes:
    """Return a good Word file with parts changed (None leaves one out) and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx([Paragraph("một")]))) as good, zipfile.ZipFile(out, "w", 8) as bad:
        for name in good.namelist():
            if (data := change(name, good.read(name))) is not None:
                bad.writestr(name, data)
        for name, data in more:
            bad.writestr(name, data)
    return out.getvalue()


def in_document(data: bytes) -> bytes:
    return repacked(lambda name, old: data if name == "word/document.xml" else old)


def nested(depth: int) -> str:
    inner = f"{nested(depth - 1)}<w:p/>" if depth else "<w:p/>"
    return f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"


LOL = b"<!DOCTYPE x [<!ENTITY a '" + b"lol" * 1000 + b"'>" + b"".join(
    f"<!ENTITY a{at} '{f'&a{at - 1 if at else str()};' * 10}'>".encode() for at in range(9)
) + b"]>"  # fmt: skip
BODY = f"<w:document {W}><w:body>%s</w:body></w:document>"
HOSTILE = {
    "cut": (as_docx([Paragraph("một")])[:-400], "bị cắt dở hoặc hỏng"),
    "bomb": (in_document((BODY % ("<w:p/>" * 2_000_000)).encode()), "quá lớn"),
    "repeated blanks": (in_document(b" " * 300_000_000), "quá lớn"),
    "entities": (in_document(LOL + (BODY % "<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>").encode()), "khai báo XML"),
    "outside file": (in_document(b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"), "khai báo XML"),
    "not XML": (in_document(b"<w:document"), "bị hỏng"),
    "deep": (in_document((BODY % ("<w:sdt>" * 5000)).encode()), "bị hỏng"),
    "deep tables": (in_document((BODY % nested(60)).encode()), "quá sâu"),
    "no body": (in_document(f"<w:document {W}/>".encode()), "không có nội dung"),
    "empty": (as_docx([Paragraph(" ")]), "không có chữ nào"),
    "no document": (repacked(lambda name, old: None if name.startswith("word/") else old), r"tệp nén \(.zip\)"),
    "members": (repacked(lambda _, old: old, *((f"x{at}", b"") for at in range(6000))), "quá lớn"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_file_is_refused_quickly(name: str) -> None:
    content, what = HOSTILE[name]
    begun = time.process_time()
    with pytest.raises(BadDocument, match=rf"“quyet-dinh.docx” .*{what}.*Hệ thống chưa ghi gì\. Anh/chị"):
        read(content)
    assert time.process_time() - begun < 2


def test_a_huge_table_that_spans_is_refused() -> None:
    row = "<w:tr>" + "<w:tc><w:tcPr><w:gridSpan w:val='9999'/></w:tcPr><w:p/></w:tc>" * 2 + "</w:tr>"
    with pytest.raises(BadDocument, match="quá lớn"):
        read(in_document((BODY % f"<w:tbl>{row * 5000}</w:tbl>").encode()))


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_zip:
        for name, data in members:
            made_zip.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")),
            r"LibreOffice \(.odt\)",
        ),
        (zipped(("xl/workbook.xml", b"<x/>")), r"Excel \(.xlsx\)"),
        (zipped(("ppt/presentation.xml", b"<x/>")), r"trình chiếu"),
        (zipped(("a.txt", b"x")), r"tệp nén \(.zip\)"),
    ],
)
def test_other_packages_are_named_and_refused(content: bytes, what: str) -> None:
    with pytest.raises(BadDocument, match=rf"{what}.*gửi"):
        read(content)
