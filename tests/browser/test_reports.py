"""A report of all agencies: opened, filled, sent by three of them, rolled up and signed for the province."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from motcua.foundation.core import time
from tests.browser.conftest import NewWalker
from tests.browser.place import Place
from tests.browser.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DATA = "openxmlformats"


def days_with_dossiers(today: date) -> tuple[date, date]:
    """Return days that are over and in which the exercise's dossiers were received."""
    return today - timedelta(days=80), today - timedelta(days=1)


def open_period(steward: Walker, name: str) -> None:
    """Open a quarter's report, with the days in which the exercise has dossiers."""
    first, last = days_with_dossiers(time.today())
    steward.go("/bao-cao/ky/mo")
    steward.look("reports-opening")
    steward.page.select_option("#id_what", "cchc:q3")
    steward.page.select_option("#id_year", str(last.year))
    steward.page.click("details > summary:has-text('Ngày và đơn vị khác')")
    due = last + timedelta(days=10)
    days = {"first": first, "last": last, "due_below": due, "due_direct": due, "due_top": due}
    steward.page.fill("#id_name", name)
    for field, day in days.items():
        steward.page.fill(f"#id_{field}", f"{day.day}/{day.month}/{day.year}")
    steward.page.keyboard.press("Escape")
    steward.button("Mở kỳ và điền số liệu").click()
    steward.page.wait_for_selector("text=Đã mở kỳ báo cáo")
    steward.look("reports-board")


def test_a_quarter_is_opened_filled_sent_and_rolled_up(place: Place, somebody: NewWalker, tmp_path: Path) -> None:
    steward, name = somebody("thuongtruc"), "Báo cáo quý về kết quả một cửa thu đông"
    open_period(steward, name)
    filled_from_dossiers(steward, place)

    officer = somebody("xa.chuyenvien")
    open_report(officer, name)
    officer.look("reports-commune")
    officer.link("Hồ sơ tiếp nhận trong kỳ").click()
    counted = received(place, "UBND xã Cẩm Giàng")
    stated = counted + 12
    officer.page.fill("#id_value", str(stated))
    officer.page.fill("#id_reason", f"Sổ giấy ghi {stated} hồ sơ, mất mạng hai ngày")
    officer.look("reports-cell")
    officer.button("Ký và ghi số của đơn vị").click()
    officer.page.wait_for_selector("text=Đơn vị nêu số khác")
    officer.page.fill("#id_W4", "Xin thêm một máy quét")
    officer.button("Lưu lời và số tự nhập").click()
    officer.page.wait_for_selector(".toasts :text('Đã lưu lời')")
    send(somebody("xa.chutich"), name)

    district = somebody("bachthong.chutich")
    open_report(district, name)
    assert "- UBND xã Cẩm Giàng: Xin thêm một máy quét" in district.page.input_value("#id_W4")
    district.button("Lưu lời và số tự nhập").click()
    district.page.wait_for_selector(".toasts :text('Đã lưu lời')")
    district.look("reports-district")
    send(district, name)

    department = somebody("so.giamdoc")
    open_report(department, name)
    department.button("Lưu lời và số tự nhập").click()
    department.page.wait_for_selector(".toasts :text('Đã lưu lời')")
    send(department, name)

    steward.go("/bao-cao/ky/")
    steward.link(name).click()
    steward.link("Bảng tổng hợp").click()
    steward.page.wait_for_selector("tfoot")
    steward.look("reports-roll-up")
    senders = counted + received(place, "UBND huyện Bạch Thông") + received(place, "Sở Tư pháp")
    said = figures(steward, "A2")
    assert received(place) > 0
    assert said["registry"] == str(received(place)), "the registry counts every dossier of the province"
    assert said["sum"] == str(senders + 12 + received(place, "UBND tỉnh Bắc Kạn")), "what units say stands beside it"
    steward.go("/bao-cao/")
    waiting = steward.page.get_by_role("region", name=name)
    waiting.get_by_role("link", name="Sở Tư pháp").click()
    steward.button("Nhận báo cáo").click()
    steward.page.wait_for_selector("text=Đã nhận báo cáo")

    chairman = somebody("chutich")
    open_report(chairman, name)
    chairman.button("Lưu lời và số tự nhập").click()
    chairman.page.wait_for_selector(".toasts :text('Đã lưu lời')")
    send(chairman, name)
    chairman.look("reports-province")
    documents(chairman, tmp_path, stated + received(place, "UBND huyện Bạch Thông"))


def received(place: Place, agency: str = "%") -> int:
    """Return how many dossiers an agency, or all, received in the period's days: counted in the store itself."""
    first, last = (day.isoformat() for day in days_with_dossiers(time.today()))
    with closing(sqlite3.connect(f"file:{place.home / 'motcua.sqlite3'}?mode=ro", uri=True)) as store:
        found = store.execute(
            "SELECT COUNT(*) FROM dossiers_dossier d JOIN organisations_agency a ON a.id = d.receiving_id "
            "WHERE a.name LIKE ? AND date(d.received_at, '+7 hours') BETWEEN ? AND ?", (agency, first, last),
        )
        return int(found.fetchone()[0])


def filled_from_dossiers(steward: Walker, place: Place) -> None:
    """Fail unless the report of the agency that received most dossiers was filled with exactly so many."""
    board = steward.page.url
    with closing(sqlite3.connect(f"file:{place.home / 'motcua.sqlite3'}?mode=ro", uri=True)) as store:
        reports = store.execute(
            "SELECT a.name, r.public_id FROM reports_report r JOIN organisations_agency a ON a.id = r.unit_id "
            "JOIN reports_period p ON p.id = r.period_id WHERE p.public_id = ?", (board.rpartition("/")[2],),
        ).fetchall()
    most, public_id = max((received(place, name), public_id) for name, public_id in reports)
    assert most > 0, "the exercise has dossiers in these days"
    steward.go(f"/bao-cao/{public_id}/o/A2")
    assert registry_number(steward) == most
    steward.page.goto(board)


def registry_number(person: Walker) -> int:
    """Return what the registry counts, as the page of a figure shows it."""
    text = person.page.locator(".figures").inner_text()
    found = re.search(r"Hệ thống đếm\s+([\d.]+)|([\d.]+)\s+Hệ thống đếm", text, re.IGNORECASE)
    assert found is not None, text
    return int((found[1] or found[2]).replace(".", ""))


def open_report(person: Walker, name: str) -> None:
    """Open one's own unit's report: the first of that name that is still to be done."""
    person.go("/bao-cao/")
    person.link(name).first.click()
    person.page.wait_for_selector("#loi")


def send(person: Walker, name: str) -> None:
    """Sign and send."""
    if not person.button("Ký gửi").count():
        open_report(person, name)
    person.button("Ký gửi").click()
    person.page.locator("dialog[open]").get_by_role("button", name="Ký và gửi").click()
    person.page.wait_for_selector(".toasts :text('Đã ký gửi')")


def figures(person: Walker, code: str) -> dict[str, str]:
    """Return the sum and the registry's number of a cell, as the roll-up shows them."""
    heads = person.page.locator("thead th").all_inner_texts()
    at = [head.strip().upper() for head in heads].index(code) - 2
    rows = person.page.locator("tfoot tr")
    return {
        name: rows.nth(row).locator("td").nth(at).inner_text().strip() for name, row in (("sum", 0), ("registry", 2))
    }


def documents(person: Walker, folder: Path, district: int) -> None:
    """Fetch the three documents and read them as other programs do."""
    here = person.page.url.removeprefix(person.place.address).partition("#")[0]
    text = person.read_pdf(f"{here}/ban-1.pdf", folder / "report.pdf")
    assert "Độc lập - Tự do - Hạnh phúc" in text and "TM. ỦY BAN NHÂN DÂN" in text and "Bộ Nội vụ" in text
    answer = person.page.request.get(f"{person.place.address}{here}/ban-1.docx")
    assert DATA in answer.headers["content-type"]
    tables = Document(io.BytesIO(answer.body())).tables
    assert "TỈNH BẮC KẠN" in tables[0].rows[0].cells[0].text
    answer = person.page.request.get(f"{person.place.address}{here}/ban-1.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.body()))
    units = {row[1]: row for row in book["Theo đơn vị"].iter_rows(min_row=6, values_only=True)}
    heads = [str(cell.value).partition(".")[0] for cell in book["Theo đơn vị"][5]]
    assert units["UBND huyện Bạch Thông"][heads.index("A2")] == district
