"""An exercise that stands still on a day of 2016: the steward changes the register as of that day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from motcua.foundation.core import settings_rows
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, ahead, passing, readings, selectors, store
from motcua.foundation.organisations.models import Agency, Inheritance, Passage
from motcua.foundation.organisations.tests.test_actions import COLLEAGUE, STEWARD
from motcua.foundation.organisations.tests.test_desk import agency, ask, page

DAY = date(2016, 6, 15)
SAID = {"day": DAY.isoformat(), "basis": "9/QĐ-DT"}


@pytest.fixture
def still(place: None) -> Any:
    settings_rows.write(selectors.STANDS_ON, DAY.isoformat())
    store.refresh_names(DAY)
    yield
    settings_rows.forget()


pytestmark = pytest.mark.usefixtures("still")


def row(key: str) -> Agency:
    return Agency.objects.get(key=key)


def enter(key: str, slug: str, **said: Any) -> str:
    """Look at the preview, enter what it showed, and return the preview's text."""
    address = reverse("agency-do", args=[row(key).public_id, slug])
    shown = page(address, **SAID, **said)
    digest = re.search(r'name="seen_effects" value="(\w+)"', shown)
    assert digest is not None, re.findall(r'class="[^"]*error[^"]*".*', shown)
    answer = ask(address, **SAID, **said, seen_effects=digest[1])
    assert answer.status_code == 302
    return shown


def sound() -> dict[date, int]:
    """Hold the stored register against its rules; return how many communes it lists on the three days."""
    register = selectors.register()
    assert readings.faults(register) == []
    known = {row.key: (row.valid_from, row.valid_to) for row in Agency.objects.all()}
    assert known == {key: (unit.opened, unit.closed) for key, unit in register.units.items()}
    days = (DAY, date(2020, 2, 1), date(2025, 7, 1))
    return {day: Counter(unit.kind for unit in readings.list_units(register, day))["commune"] for day in days}


def test_the_buttons_are_there_for_the_steward_and_for_nobody_else() -> None:
    assert row("bk-02008").valid_to == date(2025, 7, 1)
    assert "Ghi biến động" in page(agency("bk-02008"), STEWARD)
    assert "Ghi biến động" not in page(agency("bk-02008"), COLLEAGUE)
    assert "Ghi biến động" not in page(agency("tn-02008"), STEWARD), "it comes only in 2025"
    form = page(reverse("agency-do", args=[row("bk-02008").public_id, "doi-ten"]))
    assert 'value="2016-06-15"' in form and 'value="Xã Cẩm Giàng"' in form


def test_a_renamed_commune_is_called_so_and_ends_when_it_did() -> None:
    shown = enter("bk-02008", "doi-ten", name="Thị trấn Cẩm Giàng", form="thị trấn")
    assert "đổi tên thành Thị trấn Cẩm Giàng từ ngày 15/06/2016" in shown
    assert row("bk-02008").name == "UBND thị trấn Cẩm Giàng"
    assert row("bk-02008").valid_to == date(2025, 7, 1)
    assert list(sound().values()) == [122, 108, 37]


def test_a_merged_commune_ends_now_and_its_work_goes_on_at_the_other() -> None:
    shown = enter("bk-02011", "nhap-vao", others=[row("bk-02008").public_id])
    assert "biến động đã ghi cho ngày 01/07/2025 không còn áp dụng" in shown
    assert row("bk-02008").valid_to == DAY
    passage = Passage.objects.get(predecessor=row("bk-02008"))
    assert (passage.day, passage.heir) == (DAY, row("bk-02011"))
    assert selectors.carrier(row("bk-02008")) == row("bk-02011")
    heirs = dict(Inheritance.objects.filter(predecessor=row("bk-02008")).values_list("heir__key", "day"))
    assert heirs == {"bk-02011": DAY, "tn-02008": date(2025, 7, 1)}
    assert list(sound().values()) == [121, 107, 37]


def test_a_commune_is_divided_and_its_parts_take_over_what_is_known_of_later() -> None:
    enter(
        "bk-02008", "chia-tach", name="Xã Ba Phường", form="xã", code="02999", national="H03.25.90",
        others=[row("bk-02011").public_id], into="moi",
    )
    part = Agency.objects.get(name="UBND xã Ba Phường")
    assert (part.valid_from, part.valid_to) == (DAY, date(2025, 7, 1))
    assert selectors.carrier(row("bk-02008")) == part
    assert [heir.key for heir in selectors.heirs(part, date(2025, 7, 1))] == ["tn-02008"]
    assert list(sound().values()) == [122, 108, 37]


def test_two_communes_become_a_new_one() -> None:
    enter(
        "bk-02008", "hop-nhat", name="Xã Giàng Thanh", form="xã", code="02998", national="H03.25.91",
        others=[row("bk-02011").public_id],
    )
    new = Agency.objects.get(name="UBND xã Giàng Thanh")
    assert selectors.carrier(row("bk-02011")) == selectors.carrier(row("bk-02008")) == new
    assert new.valid_to == date(2025, 7, 1)
    assert list(sound().values()) == [121, 107, 37]


def test_a_department_is_closed_and_comes_no_more() -> None:
    enter("bk-stttt", "ket-thuc", successors=[row("bk-vp").public_id])
    assert row("bk-stttt").valid_to == DAY
    assert row("bk-stttt").states.filter(valid_from__gt=DAY).count() == 0
    assert "Ghi biến động" not in page(agency("bk-stttt"))
    assert list(sound().values()) == [122, 108, 37]


def test_two_changes_one_after_the_other_agree_with_the_rules() -> None:
    enter("bk-02011", "nhap-vao", others=[row("bk-02008").public_id])
    enter("bk-02011", "doi-ten", name="Xã Thanh Giàng", form="xã")
    known = ahead.known_on(selectors.register(), DAY)
    assert known.units["bk-02011"].states[-1].name == "Xã Thanh Giàng"
    assert known.units["bk-02008"].closed == DAY
    assert list(sound().values()) == [121, 107, 37]


def test_an_heir_chosen_afterwards_may_be_one_that_is_to_end_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "estates", lambda *_: ())  # as if nothing had stood there on the day of its end
    enter("bk-02008", "ket-thuc", successors=[row("bk-02011").public_id, row("bk-02014").public_id])
    assert selectors.carrier(row("bk-02008")) == row("bk-02008")
    assert row("bk-02011").valid_to is not None
    actions.choose_heir(Call(STEWARD), agency=row("bk-02008"), heir=row("bk-02011"))
    assert selectors.carrier(row("bk-02008")) == row("bk-02011")
    heirs = dict(Inheritance.objects.filter(predecessor=row("bk-02008")).values_list("heir__key", "day"))
    assert heirs == {"bk-02011": DAY, "tn-02008": date(2025, 7, 1)}, "and whoever carries that one then"
