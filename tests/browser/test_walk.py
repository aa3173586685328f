"""A dossier's whole way, as people walk it: a counter, three agencies, a pause, the chairman, and the citizen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motcua.testing import await_page, shared_data
from tests.browser.conftest import NewWalker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NAME = "Hoàng Thị Ngân"
PROCEDURE = "Thành lập văn phòng công chứng"


def test_a_dossier_goes_through_three_agencies_and_back_to_its_citizen(somebody: NewWalker, tmp_path: Path) -> None:
    counter = somebody()
    counter.go("/dang-nhap")
    counter.look("sign-in")
    counter.sign_in("so.motcua")
    counter.look("queue-of-the-counter")
    counter.go("/ho-so/tiep-nhan")
    counter.look("intake-choose")
    counter.start_intake("van phong cong chung", PROCEDURE)
    for paper in counter.page.locator(".checklist-row input[type=checkbox]").all():
        paper.check()
    counter.page.fill("#tn_applicant", NAME)
    counter.page.fill("#tn_address", "Tổ 5, phường Sông Cầu")
    counter.page.fill("#tn_phone", "0900 000 123")
    counter.look("intake")
    code = counter.receive()
    assert await_page(counter.page, "window.printed === 1")
    counter.look("received")

    slip = counter.read_pdf(counter.page.get_attribute("[data-print]", "data-print") or "", tmp_path / "slip.pdf")
    assert code in slip
    assert NAME in slip
    word = counter.page.inner_text(".receipt >> text=Từ kiểm tra >> .code")
    assert word in slip.replace(" ", "")  # pdftotext reads some gaps between its letters as spaces

    counter.link("Mở hồ sơ").click()
    counter.page.wait_for_selector(".glance")
    assert counter.answer.startswith("Sở Tư pháp – bước Tiếp nhận")
    counter.look("dossier-received")
    handing = counter.ask("Chuyển bước Thẩm định")
    handing.locator("textarea").fill("Bản giấy đang ở quầy số 2")
    counter.look("hand-over-dialog")
    counter.send(handing)
    assert "bước Thẩm định" in counter.answer

    specialist = somebody("so.chuyenvien")
    specialist.look("queue-of-the-specialist")
    specialist.open(code)
    assert specialist.page.get_by_text("Bản giấy đang ở quầy số 2").is_visible()
    specialist.look("dossier-awaited")
    specialist.press("Nhận hồ sơ")
    specialist.send(specialist.ask("Chuyển bước Xem xét, ký kết quả"))
    director = somebody("so.giamdoc")
    director.open(code)
    director.press("Nhận hồ sơ")
    director.send(director.ask("Chuyển bước Thẩm tra, trình Chủ tịch"))
    assert "Văn phòng UBND tỉnh – bước Thẩm tra" in director.answer

    office = somebody("vanphong.chuyenvien")
    office.open(code)
    office.press("Nhận hồ sơ")
    suspending = office.ask("Tạm dừng")
    suspending.locator("select[name=ground]").select_option("supplement")
    suspending.locator("textarea[name=reason]").fill("Nộp bổ sung bản sao quyết định bổ nhiệm")
    office.look("suspend-dialog")
    office.send(suspending)
    assert "đồng hồ đang dừng" in office.answer
    office.look("dossier-suspended")

    citizen = somebody()
    citizen.go(f"/tra-cuu/{code}/{word}")
    assert citizen.page.get_by_text("Nộp bổ sung bản sao quyết định bổ nhiệm").first.is_visible()
    citizen.look("follow-suspended")

    office.press("Tiếp tục giải quyết")
    office.send(office.ask("Chuyển bước Ký quyết định"))
    chairman = somebody("chutich")
    chairman.open(code)
    assert "UBND tỉnh Bắc Kạn – bước Ký quyết định" in chairman.answer
    chairman.press("Nhận hồ sơ")
    chairman.look("dossier-at-the-chairman")
    chairman.send(chairman.ask("Kết thúc xử lý"))
    chairman.look("dossier-finished")
    chairman.go("/don-vi")
    chairman.look("unit")

    citizen.page.reload()
    assert "kết quả" in citizen.page.inner_text(".follow-answer").lower()
    counter.go("/ho-so/?xem=cho-tra")
    assert counter.link(code).first.is_visible()
    counter.look("ready-to-return")
    counter.open(code)
    counter.send(counter.ask("Trả kết quả"))
    counter.look("dossier-returned")

    citizen.page.reload()
    citizen.look("follow-returned")
    story = citizen.page.inner_text("main")
    for agency in ("Sở Tư pháp", "Văn phòng UBND tỉnh", "UBND tỉnh Bắc Kạn"):
        assert agency in story
    here = counter.page.url.removeprefix(counter.place.address)
    control = counter.read_pdf(f"{here}phieu-kiem-soat.pdf", tmp_path / "control.pdf")
    assert code in control
    assert "Văn phòng UBND tỉnh" in control


def test_a_real_imported_procedure_goes_from_a_commune_to_another_agency(somebody: NewWalker) -> None:
    """A record of the national portal has no internal process here: the officer says where it goes."""
    record = shared_data("procedures", "justice", "1.004884.json")
    counter = somebody("xa.motcua")
    said = json.loads(counter.place.run("procedures", "import", str(record), "--json"))
    assert said["accepted"] + said["flagged"] == 1
    counter.start_intake("1.004884", json.loads(record.read_text(encoding="utf-8"))["ten_thu_tuc"])
    if counter.page.locator(".picks").count():
        counter.look("intake-case")
        counter.page.locator(".picks a").first.click()
    counter.page.check("#tn_all_papers")
    counter.page.fill("#tn_applicant", NAME)
    counter.look("intake-real")
    code = counter.receive()
    counter.link("Mở hồ sơ").click()
    handing = counter.ask("Chuyển")
    handing.locator("select[name=to_agency]").select_option(label="UBND thành phố Bắc Kạn")
    counter.send(handing)
    assert "UBND thành phố Bắc Kạn" in counter.answer
    district = somebody("huyen.chuyenvien")
    district.open(code)
    district.press("Nhận hồ sơ")
    district.send(district.ask("Kết thúc xử lý"))
    counter.open(code)
    counter.send(counter.ask("Trả kết quả"))
    counter.look("dossier-real-returned")
