"""The kit in a real browser: readable by everyone at each width, light and dark, and quick under the fingers."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest

from motcua.testing import await_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page
    from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
FIRST_LOAD = 300_000
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1366])
@pytest.mark.parametrize("shell", ["desk", "public"])
def test_everyone_can_read_it(live_server: LiveServer, page: Page, shell: str, width: int, scheme: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 768})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.goto(f"{live_server.url}/kit?shell={shell}")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(done => done.violations.map(one => one.id + ' ' + one.nodes[0].html))")
    assert found == []
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_load_is_light(live_server: LiveServer, page: Page) -> None:
    loaded: dict[str, int] = {}
    page.on("response", lambda answer: loaded.update({answer.url: len(gzip.compress(answer.body()))}))
    page.goto(f"{live_server.url}/kit", wait_until="networkidle")
    assert len(loaded) > 5
    assert sum(loaded.values()) <= FIRST_LOAD, loaded


def test_keys_walk_the_board_but_never_inside_a_field(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kit")
    here = "document.querySelector('.is-here .board-code')?.textContent.trim() ?? ''"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(here) == "STP-250421-0003"
    page.keyboard.press("k")
    assert page.evaluate(here) == "STP-250414-0012"
    page.focus("#id_name")
    page.keyboard.type("jk")
    assert page.input_value("#id_name") == "jk"
    assert page.evaluate(here) == "STP-250414-0012"
    page.evaluate("document.activeElement.blur()")
    composing = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key:'j', bubbles:true, isComposing:true}))"
    page.evaluate(composing)
    assert page.evaluate(here) == "STP-250414-0012"


def test_ticked_rows_bring_the_bulk_bar(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kit")
    assert not page.locator("[data-bulk]").is_visible()
    page.locator("[data-tick]").first.check()
    assert page.locator("[data-bulk-count]").text_content() == "1"


def test_what_was_typed_outlives_a_reload_and_is_gone_for_the_next_officer(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kit")
    page.fill("#id_name", "Hoàng Thị Ngân")
    page.check("#id_channel_1")
    assert await_page(page, "Object.keys(sessionStorage).some(key => key.endsWith('.kit'))")
    page.reload()
    assert page.input_value("#id_name") == "Hoàng Thị Ngân"
    assert page.is_checked("#id_channel_1")
    assert page.locator("[data-kept-note]").first.is_visible()
    page.evaluate("sessionStorage.setItem('motcua.kept.account:other.x', '{}')")
    page.evaluate("document.body.dataset.officer = 'account:third'")
    page.add_script_tag(url=page.locator("script[src*='core/motcua.js']").get_attribute("src"))
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('motcua.kept.'))") == []


def test_a_kept_draft_is_discarded_by_one_key(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kit")
    page.fill("#id_name", "Hoàng Thị Ngân")
    page.check("#id_channel_1")
    page.reload()
    assert page.input_value("#id_name") == "Hoàng Thị Ngân"
    page.focus("[data-start-anew]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.input_value("#id_name") != "Hoàng Thị Ngân"
    assert not page.is_checked("#id_channel_1")
    assert not page.locator("[data-kept-note]").first.is_visible()
    page.reload()
    assert page.input_value("#id_name") != "Hoàng Thị Ngân"


def test_a_draft_older_than_a_quarter_of_an_hour_does_not_return(live_server: LiveServer, page: Page) -> None:
    page.clock.install()
    page.goto(f"{live_server.url}/kit")
    page.fill("#id_name", "Hoàng Thị Ngân")
    page.goto("about:blank")
    page.clock.fast_forward("14:00")
    page.goto(f"{live_server.url}/kit")
    assert page.input_value("#id_name") == "Hoàng Thị Ngân"
    page.goto("about:blank")
    page.clock.fast_forward("02:00")
    page.goto(f"{live_server.url}/kit")
    assert page.input_value("#id_name") != "Hoàng Thị Ngân"
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('motcua.kept.'))") == []


def _take_next_day(page: Page, key: Locator, seconds: float) -> bool:
    """Open the calendar and take the next day; being no part of the page, it does not tell when it is open."""
    page.keyboard.press("Escape")
    key.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(seconds * 1000)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    return await_page(page, "document.querySelector('#id_born').value === '6/11/2026'", patience=2)


@pytest.mark.parametrize("width", [360, 1366])
def test_the_calendar_beside_a_day_is_reached_by_keys_named_by_its_label_and_fills_the_line(
    live_server: LiveServer, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{live_server.url}/kit")
    line = page.locator("#id_born").first
    key = page.get_by_role("button", name="Chọn trên lịch: Ngày sinh")
    for typed in ("5/11/2026", "05-11-2026", "5.11.2026", "5 / 11 / 2026"):
        line.fill(typed)
        page.keyboard.press("Tab")
        assert key.evaluate("key => key === document.activeElement"), "the key comes after its line"
        assert any(_take_next_day(page, key, seconds) for seconds in (0.3, 1.5, 5.0))
        assert page.evaluate("document.activeElement.id") == "id_born"
    both = line.bounding_box(), key.bounding_box()
    assert both[0] and both[1] and both[0]["y"] == both[1]["y"] and both[0]["height"] == both[1]["height"]
    assert both[1]["width"] >= 24


def test_a_day_that_is_fixed_and_a_page_without_script_have_no_key(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/kit")
    assert page.locator("#id_born").first.is_visible() and not page.locator("[data-day-open]").first.is_visible()
    context.close()
    context = browser.new_context()
    page = context.new_page()
    page.route("**/kit", lambda route: route.fulfill(
        response=(answer := route.fetch()), body=answer.text().replace('id="id_born"', 'id="id_born" readonly')
    ))
    page.goto(f"{live_server.url}/kit")
    assert page.locator("#id_born[readonly]").first.is_visible()
    assert not page.locator("[data-day-open]").first.is_visible()
    context.close()


def test_a_double_click_sends_once(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kit")
    sent = page.evaluate(
        """() => { let sent = 0; const form = document.querySelector('form[data-keep]');
        form.addEventListener('submit', event => { event.preventDefault(); sent += 1; });
        form.requestSubmit(); form.requestSubmit(); return sent; }"""
    )
    assert sent == 1


def test_a_dialog_opens_and_closes_by_the_keyboard(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kit")
    page.focus("[data-dialog]")
    page.keyboard.press("Enter")
    assert page.locator("#sample-dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#sample-dialog").is_visible()
