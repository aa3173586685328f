"""The screens: the year, and each change as form, preview, confirmation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.calendar import actions, selectors
from motcua.foundation.calendar.models import CalendarVersion
from motcua.foundation.calendar.tests.people import COLLEAGUE, STEWARD
from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
DAY = "/lich/ngay/2026-03-09"


SignIn = Callable[[Actor], Client]


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Let requests be made by a person of this room's tests: accounts stand in a higher room."""

    def sign_in(person: Actor) -> Client:
        monkeypatch.setattr("motcua.foundation.identity.middleware.actor_of", lambda request: person)
        return Client()

    return sign_in


@pytest.fixture
def version() -> CalendarVersion:
    return actions.load_seed(Call(SYSTEM_ACTOR))


@pytest.fixture
def steward(signed_in: SignIn) -> Client:
    return signed_in(STEWARD)


def holiday(version: CalendarVersion, **more: str) -> dict[str, str]:
    return {"version": version.public_id, "kind": "holiday", "name": "Lễ mới", "basis": "Thông báo 1/TB", **more}


def test_every_officer_reads_the_year(version: CalendarVersion, signed_in: SignIn) -> None:
    page = signed_in(COLLEAGUE).get("/lich/?nam=2026").content.decode()
    assert "Lịch làm việc năm 2026" in page
    assert "Thứ Sáu, 2/1/2026: Nghỉ hoán đổi" in page
    assert "Thứ Bảy, 10/1/2026: Làm bù" in page
    assert "/lich/ngay/" not in page


def test_a_stranger_is_led_to_sign_in(version: CalendarVersion, signed_in: SignIn) -> None:
    assert signed_in(ANYONE).get("/lich/").headers["Location"].startswith("/dang-nhap")


def test_an_expected_year_says_so(version: CalendarVersion, steward: Client) -> None:
    page = steward.get("/lich/?nam=2027").content.decode()
    assert "Năm này là dự kiến" in page and "/lich/nam/2027/xac-nhan" in page


@pytest.mark.parametrize("year", ["1999", "9999", "abc", "²⁰²⁶", "20260"])
def test_a_year_outside_the_calendar_shows_one_inside(year: str, version: CalendarVersion, steward: Client) -> None:
    assert steward.get("/lich/", {"nam": year}).status_code == 200


def test_a_store_without_a_calendar_offers_to_load_it(steward: Client) -> None:
    assert "Nạp lịch vào kho" in steward.get("/lich/").content.decode()
    assert steward.get(DAY).status_code == 409
    steward.post("/lich/nap")
    assert CalendarVersion.objects.get().number == 1


def test_a_day_is_changed_through_a_preview(version: CalendarVersion, steward: Client) -> None:
    preview = steward.post(DAY, holiday(version))
    assert "Không hạn trả nào dời" in preview.content.decode()
    assert CalendarVersion.objects.count() == 1
    done = steward.post(DAY, holiday(version, confirm="1"))
    assert done.headers["Location"] == "/lich/?nam=2026"
    assert not selectors.present_book().working_time(None).plan(date(2026, 3, 9)).counts


def test_the_preview_posts_what_was_typed(version: CalendarVersion, steward: Client) -> None:
    page = steward.post(DAY, holiday(version, kind="own", sessions="07:00–11:30")).content.decode()
    assert 'name="sessions" value="07:00–11:30"' in page and 'name="confirm"' in page


def test_a_stale_screen_is_told(version: CalendarVersion, steward: Client) -> None:
    steward.post(DAY, holiday(version, confirm="1"))
    late = steward.post("/lich/ngay/2026-03-10", holiday(version, confirm="1"))
    assert late.status_code == 422 and "vừa được người khác thay đổi" in late.content.decode()
    assert CalendarVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("address", "data", "said"),
    [
        (DAY, {"kind": "holiday"}, "basis"),
        (DAY, {"kind": "own", "sessions": "sáng", "basis": "x"}, "không phải là một buổi làm việc"),
        (DAY, {"kind": "holiday", "sessions": "07:00-11:30", "basis": "x"}, "không khớp với loại ngày"),
        (DAY, {"kind": "ordinary", "basis": "x"}, "vốn là ngày thường"),
        ("/lich/hoan-doi", {"off": "2026-03-08", "worked": "2026-03-09", "basis": "x"}, "vốn đã nghỉ"),
        ("/lich/hoan-doi", {"off": "2026-03-09", "worked": "2031-01-01", "basis": "x"}, "nằm ngoài lịch"),
        ("/lich/tuan", {"valid_from": "2031-01-01", "basis": "x"}, "nằm ngoài lịch"),
        ("/lich/nam/2026/xac-nhan", {"basis": "x"}, "không ở trạng thái dự kiến"),
    ],
)
def test_bad_input_is_told_and_writes_nothing(
    address: str, data: dict[str, str], said: str, version: CalendarVersion, steward: Client
) -> None:
    page = steward.post(address, {"version": version.public_id, "confirm": "1", **data})
    assert page.status_code == 422 and said in page.content.decode()
    assert CalendarVersion.objects.count() == 1


def test_a_swap_changes_both_days(version: CalendarVersion, steward: Client) -> None:
    data = {"version": version.public_id, "off": "2026-03-09", "worked": "2026-03-14", "basis": "Công văn 2"}
    preview = steward.post("/lich/hoan-doi", data).content.decode()
    assert "Nghỉ hoán đổi" in preview and "Làm bù cho ngày 09/03/2026" in preview
    steward.post("/lich/hoan-doi", {**data, "confirm": "1"})
    time = selectors.present_book().working_time(None)
    assert (time.plan(date(2026, 3, 9)).counts, time.plan(date(2026, 3, 14)).counts) == (False, True)


def test_an_agency_gets_a_week_of_its_own(version: CalendarVersion, steward: Client) -> None:
    agency = AgencyFactory()
    address = f"/lich/tuan?co-quan={agency.public_id}"
    assert "07:00–11:30, 13:30–17:00" in steward.get(address).content.decode()
    days = {f"day{number}": "07:30–11:30, 13:00–17:00" for number in range(5)}
    data = {"version": version.public_id, "valid_from": "2026-03-02", "basis": "Quyết định 5", **days}
    data["day5"] = "07:30–11:30 chỉ mở cửa"
    steward.post(address, {**data, "confirm": "1"})
    plan = selectors.working_time_for(agency.pk).time.plan(date(2026, 3, 7))
    assert (plan.open, plan.counts) == (True, False)
    page = steward.get(f"/lich/?nam=2026&co-quan={agency.public_id}").content.decode()
    assert "Thứ Bảy, 7/3/2026: 07:30–11:30 chỉ mở cửa" in page


def test_a_year_is_added_and_confirmed(version: CalendarVersion, steward: Client) -> None:
    steward.post("/lich/nam-moi", {"version": version.public_id, "basis": "Thêm năm", "confirm": "1"})
    new = selectors.current_version()
    assert new is not None and new.last.year == 2028
    steward.post("/lich/nam/2028/xac-nhan", {"version": new.public_id, "basis": "Thông báo", "confirm": "1"})
    assert selectors.present_book().expected_years == {2027}


@pytest.mark.parametrize("address", [DAY, "/lich/hoan-doi", "/lich/tuan", "/lich/nam/2027/xac-nhan", "/lich/nam-moi"])
def test_others_may_not_open_a_change(address: str, version: CalendarVersion, signed_in: SignIn) -> None:
    colleague = signed_in(COLLEAGUE)
    assert colleague.get(address).status_code == 403
    assert colleague.post(address, holiday(version, confirm="1")).status_code == 403
    assert CalendarVersion.objects.count() == 1


@pytest.mark.parametrize("address", ["/lich/ngay/2031-01-01", "/lich/ngay/2014-01-01"])
def test_a_day_outside_the_calendar_is_told(address: str, version: CalendarVersion, steward: Client) -> None:
    page = steward.get(address)
    assert page.status_code == 422 and "nằm ngoài lịch" in page.content.decode()


@pytest.mark.parametrize("address", ["/lich/ngay/2026-02-30", "/lich/?co-quan=khong-co"])
def test_what_does_not_exist_is_not_found(address: str, version: CalendarVersion, steward: Client) -> None:
    assert steward.get(address).status_code == 404


def test_the_year_costs_few_queries(
    version: CalendarVersion, steward: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    steward.get("/lich/?nam=2026")
    # beside session and account: exercise mark, version, the register's day, agencies, versions
    with django_assert_max_num_queries(5):
        steward.get("/lich/?nam=2026")


def test_working_times_of_many_agencies_cost_one_query(
    version: CalendarVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agencies = AgencyFactory.create_batch(5)
    selectors.working_time_for(agencies[0].pk)
    with django_assert_num_queries(1), selectors.remembering():
        for agency in agencies:
            selectors.working_time_for(agency.pk)
