"""A quarter of reports: opened, filled, sent by three agencies, rolled up and signed for the province."""

from __future__ import annotations

import io
from datetime import date
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


def last_quarter(today: date) -> int:
    """Return the year of the last third quarter that is certainly over."""
    return today.year - 1


def test_a_quarter_is_opened_filled_sent_and_rolled_up(place: Place, somebody: NewWalker, tmp_path: Path) -> None:
    year = last_quarter(time.today())
    steward = somebody("thuongtruc")
    steward.go("/bao-cao/ky/mo")
    steward.look("reports-opening")
    steward.page.select_option("#id_what", "cchc:q3")
    steward.page.select_option("#id_year", str(year))
    steward.button("Mở kỳ và điền số liệu").click()
    steward.page.wait_for_selector("text=Đã mở kỳ báo cáo")
    steward.look("reports-board")
    name = f"Báo cáo quý III/{year}"

    officer = somebody("xa.chuyenvien")
    open_report(officer, name)
    officer.look("reports-commune")
    officer.link("Hồ sơ tiếp nhận trong kỳ").click()
    officer.page.fill("#id_value", "12")
    officer.page.fill("#id_reason", "Sổ giấy ghi 12 hồ sơ, mất mạng hai ngày")
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
    received = figures(steward, "A2")
    assert received == {"sum": "12", "registry": "0"}, "what units say and what the registry counts stand side by side"
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
    documents(chairman, tmp_path)


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


def documents(person: Walker, folder: Path) -> None:
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
    assert units["UBND huyện Bạch Thông"][heads.index("A2")] == 12
