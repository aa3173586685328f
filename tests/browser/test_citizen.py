"""A citizen's screens without JavaScript, on an old telephone as on a new one."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NewWalker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_all_that_a_citizen_meets_works_without_script(somebody: NewWalker) -> None:
    counter = somebody("so.motcua")
    code = counter.receive_from("Lường Thị Mai", "ly lich", "Cấp phiếu lý lịch tư pháp")
    word = counter.page.inner_text(".receipt >> text=Từ kiểm tra >> .code")

    citizen = somebody(script=False)
    citizen.go("/")
    citizen.page.fill("#id_code", code.lower())
    citizen.page.fill("#id_word", f" {word.upper()} ")
    citizen.button("Xem hồ sơ").click()
    assert citizen.page.url.endswith(f"/tra-cuu/{code}/{word}")
    assert "Sở Tư pháp" in citizen.page.inner_text(".follow-answer")
    assert "Lường Thị Mai" not in citizen.page.content()
    citizen.go("/tra-cuu")
    citizen.page.fill("#id_code", code)
    citizen.page.fill("#id_word", "aaaaaa")
    citizen.button("Xem hồ sơ").click()
    assert citizen.page.locator(".error-summary").is_visible()
    assert citizen.page.locator("#id_code").input_value() == code
    citizen.was_refused(404)
    citizen.go("/thu-tuc/")
    citizen.page.locator("input[type=search]").first.fill("khai sinh")
    citizen.page.keyboard.press("Enter")
    citizen.link("Đăng ký khai sinh").first.click()
    assert "Đăng ký khai sinh" in citizen.page.inner_text("main")
    assert citizen.page.get_by_text("Giấy chứng sinh").first.is_visible()


@pytest.mark.parametrize(
    "address", ["/", "/tra-cuu", "/thu-tuc/", "/thu-tuc/9.000101", "/dang-nhap", "/khong-co-trang-nay"]
)
def test_public_pages_can_be_read(somebody: NewWalker, address: str) -> None:
    citizen = somebody()
    citizen.go(address)
    if address == "/khong-co-trang-nay":
        citizen.was_refused(404)
    citizen.look(f"public{address.replace('/', '-')}")
