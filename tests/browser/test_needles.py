"""A target as a needle: the steward chooses another reading, an agency enters a value, leaders and citizens see it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewWalker
from tests.browser.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LEVEL_3, COMMUNE_STAFF = "Mức độ 3 cấp tỉnh", "Cán bộ xã từ trung cấp trở lên"


def needles(person: Walker) -> None:
    """Open the needles from the programme's board."""
    person.go("/chuong-trinh/")
    person.page.locator(".pg-tabs").get_by_role("link", name="Mục tiêu").click()
    person.page.wait_for_selector(".nd-list")


def open_needle(person: Walker, name: str) -> None:
    needles(person)
    person.page.locator(".nd").get_by_role("link", name=name).click()
    person.page.wait_for_selector(".answer")


def test_another_reading_gives_another_number_and_both_stay_on_screen(somebody: NewWalker) -> None:
    steward = somebody("thuongtruc")
    needles(steward)
    steward.look("needles")
    open_needle(steward, LEVEL_3)
    steward.look("needle-live")
    before = steward.page.locator(".answer").inner_text()
    shown = steward.page.locator(".nd-readings .nd-now").all_inner_texts()
    assert len(shown) == 2
    steward.page.get_by_role("link", name="Chọn cách đọc").click()
    steward.page.get_by_label("Chỉ đúng mức độ 3").check()
    steward.page.fill("#id_basis", "Công văn hướng dẫn của bộ")
    steward.look("needle-choose")
    steward.page.get_by_role("button", name="Áp dụng cách đọc này").click()
    steward.page.wait_for_selector(".answer")
    after = steward.page.locator(".answer").inner_text()
    assert before.startswith(shown[0])
    assert after.startswith(shown[1])
    assert steward.page.locator(".nd-readings .nd-now").all_inner_texts() == shown
    assert "Công văn hướng dẫn của bộ" in steward.page.locator(".nd-holds").inner_text()
    steward.page.locator(".nd-holds").get_by_role("link", name="còn thiếu").click()
    steward.page.wait_for_selector(".nd-missing")
    steward.look("needle-missing")
    first = steward.page.locator(".nd-missing a").first
    name = first.inner_text()
    first.click()
    steward.page.wait_for_load_state()
    assert name in steward.page.locator("h1").inner_text()


def test_a_counted_share_moves_the_needle_and_the_chart(somebody: NewWalker) -> None:
    steward = somebody("thuongtruc")
    open_needle(steward, COMMUNE_STAFF)
    steward.look("needle-entered")
    spots = steward.page.locator(".nd-chart circle").count()
    steward.page.fill("#id_numerator", "760")
    steward.page.fill("#id_denominator", "1.211")
    steward.page.fill("#id_source", "Báo cáo tháng")
    steward.page.get_by_role("button", name="Lưu số liệu").click()
    steward.page.wait_for_selector("text=760 trên 1.211")
    assert steward.page.locator(".answer").inner_text().startswith("62,76%")
    assert steward.page.locator(".nd-chart circle").count() == spots + 1


@pytest.mark.parametrize(
    ("username", "heading"),
    [("chutich", "Chỉ tiêu chậm nhịp"), ("so.giamdoc", "Chỉ tiêu cơ quan chịu trách nhiệm"),
     ("thuongtruc", "Chỉ tiêu quá hạn nhập số")],
)  # fmt: skip
def test_every_leader_has_one_screen(somebody: NewWalker, username: str, heading: str) -> None:
    leader = somebody(username)
    leader.go("/lanh-dao")
    assert leader.page.get_by_role("heading", name=heading).count() == 1
    leader.look(f"leader-{username}")


def test_everybody_reads_and_takes_the_data(somebody: NewWalker) -> None:
    visitor = somebody()
    visitor.go("/")
    visitor.page.get_by_role("link", name="Dữ liệu mở").click()
    visitor.page.wait_for_selector(".open-list")
    visitor.look("open-data")
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("link", name="CSV của Chỉ tiêu").click()
    assert taken.value.path().read_bytes().startswith(b"\xef\xbb\xbfso_van_ban,ma,")
    visitor.page.get_by_role("link", name="Chương trình cải cách hành chính 2016–2020").click()
    visitor.page.wait_for_selector(".nd-list")
    visitor.look("open-programme")
