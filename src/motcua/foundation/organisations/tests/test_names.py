"""Agencies in running text."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from motcua.foundation.organisations import names
from motcua.foundation.organisations.tests.registers import bac_kan

DAY = date(2016, 6, 15)


def keys(text: str, day: date = DAY, *, territories: bool = False) -> list[str]:
    found = names.match_names(text, names.index(bac_kan(), day, territories=territories))
    return ["|".join(hit.keys) for hit in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", ["bk-svhttdl"]),
        ("Sở Văn hoá, Thể thao và Du lịch; Sở Y tế", ["bk-svhttdl", "bk-syt"]),
        ("Văn Phòng UBND tỉnh, UBND tỉnh", ["bk-vp", "bk-06"]),
        ("Văn phòng Ủy ban nhân dân tỉnh", ["bk-vp"]),
        ("Uỷ ban nhân dân xã Cẩm Giàng", ["bk-02008"]),
        ("UBND XÃ SỸ BÌNH", ["bk-01978"]),
        ("Sở Giáo dục và\nĐào tạo", ["bk-sgddt"]),
        ("Sở xây dựng: chủ trì", ["bk-sxd"]),
        ("Các Sở: Kế hoạch và Đầu tư; Xây dựng, Tài nguyên và Môi trường, Tài chính, Nội vụ",
         ["bk-skhdt", "bk-sxd", "bk-stnmt", "bk-stc", "bk-snv"]),
        ("Các Sở: Y tế; Giáo dục và Đào tạo; Văn hóa, Thể thao và Du lịch", ["bk-syt", "bk-sgddt", "bk-svhttdl"]),
        ("xây dựng cơ sở dữ liệu y tế; các sở, ban, ngành", []),
        ("Sở Nội vụn", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_in_text(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_decomposed_letters_are_the_same_letters() -> None:
    assert keys(unicodedata.normalize("NFD", "Sở Tư pháp")) == ["bk-stp"]


def test_position_and_text_are_those_of_the_source() -> None:
    text = "Giao Sở Tư pháp chủ trì"
    (hit,) = names.match_names(text, names.index(bac_kan(), DAY))
    assert text[hit.start : hit.end] == hit.text == "Sở Tư pháp"


def test_names_are_those_of_the_day() -> None:
    assert keys("UBND xã Văn Vũ") == []
    assert keys("UBND xã Văn Vũ", date(2020, 2, 1)) == ["bk-02137-2020"]
    assert keys("Sở Nội vụ", date(2025, 7, 1)) == ["tn-snv"]


def test_place_is_no_agency_unless_asked() -> None:
    assert keys("trên địa bàn huyện Ba Bể") == []
    assert keys("trên địa bàn huyện Ba Bể", territories=True) == ["bk-061"]


def test_folding_keeps_length_and_spares_other_words() -> None:
    for text in ("quý hoà UỶ ban", "hoàn toàn khoẻ khoắn", "İstanbul ĐẮK"):
        assert len(names.fold(text)) == len(unicodedata.normalize("NFC", text))
    assert names.fold("quý hoà uỷ hoàn") == "quý hòa ủy hoàn"
