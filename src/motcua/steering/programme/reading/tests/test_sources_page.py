"""Saved web pages: the document as a browser shows it, without the site around it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.reading.tests.retypeset import DOCUMENTS, as_html, plan
from motcua.testing import examples

SITE_BEFORE = """
<script>var x = "<p>không phải chữ</p>";</script><style>p { color: red }</style>
<div id="header" class="site-banner"><a href=/>Trang chủ</a></div>
<nav><ul><li><a href=1>Một</a><li><a href=2>Hai</a></ul></nav>
<ul class=x><li><a href=1>Tin tức</a><li><a href=2>Văn bản</a><li><a href=3>Hỏi đáp</a><li><a href=4>Liên hệ</a></ul>
<noscript>Bật JavaScript</noscript><div style="display: none">ẩn</div><p hidden>ẩn</p><!-- ghi chú -->
<form><input value="từ khóa"><button>Tìm</button><select><option>Tất cả</option></select></form>
"""
SITE_AFTER = "<div class='related'>Văn bản liên quan</div><footer>Bản quyền</footer><iframe src=x>khung</iframe>"


def read(content: bytes | str) -> tuple[Block, ...]:
    return open_document("trang.html", content.encode() if isinstance(content, str) else content).blocks


def page(body: str) -> tuple[Block, ...]:
    return read(f"<!DOCTYPE html><html><head><meta charset=utf-8><title>tên</title></head><body>{body}</body></html>")


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(map(Paragraph, texts))


def test_breaks_entities_and_blanks_are_as_shown() -> None:
    shown = page("<p>  Điều&nbsp;1.\n Phê <b>duy</b>ệt<br> &ldquo;a&rdquo; &ge;&#160;70&#x25; &amp; b </p>")
    assert shown == paragraphs("Điều 1. Phê duyệt\n“a” ≥ 70% & b")


def test_a_paragraph_of_a_no_break_blank_is_a_blank_cell_and_an_empty_one_is_nothing() -> None:
    assert page("<p>a</p><p>&nbsp;</p><p> </p><p></p><div>b<p>c</div>d") == paragraphs("a", "", "b", "c", "d")


def test_two_breaks_part_paragraphs() -> None:
    assert page("a<br>b<br><br>c<br>&nbsp;<br>d") == paragraphs("a\nb", "c", "", "d")


def test_a_page_of_preformatted_text_keeps_its_lines() -> None:
    assert page("<pre>a\n  b\n\nc</pre>") == paragraphs("a\n  b", "c")


def test_lists_have_the_marks_that_a_browser_writes() -> None:
    shown = page("<ol start=3><li>ba<li><p>bốn</p><ul><li>con</ul></ol><ol type=a><li>x<li value=5>y</ol>")
    assert shown == paragraphs("3. ba", "4. bốn", "• con", "a. x", "e. y")


def test_spans_leave_blanks_in_the_places_they_cover() -> None:
    rows = (
        "<tr><th rowspan=2>TT<th colspan=2>Kinh phí<th rowspan=0>Ghi chú<tr><td>2016<td>2017"
        "<tr><td>1<td rowspan=9>5 tỷ<td>6 tỷ<tr><td>2<td>7 tỷ"
    )
    assert page(f"<table>{rows}</table>") == (
        Table(
            (
                ("TT", "Kinh phí", "", "Ghi chú"),
                ("", "2016", "2017", ""),
                ("1", "5 tỷ", "6 tỷ", ""),
                ("2", "", "7 tỷ", ""),
            )
        ),
    )


def test_cells_keep_lines_and_paragraphs() -> None:
    cell = "<td><p>một<br>hai</p><p>ba</p><ul><li>bốn</ul>"
    assert page(f"<table><thead><tr>{cell}<td>&nbsp;</thead></table>") == (Table((("một\nhai\nba\n• bốn", ""),)),)


def test_tables_that_only_lay_out_the_page_are_opened() -> None:
    data = "<table><tr><td>1<td>Rà soát thủ tục hành chính<tr><td>2<td>Niêm yết công khai</table>"
    outer = f"<table><tr><td>trái<td><table><tr><td><p>trước</p>{data}<p>sau</p></table></table>"
    assert page(outer) == (
        *paragraphs("trái", "trước"),
        Table((("1", "Rà soát thủ tục hành chính"), ("2", "Niêm yết công khai"))),
        *paragraphs("sau"),
    )
    long = "<p>một đoạn văn dài</p>" * 500
    assert len(page(f"<table><tr><td>a<td>{long}</table>")) == 501


def test_a_small_table_in_a_data_table_is_read_row_by_row() -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    rows = f"<tr><td>một việc dài hơn bảng con<td>{inner}<tr><td>việc nữa<td>x"
    assert page(f"<table>{rows}</table>") == (Table((("một việc dài hơn bảng con", "a b\nc d"), ("việc nữa", "x"))),)


def test_the_site_around_the_document_is_dropped() -> None:
    blocks = [Paragraph(f"Điều {at}. Nội dung của điều này dài như trong văn bản thật") for at in range(20)]
    assert read(as_html(blocks, before=SITE_BEFORE, after=SITE_AFTER)) == tuple(blocks)


def test_a_document_within_site_names_is_kept() -> None:
    inside = "".join(f"<p>Điều {at}. Nội dung</p>" for at in range(9))
    assert (
        len(page(f"<form><div class='content with-sidebar menu'><header><h1>QUYẾT ĐỊNH</h1>{inside}</header></div>"))
        == 10
    )


VIETNAMESE = "Quyết định của Ủy ban nhân dân tỉnh về kế hoạch cải cách hành chính năm 2016"


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("<meta charset='utf-8'>", "utf-8"),
        ("", "utf-8"),
        ("<meta charset=utf-8>", "utf-8-sig"),
        ("<meta http-equiv=Content-Type content='text/html; charset=utf-16'>", "utf-16"),
        ("<meta charset=nonsense>", "utf-8"),
        ("<meta charset=iso-8859-1>", "utf-8"),
    ],
)
def test_the_letters_are_those_of_the_page(meta: str, encoding: str) -> None:
    content = f"<html><head>{meta}</head><body><p>{VIETNAMESE}</p></body></html>".encode(encoding)
    assert read(content) == paragraphs(VIETNAMESE)


def test_windows_1258_of_a_page_is_read() -> None:
    content = "<html><meta charset=windows-1258><p>Ng\u00e0y 15 th\u00e1ng 6 \u0111\u01b0\u01a1\u0323c".encode("cp1258")
    assert read(content) == paragraphs("Ngày 15 tháng 6 được")


def test_a_page_typed_for_old_fonts_becomes_unicode() -> None:
    text = "Së Néi vô chñ tr×, h­íng dÉn, kiÓm tra viÖc c¶i c¸ch hµnh chÝnh"
    assert page(f"<p>{text}</p>") == paragraphs("Sở Nội vụ chủ trì, hướng dẫn, kiểm tra việc cải cách hành chính")


def test_the_real_plan_set_as_a_page_has_the_same_rows_and_paragraphs() -> None:
    running, annex = plan()
    *others, table = read(as_html([*running, annex], before=SITE_BEFORE, after=SITE_AFTER))
    assert table == annex
    assert others == running


@settings(max_examples=examples(50, 1000), deadline=None)
@given(DOCUMENTS)
def test_any_mixture_of_paragraphs_and_tables_comes_back(blocks: list[Block]) -> None:
    assert read(as_html(blocks)) == tuple(blocks)


ENTITIES = "".join(f"<!ENTITY b{at} '&b{at - 1};&b{at - 1};'>" for at in range(1, 99))


@pytest.mark.parametrize(
    "content",
    [
        f"<!DOCTYPE html [<!ENTITY b0 'lol'>{ENTITIES}]><html><p>&b98;",
        "<html><p>a" + "<b" * 300_000,
        "<html><p>" + " " * 5_000_000 + "a",
        "<html><p>a" + "&nbsp;" * 1_000_000,
        "<html>" + "<td>a</table></div>" * 50_000,
        "<html><meta charset=punycode><p>" + "a-é" * 500_000,
    ],
    ids=["entities", "unclosed", "blanks", "no-break blanks", "unopened", "punycode"],
)
def test_an_odd_page_costs_little(content: str) -> None:
    begun = time.process_time()
    assert len(read(content)) < 150_000
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "body",
    [
        "<p>a" * 600_001,
        "<table>" + "<tr><td colspan=9999>a" * 5_000,
        "<p>a" * 200_000,
        "<br>".join("a" for _ in range(200_000)),
        "<div>" * 200_000 + "đáy",
        "<table><tr><td>a" * 20_000,
        "<ul><li>a" * 50_000,
    ],
    ids=["tags", "spans", "paragraphs", "lines", "deep", "deep tables", "deep lists"],
)
def test_a_page_of_more_than_any_document_holds_is_refused(body: str) -> None:
    with pytest.raises(BadDocument, match="quá lớn hoặc lồng nhau quá sâu"):
        read(f"<html>{body}")


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(BadDocument, match="không có chữ nào"):
        read("<html><head><title>tên</title></head><body><script>1</script></body></html>")
