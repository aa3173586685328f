"""A row of the programme from late to accepted: its lead agency hands in and issues, the steward accepts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import NewWalker
from tests.browser.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ROW = "Rà soát, đơn giản hóa thủ tục"
PAGES = ("Bảng theo dõi", "Dòng thời gian", "Lịch đến hạn", "Kinh phí", "Kế hoạch", "Đôn đốc", "Việc của cơ quan tôi")


def row_of(person: Walker) -> None:
    """Open the row from the board."""
    person.go("/chuong-trinh/")
    person.link(ROW).first.click()
    person.page.wait_for_selector(".pg-due")


def due(person: Walker, year: int) -> Locator:
    return person.page.locator(".pg-due").filter(has=person.page.get_by_role("heading", name=f"Kỳ năm {year}"))


def fill(person: Walker, year: int, title: str, number: str = "") -> None:
    """Press one of the things that may be done, and answer what it asks."""
    due(person, year).get_by_role("link", name=title).click()
    person.page.wait_for_selector("#id_on")
    if number:
        person.page.fill("#id_number", number)
    person.page.get_by_role("button", name=title, exact=True).click()
    person.page.wait_for_selector(".pg-due")


def test_a_late_row_is_handed_in_issued_and_accepted_by_somebody_else(somebody: NewWalker) -> None:
    lead = somebody("so.giamdoc")
    row_of(lead)
    assert "quá" in due(lead, 2017).inner_text()
    lead.look("programme-row")
    fill(lead, 2017, "Ghi đã trình", "15/TTr-STP")
    assert "UBND tỉnh Bắc Kạn giữ từ" in due(lead, 2017).inner_text()
    fill(lead, 2017, "Ghi đã ban hành", "88/KH-UBND")
    assert due(lead, 2017).get_by_role("link", name="Nghiệm thu").count() == 0, "nobody accepts his own product"
    steward = somebody("thuongtruc")
    row_of(steward)
    fill(steward, 2017, "Nghiệm thu")
    told = due(steward, 2017).inner_text()
    assert "Đã nghiệm thu" in told and "15/TTr-STP" in told and "88/KH-UBND" in told


def test_each_page_of_the_programme_can_be_read_at_a_desk_and_on_a_phone(somebody: NewWalker) -> None:
    person = somebody("thuongtruc")
    person.go("/chuong-trinh/")
    for at, name in enumerate(PAGES):
        person.page.locator(".pg-tabs").get_by_role("link", name=name).click()
        person.page.wait_for_selector(f".pg-tabs [aria-current]:has-text('{name}')")
        person.look(f"programme-{at}")


def test_a_figure_of_the_board_is_reached_and_opened_by_keyboard(somebody: NewWalker) -> None:
    person = somebody("xa.motcua")
    person.go("/chuong-trinh/")
    figure = person.page.locator(".pg-figures a").first
    count = figure.locator(".number-value").inner_text()
    figure.focus()
    person.page.keyboard.press("Enter")
    person.page.wait_for_selector(".pg-figures [aria-current]")
    assert person.page.locator(".pg-row").count() == int(count)
