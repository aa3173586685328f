"""Who is named in a cell: longest names first, never split inside a name, never guessed."""

from __future__ import annotations

import pytest

from motcua.steering.programme.reading.names import read_units
from motcua.steering.programme.reading.tests.places import DEPARTMENTS, roster

ROSTER = roster()
ALL = len(DEPARTMENTS)


def read(text: str) -> list[tuple[str, str, int]]:
    return [(unit.kind.value, unit.name, len(unit.ids)) for unit in read_units(text, ROSTER)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", []),
        ("Sở Tư pháp;\nSở Nội vụ", [("agency", "Sở Tư pháp", 1), ("agency", "Sở Nội vụ", 1)]),
        ("Sở Văn hoá, Thể thao và Du lịch", [("agency", "Sở Văn hóa, Thể thao và Du lịch", 1)]),
        ("Sở Thông tin & Truyền thông", [("agency", "Sở Thông tin và Truyền thông", 1)]),
        ("Các sở, ban, ngành,", [("class", "Các sở, ban, ngành", ALL)]),
        (
            "Các sở, ban, ngành; UBND các huyện, thành phố",
            [("class", "Các sở, ban, ngành", ALL), ("class", "UBND các huyện, thành phố", 2)],
        ),
        ("uỷ ban nhân dân cấp huyện và cấp xã", [("class", "uỷ ban nhân dân cấp huyện và cấp xã", 5)]),
        (
            "Các Sở: Kế hoạch và Đầu tư; Xây dựng, Tài nguyên và Môi trường, Tài chính, Nội vụ",
            [
                ("agency", "Sở Kế hoạch và Đầu tư", 1), ("agency", "Sở Xây dựng", 1),
                ("agency", "Sở Tài nguyên và Môi trường", 1), ("agency", "Sở Tài chính", 1), ("agency", "Sở Nội vụ", 1),
            ],
        ),
        (
            "Các Sở: Y tế; Văn hóa, Thể thao và Du lịch",
            [("agency", "Sở Y tế", 1), ("agency", "Sở Văn hóa, Thể thao và Du lịch", 1)],
        ),
        ("Chủ tịch UBND tỉnh", [("agency", "UBND tỉnh Thử", 1)]),
        (
            "Sở Thông tin và Truyền thông; Ban chỉ đạo ứng dụng CNTT tỉnh",
            [("agency", "Sở Thông tin và Truyền thông", 1), ("body", "Ban chỉ đạo ứng dụng CNTT tỉnh", 0)],
        ),
        (
            "Ban Tổ chức Tỉnh ủy, UBND các huyện, thành phố",
            [("outside", "Ban Tổ chức Tỉnh ủy", 0), ("class", "UBND các huyện, thành phố", 2)],
        ),
        ("Tổ chức, cá nhân", [("outside", "Tổ chức, cá nhân", 0)]),
        ("Phòng Nội vụ cấp huyện", [("class", "Phòng Nội vụ cấp huyện", 0)]),
    ],
)
def test_who_is_named(text: str, units: list[tuple[str, str, int]]) -> None:
    assert read(text) == units


@pytest.mark.parametrize(
    "text",
    [
        "Các sở, ngành liên quan", "Các đơn vị liên quan", "Các cơ quan, đơn vị liên quan", "Sở Công nghiệp mới",
        "Trung tâm Công nghệ thông tin và Truyền thông tỉnh", "Các sở có thủ tục hành chính liên thông",
    ],
)
def test_what_cannot_be_resolved_is_asked_and_keeps_its_name(text: str) -> None:
    assert read(text) == [("unresolved", text, 0)]


def test_a_class_that_is_narrowed_is_not_the_whole_class() -> None:
    found = read("Các sở, ngành có đơn vị sự nghiệp công lập; UBND cấp huyện")
    assert [kind for kind, _, _ in found] == ["unresolved", "class"]


def test_a_name_that_two_agencies_bear_is_not_guessed() -> None:
    from motcua.steering.programme.reading.names import Named, roster_of

    twice = roster_of([Named("A", ("UBND xã Bình An",), "commune"), Named("B", ("UBND xã Bình An",), "commune")])
    assert [unit.kind.value for unit in read_units("UBND xã Bình An", twice)] == ["unresolved"]
