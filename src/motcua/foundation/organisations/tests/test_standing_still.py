"""An exercise that stands still on a day of 2016: the steward changes the register as of that day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, ahead, passing, readings, selectors, store
from motcua.foundation.organisations.errors import AnotherDay
from motcua.foundation.organisations.models import Agency, Inheritance, Passage
from motcua.foundation.organisations.tests.registers import profile
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
    assert 'value="15/6/2016"' in form and 'value="Xã Cẩm Giàng"' in form


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


LINE = "Danh mục cơ quan của bài tập đứng ở ngày 15/06/2016; biến động được ghi theo ngày đó."


@pytest.mark.parametrize("slug", ["doi-ten", "chuyen-cap-tren", "nhap-vao", "hop-nhat", "chia-tach", "ket-thuc"])
def test_every_form_is_filled_with_the_day_and_says_why(slug: str) -> None:
    form = page(reverse("agency-do", args=[row("bk-02008").public_id, slug]))
    day = re.search(r'<input [^>]*name="day"[^>]*>', form)
    assert day is not None and 'value="15/6/2016"' in day[0] and "readonly" in day[0]
    assert LINE in form


@pytest.mark.parametrize("day", ["2026-12-01", "2016-06-14"])
def test_another_day_is_refused_once_with_the_day_to_enter(day: str) -> None:
    address = reverse("agency-do", args=[row("bk-02008").public_id, "nhap-vao"])
    shown = page(address, **{**SAID, "day": day}, others=[row("bk-02011").public_id])
    assert "bài tập đứng ở ngày 15/06/2016" in shown and "seen_effects" not in shown
    assert "đã kết thúc hoạt động" not in shown
    assert re.search(r'name="day" value="15/6/2016"', shown), "and it is there to be entered"
    assert f'value="{row("bk-02011").public_id}" selected' in shown
    assert row("bk-02011").valid_to == date(2025, 7, 1)


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2016, 6, 14)])
def test_the_verbs_themselves_hold_to_the_day(day: date) -> None:
    one, other = row("bk-02008"), row("bk-02011")
    more: dict[str, Any] = {"day": day, "basis": "1/NQ"}
    verbs: list[Callable[[], Any]] = [
        lambda: actions.rename(Call(STEWARD), agency=one, name="Xã Một", form="xã", **more),
        lambda: actions.merge(Call(STEWARD), agency=one, others=[other], **more),
        lambda: actions.close(Call(STEWARD), agency=one, successors=[other], **more),
        lambda: actions.found(Call(STEWARD), profile=profile("x1", "department", "bk-06"), **more),
    ]
    for verb in verbs:
        with pytest.raises(AnotherDay, match=r"Chưa ghi gì .* đứng ở ngày 15/06/2016\. Anh/chị ghi") as refused:
            verb()
        assert refused.value.field == "day"
    assert row("bk-02008").valid_to == date(2025, 7, 1) and not Agency.objects.filter(key="x1").exists()


def test_what_changed_on_the_day_cannot_end_on_it_and_the_way_out_is_named() -> None:
    enter("bk-02008", "doi-ten", name="Thị trấn Cẩm Giàng", form="thị trấn")
    address = reverse("agency-do", args=[row("bk-02011").public_id, "nhap-vao"])
    shown = page(address, **SAID, others=[row("bk-02008").public_id])
    assert "chỉ kết thúc được từ ngày sau đó. Bài tập đứng ở ngày đó" in shown and "seen_effects" not in shown


def test_the_list_says_where_it_stands_and_its_links_keep_a_chosen_day() -> None:
    assert LINE in page(reverse("agencies")) and "?ngay" not in page(agency("bk-02008"))
    chosen = page(f"{reverse('agencies')}?ngay=2026-11-23")
    assert LINE in chosen and "Về ngày 15/6/2016" in chosen
    assert f'href="{agency("tn-02008")}?ngay=2026-11-23"' in chosen
    assert agency("bk-02008") not in chosen


def test_an_agency_is_shown_on_the_chosen_day_and_says_where_it_does_not_exist() -> None:
    there = page(f"{agency('tn-02008')}?ngay=2026-11-23")
    assert "Đang hoạt động, trong danh mục từ 1/7/2025" in there and "không có trong danh mục" not in there
    assert f'href="{reverse("agencies")}?ngay=2026-11-23"' in there and 'value="23/11/2026"' in there
    gone = page(f"{agency('bk-02008')}?ngay=2026-11-23")
    assert "UBND xã Cẩm Giàng không có trong danh mục ở ngày 23/11/2026." in gone
    assert "Đã kết thúc hoạt động từ 1/7/2025" in gone and "Ghi biến động" not in gone
    assert f'<a href="{agency("bk-02008")}">Xem ở ngày 15/6/2016</a>' in gone
    assert "error-summary" in page(f"{agency('bk-02008')}?ngay=2016-13-01")


def test_a_register_that_goes_with_the_calendar_offers_those_at_work_on_the_day_of_the_event() -> None:
    settings_rows.write(selectors.STANDS_ON, f"2016-06-15{selectors.ONWARD}")
    assert selectors.still_day() is None and selectors.register_day() == time.today()
    target = row("tn-02176")
    address = reverse("agency-do", args=[target.public_id, "nhap-vao"])
    form = page(address)
    assert "readonly" not in form and LINE not in form + page(reverse("agencies"))
    assert row("bk-02008").public_id not in form and row("tn-02008").public_id in form
    as_written = page(address, day="1/2/2020", basis="1/NQ", others=[row("bk-02011").public_id])
    assert "Cơ quan đã chọn không hoạt động" not in as_written and row("bk-02008").public_id in as_written
    past = page(address, day="2020-02-01", basis="1/NQ", others=[row("tn-02008").public_id])
    assert "Cơ quan đã chọn không hoạt động ở ngày này" in past and "seen_effects" not in past
    assert row("bk-02008").public_id in past and f'value="{row("tn-02008").public_id}"' not in past
