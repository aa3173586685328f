"""Text PDF: ruled tables and paragraphs come back as they were set, and what has no text is refused."""

from __future__ import annotations

import io
import time
import zlib

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.tests.retypeset import as_pdf, plan, typeset
from motcua.testing import examples

HEAD = ("TT", "Nhiệm vụ", "Sản phẩm", "Thời gian")
TASK = "Rà soát, đơn giản hóa thủ tục hành chính trên các lĩnh vực thuộc thẩm quyền giải quyết của tỉnh và huyện"
WIDTHS = (1, 5, 3, 2)


def read(content: bytes) -> tuple[Block, ...]:
    return open_document("quyet-dinh.pdf", content).blocks


def annex(rows: int) -> Table:
    body = [(f"{at}.", f"{TASK} {at}", "Kế hoạch\nBáo cáo" if at % 3 else "", f"Năm {at}") for at in range(rows)]
    return Table((HEAD, *body))


def test_a_ruled_table_over_many_pages_is_one_table_with_one_header() -> None:
    content = as_pdf([Paragraph("PHỤ LỤC"), annex(80), Paragraph("Hết")], WIDTHS)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 3
    assert read(content) == (Paragraph("PHỤ LỤC"), annex(80), Paragraph("Hết"))


def test_a_table_whose_header_is_not_repeated_is_one_table_too() -> None:
    assert read(as_pdf([annex(40)], WIDTHS, repeat=False, flipped=False)) == (annex(40),)


def test_a_row_that_a_page_cuts_is_made_whole() -> None:
    filler = [Paragraph(f"Đoạn {at}") for at in range(13)]
    table = Table((("TT", "Nhiệm vụ"), ("1.", TASK * 4), ("2.", "Việc sau")))
    for lines in range(8, 13):
        assert read(as_pdf([*filler[:lines], table], (1, 8), repeat=False))[lines:] == (table,)


def test_page_numbers_and_running_heads_are_dropped() -> None:
    blocks = [Paragraph(f"Điều {at}. {TASK}.") for at in range(60)]
    content = as_pdf(blocks, header="UBND TỈNH - Văn bản số 5")
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 2
    assert read(content) == tuple(blocks)


@pytest.mark.parametrize("justify", [False, True])
def test_wrapped_lines_become_paragraphs_again(justify: bool) -> None:
    blocks = [Paragraph(f"{at}. {TASK * 5}, giai đoạn 2016-2020 theo Quyết định số 37/2014/NĐ-CP.") for at in range(20)]
    assert read(as_pdf(blocks, justify=justify)) == tuple(blocks)


PAGE = '#set page(paper: "a4")\n#set text(font: "Tinos", size: 13pt)\n'


def test_two_heads_side_by_side_are_read_one_after_the_other() -> None:
    heads = (
        "#grid(columns: (2fr, 3fr), align: center, [ỦY BAN NHÂN DÂN \\ TỈNH BẮC KẠN], "
        "[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\ Độc lập - Tự do - Hạnh phúc])"
    )
    left, right = read(typeset(f"{PAGE}{heads}\n\n#v(2em) Căn cứ Luật Tổ chức chính quyền địa phương;"))[:2]
    texts = [block.text for block in (left, right) if isinstance(block, Paragraph)]
    assert texts == [
        "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ]


def test_what_a_browser_prints_around_a_page_is_dropped_and_a_table_goes_on_behind_it() -> None:
    around = (
        '#set page(paper: "a4", header: text(8pt)[11/23/26, 8:27 AM #h(1fr) Kế hoạch], '
        'footer: context text(8pt)[example.vn/ke-hoach #h(1fr) #counter(page).display("1/1", both: true)])\n'
    )
    rows = [(str(at), f"{TASK} {at}") for at in range(1, 60)]
    cells = "".join(f"[{number}], [{text}]," for number, text in rows)
    content = typeset(f'{around}#set text(font: "Tinos", size: 12pt)\n#table(columns: (1cm, 1fr), {cells})')
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 2
    assert read(content) == (Table(tuple(rows)),)


def test_merged_cells_stand_in_their_first_place() -> None:
    table = (
        "#table(columns: (3cm,) * 3, table.cell(rowspan: 2)[TT], table.cell(colspan: 2)[Kinh phí], [2016], [2017],"
        " [1], [5 tỷ], [6 tỷ])"
    )
    assert read(typeset(PAGE + table)) == (
        Table((("TT", "Kinh phí", ""), ("", "2016", "2017"), ("1", "5 tỷ", "6 tỷ"))),
    )


def test_a_group_that_spans_rows_of_several_pages_stands_in_its_first_row() -> None:
    rows = [(f"{at}.", f"{TASK} {at}", f"Năm {at}") for at in range(1, 40)]
    cells = "".join(f"[{number}], [{text}], [{year}]," for number, text, year in rows)
    table = f"#table(columns: (3cm, 1cm, 1fr, 3cm), table.cell(rowspan: {len(rows)})[Cải cách thể chế], {cells})"
    content = typeset(PAGE + table)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 1
    first, *others = rows
    assert read(content) == (Table((("Cải cách thể chế", *first), *(("", *row) for row in others))),)


def test_two_tables_with_text_between_them_stay_two() -> None:
    one, other = Table((("a", "b"), ("c", "d"))), Table((("e", "f"), ("g", "h")))
    assert read(as_pdf([one, Paragraph("và"), other], (1, 1))) == (one, Paragraph("và"), other)


def test_the_real_plan_set_as_pdf_has_the_same_rows_and_paragraphs() -> None:
    running, table = plan()
    blocks = read(as_pdf([*running, table], (1.4, 3, 2, 2, 2, 1.4, 1.4)))
    assert blocks[-1] == table
    assert blocks[:10] == tuple(running[:10])
    words = " ".join(block.text for block in blocks[:-1] if isinstance(block, Paragraph)).split()
    assert words == " ".join(block.text for block in running).split()


WORDS = st.text("aăđếghn", min_size=1, max_size=7)
CELLS = st.lists(WORDS, max_size=12).map(" ".join)


@settings(max_examples=examples(5, 100), deadline=None)
@given(st.lists(st.tuples(WORDS, CELLS, CELLS), min_size=1, max_size=25))
def test_any_table_of_wrapped_cells_comes_back(rows: list[tuple[str, str, str]]) -> None:
    table = Table((("Đầu", "Giữa", "Cuối"), *((f"{at}. {row[0]}", *row[1:]) for at, row in enumerate(rows))))
    assert read(as_pdf([Paragraph("trước"), table], (2, 3, 2), flipped=False)) == (Paragraph("trước"), table)


def picture() -> bytes:
    out = io.BytesIO()
    pages = [Image.new("L", (600, 800), shade) for shade in (200, 210)]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def test_a_scan_is_told_with_what_to_do() -> None:
    with pytest.raises(BadDocument, match=r"bản quét.*không có chữ.*chưa ghi gì.*tệp gốc.*OCR"):
        read(picture())


def test_a_file_with_some_scanned_pages_is_refused_whole_and_names_them() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(as_pdf([annex(30)], WIDTHS)))
    pages = len(writer.pages)
    writer.append(io.BytesIO(picture()))
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(BadDocument, match=rf"trang là ảnh quét.*\(trang {pages + 1}, {pages + 2}\).*OCR"):
        read(out.getvalue())


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(as_pdf([Paragraph("một")])))
    writer.encrypt(password, "chủ", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_locked_file_is_refused_and_one_that_opens_without_password_is_read() -> None:
    with pytest.raises(BadDocument, match=r"PDF đặt mật khẩu.*không khóa"):
        read(locked("mật"))
    assert read(locked("")) == (Paragraph("một"),)


def of_streams(*streams: bytes, more: bytes = b"") -> bytes:
    """Return a PDF of one page with these raw objects, written by hand as no honest program would."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<" + more + b">>>>",
        *streams,
    ]
    body, places = b"%PDF-1.7\n", []
    for at, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (at, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + tail


def stream(data: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(packed), packed)


def forms_in_forms(depth: int) -> bytes:
    """Return a page that draws a form ten times, which draws another ten times, and so on."""
    resources = b"".join(b"/F%d %d 0 R" % (at, at + 5) for at in range(depth))
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<<" + resources + b">>>>"
    inner = [stream(b"/F%d Do " % (at + 1) * 10, head) for at in range(depth - 1)]
    more = b"/XObject<<" + resources + b">>"
    return of_streams(stream(b"/F0 Do " * 10), *inner, stream(b"0 0 m 9 9 l S", head), more=more)


HOSTILE = {
    "cut": as_pdf([Paragraph("một đoạn")])[:900],
    "only a mark": b"%PDF-1.7\n",
    "no pages": b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n1 0 obj<</Type/Catalog>>endobj\n%%EOF",
    "bomb": of_streams(stream(b"0 0 m " * 200_000_000)),
    "forms in forms": forms_in_forms(12),
    "no text": of_streams(stream(b"0 0 m 9 9 l S")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_or_hostile_file_is_refused_in_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.steering.programme.reading.sources.portable.SECONDS", 2)
    begun = time.perf_counter()
    with pytest.raises(BadDocument, match=r"“quyet-dinh.pdf” (là PDF|đòi nhiều).*Hệ thống chưa ghi gì\. Anh/chị "):
        read(HOSTILE[name])
    assert time.perf_counter() - begun < 20
