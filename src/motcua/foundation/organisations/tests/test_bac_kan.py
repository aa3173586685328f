"""The shipped data file: one place through three shapes."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from motcua.foundation.organisations import names, readings
from motcua.foundation.organisations.tests.registers import bac_kan
from motcua.foundation.organisations.types import Scheme
from motcua.testing import shared_data

PLAN = date(2016, 6, 15)
MERGED = date(2020, 2, 1)
TWO_TIER = date(2025, 7, 1)


def kinds_on(day: date) -> dict[str, int]:
    return dict(Counter(unit.kind for unit in readings.list_units(bac_kan(), day)))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (PLAN, {"province": 1, "department": 18, "district": 8, "commune": 122}),
        (date(2020, 1, 31), {"province": 1, "department": 18, "district": 8, "commune": 122}),
        (MERGED, {"province": 1, "department": 18, "district": 8, "commune": 108}),
        (date(2025, 6, 30), {"province": 1, "department": 13, "district": 8, "commune": 108}),
        (TWO_TIER, {"province": 1, "department": 13, "one_stop_centre": 1, "commune": 37}),
    ],
)
def test_counts_of_each_shape(day: date, expected: dict[str, int]) -> None:
    assert kinds_on(day) == expected


def test_register_is_sound() -> None:
    assert readings.faults(bac_kan()) == []


def test_sixteen_departments_of_2016_run_a_one_stop() -> None:
    departments = readings.list_units(bac_kan(), PLAN, "department")
    assert {unit.name for unit in departments if not unit.one_stop} == {"Thanh tra tỉnh", "Ban Dân tộc"}


def test_every_commune_of_2016_leads_into_the_two_tier_shape() -> None:
    register = bac_kan()
    last = {unit.key for unit in readings.list_units(register, TWO_TIER, "commune")}
    reached = set()
    for unit in readings.list_units(register, PLAN, "commune"):
        heirs = readings.heirs(register, unit.key, TWO_TIER)
        assert heirs and set(heirs) <= last, unit.name
        reached |= set(heirs)
    assert reached == last


def test_successor_codes_are_found_in_the_list_of_their_day() -> None:
    register = bac_kan()
    for start, later in ((PLAN, MERGED), (MERGED, TWO_TIER)):
        codes = {unit.code for unit in readings.list_units(register, later)}
        for unit in readings.list_units(register, start, "commune"):
            if unit.valid_to == later:
                assert unit.successors and set(unit.successors) <= codes, unit


def test_divided_commune_has_two_successors() -> None:
    register = bac_kan()
    heirs = {register.units[key].states[-1].name for key in readings.heirs(register, "bk-02149", MERGED)}
    assert heirs == {"Xã Văn Vũ", "Xã Cường Lợi"}


def test_history_of_a_ward_reads_across_all_shapes() -> None:
    register = bac_kan()
    assert [state.name for state in register.units["bk-01846"].states] == ["Xã Huyền Tụng", "Phường Huyền Tụng"]
    assert readings.heirs(register, "bk-01846", TWO_TIER) == ("tn-01840",)
    assert {"bk-02134", "bk-02155"} <= set(readings.forebears(register, "tn-02155"))


def test_van_tung_became_a_township_in_2023_and_not_in_the_mergers() -> None:
    unit = bac_kan().units["bk-01954"]
    called = [unit.state_at(day).name for day in (MERGED, date(2023, 4, 9), date(2023, 4, 10))]  # type: ignore[union-attr]
    assert called == ["Xã Vân Tùng", "Xã Vân Tùng", "Thị trấn Vân Tùng"]


def test_statistics_code_passes_to_another_agency() -> None:
    register = bac_kan()
    held = [unit.key for unit in register.units.values() for code in unit.codes if code.code == "01843"]
    assert sorted(set(held)) == ["bk-01843", "tn-01843"]


def test_codes_are_unique_on_a_day_in_every_scheme() -> None:
    register = bac_kan()
    for day in (PLAN, MERGED, TWO_TIER):
        for scheme in Scheme:
            living = readings.living(register, day)
            codes = [code for key in living if (code := register.units[key].code_at(scheme, day))]
            assert len(codes) == len(set(codes))


def test_titles_name_the_peoples_committee() -> None:
    titles = {unit.code: unit.title for unit in readings.list_units(bac_kan(), PLAN)}
    assert titles["02008"] == "UBND xã Cẩm Giàng"
    assert titles["058"] == "UBND thành phố Bắc Kạn"
    assert titles["06-STP"] == "Sở Tư pháp"


@pytest.mark.parametrize(
    ("file", "day"), [("bac-kan-2016-2019.csv", PLAN), ("bac-kan-2020-2025.csv", date(2025, 6, 30))]
)
def test_file_agrees_with_the_published_list(file: str, day: date) -> None:
    text = shared_data("units", file).read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    published = {f"{int(row['commune_code']):05d}": names.fold(row["commune"]) for row in rows}
    published |= {f"{int(row['district_code']):03d}": names.fold(row["district"]) for row in rows}
    units = readings.list_units(bac_kan(), day)
    assert {unit.code: names.fold(unit.name) for unit in units if unit.kind in {"commune", "district"}} == published


def test_file_agrees_with_the_published_take_over_of_2025() -> None:
    text = shared_data("units", "bac-kan-to-thai-nguyen-2025.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    register = bac_kan()
    ours = {
        (unit.name, heir)
        for unit in readings.list_units(register, date(2025, 6, 30), "commune") for heir in unit.successors
    }
    assert ours == {(row["old_commune"].replace("Sỹ Bình", "Sĩ Bình"), row["new_unit_code"]) for row in rows}
