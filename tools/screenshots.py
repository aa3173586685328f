"""Take the pictures of the guides anew from a running demonstration: `python tools/screenshots.py [ADDRESS [PART …]]`.

The parts are `desk` (what officers and citizens meet) and `steering` (programme, numbers, reports).

Needs Chromium and pdftoppm. It receives and moves a few dossiers, so point it at an exercise and nothing else.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "trai-nghiem-mot-cua"  # noqa: S105 - printed at the start of every exercise
PIN = "2748"
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "hinh"
MOST = 150_000
DESK, PHONE = (1366, 768), (390, 780)
#: A browser without a screen dies of printing a PDF.
PRINTER = "window.print = () => {};"


def keep(name: str, taken: bytes) -> None:
    """Write a picture small enough for a guide: 128 colours are plenty for a screen that has few."""
    with Image.open(io.BytesIO(taken)) as picture:
        small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}.png", optimize=True)
    size = (PICTURES / f"{name}.png").stat().st_size
    print(f"{name}.png {size // 1000} kB")  # noqa: T201
    assert size <= MOST, name


class Photographer:
    """Goes where the guides go."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    @contextmanager
    def person(self, username: str = "", *, phone: bool = False) -> Iterator[Page]:
        """Give the page of somebody at a desk, or with a telephone in hand."""
        width, height = PHONE if phone else DESK
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", reduced_motion="reduce", color_scheme="light",
            device_scale_factor=2 if phone else 1,
        )
        page = context.new_page()
        page.add_init_script(PRINTER)
        if username:
            self.sign_in(page, username)
        yield page
        context.close()

    def sign_in(self, page: Page, username: str) -> None:
        page.goto(f"{self.address}/dang-nhap")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "dang-nhap" not in url)

    def desk(self) -> tuple[str, str]:
        """Take what an officer meets in a day; return code and check word of the dossier received."""
        with self.person("so.motcua") as page:
            page.goto(f"{self.address}/ho-so/tiep-nhan?tim=van+phong+cong+chung")
            page.get_by_role("link", name="Thành lập văn phòng công chứng").click()
            page.check("#tn_all_papers")
            page.fill("#tn_applicant", "Hoàng Thị Ngân")
            page.fill("#tn_address", "Tổ 5, phường Sông Cầu")
            page.fill("#tn_phone", "0900 000 123")
            page.set_viewport_size({"width": DESK[0], "height": 1_100})
            page.evaluate("scrollTo(0, 0)")
            keep("tiep-nhan", page.screenshot())
            page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
            page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
            page.wait_for_url("**/da-nhan")
            page.wait_for_timeout(1_000)
            keep("da-nhan", page.screenshot(clip={"x": 0, "y": 0, "width": 1366, "height": 420}))
            code = page.inner_text(".receipt-code").strip()
            word = page.inner_text(".receipt >> text=Từ kiểm tra >> .code").strip()
            keep("giay-hen", self.paper(page, page.get_attribute("[data-print]", "data-print") or ""))
            page.get_by_role("link", name="Mở hồ sơ").click()
            page.get_by_role("link", name="Chuyển bước").first.click()
            page.wait_for_selector("dialog[open]")
            keep("chuyen", page.screenshot())
            page.locator("dialog[open] button[type=submit]").click()
            page.wait_for_selector(".toasts :text('đã ghi')")
        return code, word

    def paper(self, page: Page, address: str) -> bytes:
        """Return the first page of a PDF as a picture."""
        pdf = page.request.get(self.address + address).body()
        command = ["pdftoppm", "-png", "-r", "80", "-singlefile", "-"]
        return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout  # noqa: S603

    def specialist(self, code: str) -> None:
        """Take a pause, with what the citizen has to bring."""
        with self.person("so.chuyenvien") as page:
            page.fill("input[name=q]", code)
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            if not page.locator(".glance").count():
                page.get_by_role("link", name=code).first.click()
            page.get_by_role("button", name="Nhận hồ sơ").first.click()
            page.wait_for_selector(".toasts :text('đã ghi')")
            page.get_by_role("link", name="Tạm dừng").first.click()
            dialog = page.locator("dialog[open]")
            dialog.locator("textarea").fill("Nộp bổ sung bản sao quyết định bổ nhiệm công chứng viên")
            keep("tam-dung", page.screenshot())
            dialog.locator("button[type=submit]").click()
            page.wait_for_selector(".toasts :text('đã ghi')")

    def others(self) -> None:
        """Take the heads', the controller's and the administrators' pages."""
        with self.person("huyen.chutich") as page:
            page.goto(f"{self.address}/don-vi")
            keep("don-vi", page.screenshot())
            page.goto(f"{self.address}/ho-so/?xem=co-quan")
            keep("viec-cua-toi", page.screenshot())
            page.locator("[data-row-link]").first.click()
            page.wait_for_selector(".glance")
            keep("ho-so", page.screenshot())
        with self.person("kiemsoat") as page:
            page.goto(f"{self.address}/thu-tuc/kiem-soat/nhap")
            keep("nhap-thu-tuc", page.screenshot())
        with self.person("quantri") as page:
            for name, where in (("can-bo", "/can-bo"), ("lich", "/lich/?nam=2027")):
                page.goto(self.address + where)
                keep(name, page.screenshot())

    def steering(self) -> None:
        """Take what the steward and the chairman look at."""
        with self.person("thuongtruc") as page:
            page.goto(f"{self.address}/chuong-trinh/")
            programme = page.url
            for name, tab, height in (("chuong-trinh", "", 900), ("dong-thoi-gian", "dong-thoi-gian", 900)):
                page.goto(programme + tab)
                keep(name, page.screenshot(clip={"x": 0, "y": 0, "width": 1366, "height": height}, full_page=True))
            page.goto(f"{programme}muc-tieu")
            page.locator("h2:text-is('Chính quyền điện tử')").scroll_into_view_if_needed()
            keep("muc-tieu", page.locator(".panel:has(h2:text-is('Chính quyền điện tử'))").screenshot())
            page.goto(f"{self.address}/so-lieu/dossiers-on-time-share/")
            keep("so-lieu", page.screenshot())
            page.goto(f"{self.address}/bao-cao/")
            page.locator("main table a").first.click()
            page.wait_for_load_state()
            keep("bao-cao", page.screenshot(clip={"x": 0, "y": 0, "width": 1366, "height": 1_000}, full_page=True))
        with self.person("chutich") as page:
            page.goto(f"{self.address}/lanh-dao")
            keep("lanh-dao", page.screenshot())

    def shared_pc(self) -> None:
        """Take the change of officer between two who signed in on one PC."""
        with self.person() as page:
            for username in ("so.motcua", "so.chuyenvien"):
                self.sign_in(page, username)
                page.goto(f"{self.address}/tai-khoan/ma-pin")
                page.fill("#id_pin", PIN)
                page.fill("#id_current", PASSWORD)
                page.keyboard.press("Enter")
                page.wait_for_url("**/tai-khoan")
                if username == "so.motcua":
                    page.get_by_role("button", name="Thoát").click()
                    page.wait_for_url("**/dang-nhap")
            page.get_by_role("link", name="Đổi người").click()
            page.wait_for_selector("#id_pin")
            keep("doi-nguoi", page.screenshot(clip={"x": 0, "y": 0, "width": 1366, "height": 560}))

    def citizen(self, code: str, word: str) -> None:
        """Take what a telephone shows."""
        with self.person(phone=True) as page:
            page.goto(self.address)
            keep("tra-cuu", page.screenshot())
            page.goto(f"{self.address}/tra-cuu/{code}/{word}")
            keep("theo-doi", page.screenshot())
            page.goto(f"{self.address}/thu-tuc/9.000101")
            keep("thu-tuc", page.screenshot())


def main() -> None:
    from playwright.sync_api import sync_playwright

    address = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000"
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        work = Photographer(browser, address)
        parts = sys.argv[2:] or ["desk", "steering"]
        if "desk" in parts:
            code, word = work.desk()
            work.specialist(code)
            work.others()
            work.shared_pc()
            work.citizen(code, word)
        if "steering" in parts:
            work.steering()
        browser.close()


if __name__ == "__main__":
    main()
