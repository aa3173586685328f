"""The screens: what one sees, what a bad answer says, and that nothing happens by looking."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from motcua.foundation.core import time as clock
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer
from motcua.steering.reports import actions
from motcua.steering.reports.forms import read_number
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.tests.factories import OPENED, SENT, Province, dossiers, opened, province, report_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Province:
    made = province()
    dossiers(made.communes[0], 2)
    return made


@pytest.fixture
def period(at: Province) -> Period:
    return opened(at)


def browser(person: Officer) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(
        Account.objects.get(pk=person.account_id), backend="motcua.foundation.identity.backends.PasswordBackend"
    )
    return client


def see(person: Officer, address: str) -> Any:
    with clock.travelling(SENT):
        return browser(person).get(address)


def press(person: Officer, address: str, **fields: str) -> Any:
    with clock.travelling(SENT):
        return browser(person).post(address, fields, follow=True)


def test_an_empty_desk_says_what_comes_next(at: Province) -> None:
    assert "Khi kỳ báo cáo được mở" in see(at.officers[0], "/bao-cao/").content.decode()
    assert "Các kỳ báo cáo" in see(at.steward, "/bao-cao/").content.decode()


def test_the_steward_opens_a_quarter_and_sees_who_is_late(at: Province) -> None:
    answer = press(at.steward, "/bao-cao/ky/mo", what="cchc:q3", year="2026")
    page = answer.content.decode()
    assert "Đã mở kỳ báo cáo" in page and "Báo cáo quý III/2026" in page
    period = Period.objects.get()
    assert (period.drafter, period.opener) == (at.gatherer, "steward")
    again = press(at.steward, "/bao-cao/ky/mo", what="cchc:q3", year="2026")
    assert again.status_code == 422 and "đã mở trước đó" in again.content.decode()
    assert Period.objects.count() == 1


def test_an_ad_hoc_report_needs_its_own_days_and_asks_only_whom_it_names(at: Province) -> None:
    bare = press(at.steward, "/bao-cao/ky/mo", what="cchc:thematic", year="2026", name="Chuyên đề phần mềm")
    assert bare.status_code == 422 and "cần đủ các ngày" in bare.content.decode()
    days = {
        "first": "1/8/2026", "last": "31/8/2026", "due_below": "3/9/2026", "due_direct": "5/9/2026",
        "due_top": "8/9/2026", "units": str(at.communes[0].pk),
    }
    press(at.steward, "/bao-cao/ky/mo", what="cchc:thematic", year="2026", name="Chuyên đề phần mềm", **days)
    period = Period.objects.get()
    assert period.form["code"] == "thematic"
    above = {report.unit: report.above and report.above.unit for report in period.reports.all()}
    assert above == {at.top: None, at.communes[0]: at.top}


def test_days_that_cannot_be_are_refused(at: Province) -> None:
    for days in ({"last": "1/6/2026"}, {"due_below": "1/9/2026"}):
        answer = press(at.steward, "/bao-cao/ky/mo", what="cchc:q3", year="2026", **days)
        assert answer.status_code == 422 and "kỳ chưa mở" in answer.content.decode()
    with clock.travelling(OPENED.replace(month=2)):
        answer = browser(at.steward).post("/bao-cao/ky/mo", {"what": "cchc:q3", "year": "2026"})
    assert "chưa tới" in answer.content.decode()
    assert not Period.objects.exists()


def test_a_unit_writes_contests_and_its_head_sends(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    page = f"/bao-cao/{report.public_id}"
    shown = see(at.officers[0], page).content.decode()
    assert "Hồ sơ tiếp nhận trong kỳ" in shown and "Ký gửi" not in shown
    assert "Trong kỳ đã tiếp nhận 2 hồ sơ" in shown
    answer = press(at.officers[0], f"{page}/o/A2", value="1.234", reason="Sổ giấy")
    assert "Đơn vị nêu số khác" in answer.content.decode() and "1.234" in answer.content.decode()
    press(at.officers[0], f"{page}/viet", W1="Có kế hoạch.", W2="Tốt.", M1="3")
    refused = press(at.officers[0], f"{page}/gui")
    assert refused.status_code == 403
    answer = press(at.heads[0], f"{page}/gui")
    assert "Đã ký gửi báo cáo" in answer.content.decode()
    assert "Nhận báo cáo" in see(at.district_officer, page).content.decode()
    assert "Đã nhận báo cáo" in press(at.district_officer, f"{page}/nhan").content.decode()
    for ending, kind in (("pdf", "application/pdf"), ("docx", "openxml"), ("xlsx", "openxml")):
        answer = see(at.steward, f"{page}/ban-1.{ending}")
        assert answer.status_code == 200 and kind in answer.headers["content-type"]


def test_bad_answers_keep_what_was_typed(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    page = f"/bao-cao/{report.public_id}"
    answer = press(at.officers[0], f"{page}/viet", W1="Lời dài tôi đã gõ", W2="x", M1="1.5")
    assert answer.status_code == 422
    assert "không đọc được" in answer.content.decode() and "Lời dài tôi đã gõ" in answer.content.decode()
    assert report.answers.count() == 0
    empty = press(at.heads[0], f"{page}/gui").content.decode()
    assert "chưa có lời nên báo cáo chưa gửi" in empty
    assert report_of(period, at.communes[0]).edition == 0


def test_giving_back_needs_a_reason_and_tells_the_unit(at: Province, period: Period) -> None:
    report = sent(period, at.communes[0], at.heads[0])
    page = f"/bao-cao/{report.public_id}"
    assert "phải ghi lý do" in press(at.district_officer, f"{page}/tra-lai", reason="").content.decode()
    press(at.district_officer, f"{page}/tra-lai", reason="Thiếu phần kiến nghị")
    assert "Thiếu phần kiến nghị" in see(at.officers[0], page).content.decode()
    assert Report.objects.get(pk=report.pk).state == "returned"


def test_the_roll_up_shows_sums_the_registrys_numbers_and_the_texts(at: Province, period: Period) -> None:
    sent(period, at.communes[0], at.heads[0], W4="Xin thêm máy in")
    page = f"/bao-cao/{report_of(period, at.district).public_id}"
    shown = see(at.district_officer, f"{page}/tong-hop").content.decode()
    for words in ("Cộng từ các đơn vị", "Hệ thống đếm", "Xin thêm máy in", "chưa có báo cáo"):
        assert words in shown
    assert f"- {at.communes[0].name}: Xin thêm máy in" in see(at.district_officer, page).content.decode()


def test_none_and_not_yours_look_alike(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    for address in (f"/bao-cao/{report.public_id}", "/bao-cao/khongco", f"/bao-cao/{report.public_id}/du-thao.docx"):
        assert see(at.stranger, address).status_code == 404
    assert see(at.stranger, f"/bao-cao/ky/{period.public_id}").status_code == 403
    for address in ("o/ZZ", "o/W1", "tong-hop", "ban-1.pdf"):
        assert see(at.officers[0], f"/bao-cao/{report.public_id}/{address}").status_code == 404


def test_a_stale_page_overwrites_nothing(at: Province, period: Period) -> None:
    report = report_of(period, at.communes[0])
    seen = f"{report.ref}@{report.version}"
    press(at.officers[0], f"/bao-cao/{report.public_id}/viet", W1="Một", W2="Một", seen=seen)
    answer = press(at.heads[0], f"/bao-cao/{report.public_id}/viet", W1="Hai", W2="Hai", seen=seen)
    assert "Có người khác vừa xử lý" in answer.content.decode()
    assert report.answers.get(cell="W1").text == "Một"


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("0", 0), ("1.234", 1234), ("12 345", 12345), ("97,5", "97.5"), ("1.000,25", "1000.25")],
)
def test_numbers_are_read_as_offices_write_them(text: str, value: Any) -> None:
    from decimal import Decimal

    assert read_number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["1.5", "1,2,3", "-3", "1e5", "mười", "12.34", "1.2345", "٣"])
def test_what_may_be_meant_either_way_is_asked_again(text: str) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        read_number(text)


@pytest.mark.parametrize("given_back", [False, True])
def test_who_is_only_above_sees_what_was_sent_and_nothing_of_what_is_written_since(
    at: Province, period: Period, given_back: bool
) -> None:
    report = sent(period, at.communes[0], at.heads[0], W4="Lời đã gửi")
    page = f"/bao-cao/{report.public_id}"
    if given_back:
        press(at.district_officer, f"{page}/tra-lai", reason="Thiếu phần kiến nghị")
    else:
        press(at.officers[0], f"{page}/dinh-chinh", reason="Nhầm một hồ sơ")
    press(at.officers[0], f"{page}/viet", W1="Có kế hoạch.", W2="Tốt.", W4="Lời chưa gửi", M1="77")
    press(at.officers[0], f"{page}/o/A2", value="4.321", reason="Lý do chưa gửi")
    for part in ("", "/o/A2", "/o/M1"):
        mine = see(at.officers[0], page + part).content.decode()
        above = see(at.district_officer, page + part)
        assert above.status_code == 200
        for words in ("Lời chưa gửi", "Lý do chưa gửi", "4.321", ">77<", "du-thao"):
            assert words not in above.content.decode(), (part, words)
        assert part == "/o/M1" or "4.321" in mine
    shown = see(at.district_officer, page).content.decode()
    assert "Lời đã gửi" in shown and "Đang xem phiên bản đã gửi" in shown
    assert "Lời chưa gửi" in see(at.officers[0], page).content.decode()
    for ending in ("docx", "xlsx", "pdf"):
        assert see(at.district_officer, f"{page}/du-thao.{ending}").status_code == 404
        assert see(at.district_officer, f"{page}/ban-1.{ending}").status_code == 200
    assert see(at.officers[0], f"{page}/du-thao.docx").status_code == 200
    assert see(at.auditor, f"{page}/du-thao.docx").status_code == 200
    press(at.heads[0], f"{page}/gui")
    assert "Lời chưa gửi" in see(at.district_officer, page).content.decode(), "it is sent by now"
    assert "Lý do chưa gửi" in see(at.district_officer, f"{page}/o/A2").content.decode()


def sending(person: Officer, page: str) -> dict[str, str]:
    """Return what the form for sending carries, as the page drew it."""
    shown = see(person, page).content.decode()
    form = shown[shown.index(f'action="{page}/gui"'):]
    return dict(re.findall(r'name="(request_key|seen|saw)" value="([^"]*)"', form[:form.index("</form>")]))


def test_nothing_is_signed_that_the_signer_did_not_see(at: Province, period: Period) -> None:
    for commune, head in zip(at.communes, at.heads, strict=True):
        sent(period, commune, head)
    page = f"/bao-cao/{report_of(period, at.district).public_id}"
    press(at.district_head, f"{page}/viet", W1="Có kế hoạch.", W2="Tốt.")
    drawn = sending(at.district_head, page)
    below = f"/bao-cao/{report_of(period, at.communes[0]).public_id}"
    press(at.district_officer, f"{below}/tra-lai", reason="Thiếu phần kiến nghị")
    answer = press(at.district_head, f"{page}/gui", **drawn).content.decode()
    assert "Số liệu đã thay đổi sau khi anh/chị mở trang" in answer and "1/2 đơn vị chưa gửi" in answer
    assert report_of(period, at.district).edition == 0
    drawn = sending(at.district_head, page)
    other = f"/bao-cao/{report_of(period, at.communes[1]).public_id}"
    press(at.district_officer, f"{other}/nhan")
    answer = press(at.district_head, f"{page}/gui", **drawn).content.decode()
    assert "Đã ký gửi báo cáo" in answer, "receiving changes nothing of what was seen"


def test_the_level_above_is_told_that_a_unit_corrected_or_sent_after_it_was_summed_up(
    at: Province, period: Period
) -> None:
    later = SENT + timedelta(hours=1)
    report = sent(period, at.communes[0], at.heads[0])
    above = sent(period, at.district, at.district_head)
    page = f"/bao-cao/{above.public_id}"
    needs = "cần đính chính: đơn vị dưới đã thay đổi"
    assert "sau khi tổng hợp" not in see(at.district_head, page).content.decode()
    assert needs not in see(at.district_head, "/bao-cao/").content.decode()
    with clock.travelling(later):
        actions.correct(Call(at.officers[0]), report=report, reason="Nhầm một hồ sơ")
    assert "sau khi tổng hợp" not in see(at.district_head, page).content.decode(), "the former version stands"
    sent(period, at.communes[0], at.heads[0], later, W4="Sửa rồi")
    sent(period, at.communes[1], at.heads[1], later)
    for address in (page, f"{page}/tong-hop"):
        shown = see(at.district_head, address).content.decode()
        assert f"{at.communes[0].name} đã đính chính sau khi tổng hợp" in shown
        assert f"{at.communes[1].name} đã gửi báo cáo sau khi tổng hợp" in shown
        assert "mở đính chính báo cáo này" in shown
    assert "mở đính chính báo cáo này" not in see(at.auditor, page).content.decode()
    assert needs in see(at.district_head, "/bao-cao/").content.decode()
    with clock.travelling(later):
        actions.correct(Call(at.district_officer), report=report_of(period, at.district), reason="Xã đính chính")
    sent(period, at.district, at.district_head, later)
    assert "sau khi tổng hợp" not in see(at.district_head, page).content.decode()
    assert needs not in see(at.district_head, "/bao-cao/").content.decode()
    press(at.district_officer, f"/bao-cao/{report.public_id}/tra-lai", reason="Còn thiếu")
    assert f"{at.communes[0].name} đã bị trả lại sau khi tổng hợp" in see(at.district_head, page).content.decode()
