"""Plain text: letters of any table become the same Unicode, and blank cells differ from gaps."""

from __future__ import annotations

import contextlib
import hashlib
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph
from motcua.steering.programme.reading.sources import open_document
from motcua.testing import examples, shared_data

DECREE = (
    "ỦY BAN NHÂN DÂN TỈNH\n\nQuyết định phê duyệt kế hoạch cải cách hành chính; được thực hiện từ năm 2016\n\n"
    "Sở Nội vụ chủ trì, phối hợp với Văn phòng để tổ chức, hướng dẫn, kiểm tra"
)
BLOCKS = tuple(Paragraph(part) for part in DECREE.split("\n\n"))


def read(content: bytes | str) -> tuple[Block, ...]:
    return open_document("ke-hoach", content.encode() if isinstance(content, str) else content).blocks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_is_read(encoding: str) -> None:
    assert read(DECREE.encode(encoding)) == BLOCKS


def test_composed_and_decomposed_letters_become_the_same() -> None:
    assert read(unicodedata.normalize("NFD", DECREE)) == BLOCKS


def windows_1258(text: str) -> bytes:
    """Write as Windows did: letters with their shape, then the tone as a mark of its own."""
    pieces = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize(
            "NFC", "".join(one for one in apart if one not in "\u0300\u0301\u0303\u0309\u0323")
        )
        pieces.append(shape + "".join(one for one in apart if one in "\u0300\u0301\u0303\u0309\u0323"))
    return "".join(pieces).encode("cp1258")


def test_windows_1258_is_read() -> None:
    assert read(windows_1258(DECREE)) == BLOCKS


TCVN3 = (
    "QuyÕt ®Þnh phª duyÖt kÕ ho¹ch c¶i c¸ch hµnh chÝnh; ®\u00adîc thùc hiÖn tõ n¨m 2016\n\n"
    "Së Néi vô chñ tr×, phèi hîp víi V¨n phßng ®Ó tæ chøc, h\u00adíng dÉn, kiÓm tra"
)
VNI = (
    "Quyeát ñònh pheâ duyeät keá hoaïch caûi caùch haønh chính; ñöôïc thöïc hieän töø naêm 2016\n\n"
    "Sôû Noäi vuï chuû trì, phoái hôïp vôùi Vaên phoøng ñeå toå chöùc, höôùng daãn, kieåm tra"
)


@pytest.mark.parametrize("text", [TCVN3, VNI], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
def test_text_for_old_fonts_becomes_unicode(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == BLOCKS[1:]


def test_letters_of_no_known_table_are_refused_with_what_to_do() -> None:
    with pytest.raises(BadDocument, match=r"không dùng bảng mã Unicode.*TCVN3.*chưa ghi gì.*UTF-8"):
        read("Решение правительства области о плане".encode("koi8-r"))


def test_a_text_in_another_language_is_left_as_it_is() -> None:
    text = "Décision générale: où être, là, après, déjà fêté; Müller läßt grüßen, señor ¿cómo está?"
    assert read(text) == (Paragraph(text),)


def test_lines_of_a_group_stay_together_and_gaps_part_groups() -> None:
    assert read("một\nhai\n\n\n\nba\n") == (Paragraph("một\nhai"), Paragraph("ba"))


@pytest.mark.parametrize("blank", ["\u00a0", " ", "\t", " \u00a0 "])
def test_a_line_of_blanks_is_a_blank_cell(blank: str) -> None:
    assert read(f"một\n\n{blank}\n\nhai") == (Paragraph("một"), Paragraph(""), Paragraph("hai"))
    assert read(f"một\n{blank}\nhai\n\nba") == (Paragraph("một"), Paragraph(""), Paragraph("hai"), Paragraph("ba"))


def test_without_gaps_each_line_is_a_cell() -> None:
    lines = [f"dòng {number}" for number in range(200)]
    lines[100] = ""
    assert read("\r\n".join(lines)) == tuple(map(Paragraph, lines))


def test_long_paragraphs_without_gaps_show_that_empty_lines_are_blank_cells() -> None:
    lines = ["một đoạn rất dài " * 20] * 5 + ["1.1. Việc", "", "", "Sở Nội vụ", "", "Năm 2016", ""] * 10 + ["hết"]
    assert read("\n".join(lines)) == tuple(Paragraph(line.strip()) for line in lines)


def test_invisible_marks_and_odd_blanks_go_and_all_else_stays() -> None:
    text = "\ufeffSố:\u00a0860/QĐ\u200b-UB\u00adND\t  ngày\x0b15/6\u2028“a” ≥ 70% …  \r\n\r\nhết\x0c"
    assert read(text) == (Paragraph("Số: 860/QĐ-UBND   ngày\n15/6\n“a” ≥ 70% …"), Paragraph("hết"))


def test_kind_and_digest_are_told() -> None:
    source = open_document("x.pdf", DECREE.encode())
    assert (source.kind, source.sha256) == ("txt", hashlib.sha256(DECREE.encode()).hexdigest())


def test_five_megabytes_open_well_under_a_second() -> None:
    content = (DECREE + "\n\n").encode() * (5_000_000 // len(DECREE.encode()))
    begun = time.process_time()
    assert len(read(content)) > 50_000
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize("line", ["một hai ba " * 13 + "\n", "\u00a0\n\n", "dài " * 100_000 + "\n", "   a   \n\n"])
def test_nothing_of_five_megabytes_is_slow(line: str) -> None:
    content = (line * (5_000_000 // len(line.encode()) + 1)).encode()
    begun = time.process_time()
    with contextlib.suppress(BadDocument):
        read(content)
    assert time.process_time() - begun < 2.0


def test_the_real_plan_has_its_blocks_and_blank_cells() -> None:
    content = shared_data("..", "plan", "860-qd-ubnd-2016.txt").read_bytes()
    texts = [block.text for block in read(content) if isinstance(block, Paragraph)]
    lines = content.decode().split("\n")
    assert texts.count("") == sum(line != "" and not line.strip() for line in lines)
    assert "\n".join(filter(None, texts)).split("\n") == [
        unicodedata.normalize("NFC", line.replace("\u00a0", " ").rstrip()) for line in lines if line.strip()
    ]


@settings(max_examples=examples(50, 1000), deadline=None)
@given(st.lists(st.text("aăđ ê1.\u00a0", min_size=1).filter(str.strip), min_size=1))
def test_any_row_of_paragraphs_comes_back(paragraphs: list[str]) -> None:
    padded = [*paragraphs, "một", "hai", "ba"]
    expected = tuple(Paragraph(one.replace("\u00a0", " ").rstrip()) for one in padded)
    assert read("\n\n".join(padded)) == expected
