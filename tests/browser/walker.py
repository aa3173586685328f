"""A person at a browser: signs in, presses what stands there, and looks at each page as axe and a phone see it."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python

from tests.browser.place import PASSWORD, Place

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
GRAVE = "axe.run().then(d => d.violations.filter(v => ['serious', 'critical'].includes(v.impact))" \
    ".map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' | ')))"
WIDTHS = (360, 1366)
#: Name a folder here to keep a picture of every page, for looking at them.
PICTURES = os.environ.get("MOTCUA_PICTURES")
ANSWER = ".glance .answer"
#: A browser without a screen dies of printing a PDF; here a press of the printer is counted instead.
PRINTER = "window.print = () => { window.top.printed = (window.top.printed || 0) + 1; };"


@dataclass(slots=True)
class Walker:
    """One person, one browser. `complaints` holds what the console said: a refused script, a page that broke."""

    page: Page
    place: Place
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(PRINTER)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, address: str) -> None:
        self.page.goto(self.place.address + address)

    def sign_in(self, username: str) -> None:
        self.go("/dang-nhap")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "dang-nhap" not in url)

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Thoát").click()
        self.page.wait_for_url("**/dang-nhap")

    def look(self, name: str) -> None:
        """Fail where somebody could not read this page, at a desk or on a phone, or where the console complains."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 768})
            if PICTURES:
                self.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            self.page.evaluate(AXE)
            grave = self.page.evaluate(GRAVE)
            assert grave == [], f"{name} at {width}: {grave}"
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert self.complaints == [], name

    def was_refused(self, status: int) -> None:
        """Say that the page shown was to be a refusal, of which the console speaks too."""
        said = self.complaints.pop()
        assert f"status of {status}" in said, said

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def start_intake(self, words: str, name: str) -> None:
        """Find a procedure by a few words without marks and open its form."""
        self.go("/ho-so/tiep-nhan")
        self.page.fill("#tim-thu-tuc", words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**tim=*")
        self.link(name).click()
        self.page.wait_for_url("**thu-tuc=*")

    def receive(self) -> str:
        """Send the intake form; return the code that the next page shows in large type."""
        self.button("Tiếp nhận và in giấy hẹn").click()
        self.page.wait_for_url("**/da-nhan")
        return self.page.inner_text(".receipt-code").strip()

    def receive_from(self, applicant: str, words: str, name: str) -> str:
        """Receive a dossier whose papers are all there; return its code."""
        self.start_intake(words, name)
        self.page.check("#tn_all_papers")
        self.page.fill("#tn_applicant", applicant)
        return self.receive()

    def open(self, code: str) -> None:
        """Open a dossier the way an officer does who holds its paper: by typing its code."""
        self.go("/ho-so/")
        self.page.locator("input[name=q]").first.fill(code)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
        if not self.page.locator(ANSWER).count():
            self.link(code).first.click()
        self.page.wait_for_selector(ANSWER)

    def press(self, title: str) -> None:
        """Press one of the things that may be done with the dossier now; nothing is asked."""
        self._offer(title).click()
        self._is_written()

    def ask(self, title: str) -> Locator:
        """Press one that asks something, and return its dialog."""
        self._offer(title).click()
        dialog = self.page.locator("dialog[open]")
        dialog.wait_for()
        return dialog

    def send(self, dialog: Locator) -> None:
        dialog.locator("button[type=submit]").click()
        self._is_written()

    def _offer(self, title: str) -> Locator:
        within = self.page.locator(".glance-acts")
        offer = within.get_by_role("link", name=title).or_(within.get_by_role("button", name=title)).first
        if not offer.is_visible():
            within.locator("summary").click()
        return offer

    def _is_written(self) -> None:
        self.page.wait_for_selector(".toasts :text('đã ghi')")
        self.page.wait_for_selector(ANSWER)

    @property
    def answer(self) -> str:
        """Who holds the dossier and what is left, as the page says it first."""
        return re.sub(r"\s+", " ", self.page.inner_text(ANSWER)).strip()

    def read_pdf(self, address: str, to: Path) -> str:
        """Fetch a paper with this person's session and return its words as pdftotext reads them."""
        answer = self.page.request.get(self.place.address + address)
        assert answer.status == 200, answer.status
        assert answer.headers["content-type"] == "application/pdf"
        to.write_bytes(answer.body())
        read = subprocess.run(["pdftotext", "-layout", str(to), "-"], capture_output=True, text=True, check=True)
        return read.stdout
