"""The door and the people in a real browser: readable by everyone, and a change of officer that leaves nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.secrets import hashed
from motcua.foundation.identity.tests.factories import PASSWORD, AccountFactory, officer
from motcua.foundation.identity.tests.office import Office, account_of, office
from motcua.foundation.identity.types import Lending, Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
#: Name a folder here to keep a picture of every page, for looking at them.
PICTURES = os.environ.get("MOTCUA_PICTURES")
PIN = "2748"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module", autouse=True)
def _emptied_between_tests(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lift the ledger's guard: a live server commits, so the store is emptied after each test, its ledger too."""
    guard = import_module("motcua.foundation.core.migrations.0002_ledger_is_append_only")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        guard.unguard(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        guard.guard(None, editor)


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
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def at() -> Office:
    """The office of the other tests, with people in every state that a page shows."""
    found = office()
    for person, name, title in (
        (found.person, "Nông Thị Hạnh", "Công chức tư pháp – hộ tịch"),
        (found.colleague, "Hà Văn Cường", "Công chức địa chính"),
        (found.admin, "Triệu Thị Bích", "Văn phòng – thống kê"),
    ):
        Account.objects.filter(pk=person.account_id).update(full_name=name, title=title)
    Account.objects.filter(pk__in=[found.person.account_id, found.colleague.account_id]).update(pin=hashed(PIN))
    chairman = officer(Role.CHAIRMAN, home_agency=found.commune, full_name="Đàm Quang Việt", title="Chủ tịch UBND xã")
    today = time.today()
    actions.lend(
        Call(chairman), grant=RoleGrant.objects.get(account=chairman.account_id), to=account_of(found.person),
        how=Lending.DELEGATION, ground="Văn bản ủy quyền số 12/UBND, ký chứng thực bản sao", valid_from=today,
        valid_to=today + timedelta(days=14),
    )
    AccountFactory(home_agency=found.commune, full_name="Bế Thị Ân", is_locked=True)
    RoleGrant.objects.create(
        account_id=found.person.account_id, agency=found.department, role=Role.SPECIALIST, valid_from="2015-01-01"
    )
    return found


def sign_in(page: Page, server: LiveServer, account: Account) -> None:
    page.goto(f"{server.url}/dang-nhap")
    page.fill("#id_username", account.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def look(page: Page, name: str) -> None:
    """Hold the page as it stands to axe at three widths, light and dark."""
    for width, scheme in ((1366, "light"), (768, "light"), (360, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 768})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}-{scheme}.png", full_page=True)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then(done => done.violations.map(one => one.id + ' ' + one.nodes[0].html))")
        assert found == [], (name, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="light")


def test_every_page_of_the_door_and_the_desk_can_be_read(live_server: LiveServer, page: Page, at: Office) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_server.url}/dang-nhap")
    look(page, "sign-in")
    page.click("button[type=submit]")
    look(page, "sign-in-empty")
    page.goto(f"{live_server.url}/ma-cap-lai")
    look(page, "use-code")
    page.goto(f"{live_server.url}/doi-nguoi")
    look(page, "switch-nobody")
    sign_in(page, live_server, account_of(at.person))
    page.goto(f"{live_server.url}/tai-khoan")
    look(page, "my-account")
    page.get_by_role("link", name="Giao người làm thay").first.click()
    look(page, "lend")
    for address, name in (("/tai-khoan/mat-khau", "password"), ("/tai-khoan/ma-pin", "pin"), ("/doi-nguoi", "switch")):
        page.goto(f"{live_server.url}{address}")
        look(page, name)
    assert complaints == []


def test_every_page_of_the_administrator_can_be_read(live_server: LiveServer, page: Page, at: Office) -> None:
    sign_in(page, live_server, account_of(at.admin))
    page.goto(f"{live_server.url}/can-bo")
    look(page, "people")
    page.get_by_role("link", name="Nông Thị Hạnh").click()
    look(page, "person")
    page.get_by_role("link", name="Giao vai trò", exact=True).click()
    look(page, "give-role")
    page.goto(f"{live_server.url}/can-bo/{account_of(at.person).public_id}/cap-lai")
    look(page, "reset")
    page.get_by_role("button", name="Tạo mã và in").click()
    page.wait_for_selector(".slip-code")
    look(page, "slip")
    if PICTURES:
        page.emulate_media(media="print")
        page.screenshot(path=f"{PICTURES}/slip-print.png", full_page=True)
    page.goto(f"{live_server.url}/can-bo/mo-tai-khoan")
    look(page, "open")


def test_an_officer_without_a_role_is_told_whom_to_ask(live_server: LiveServer, page: Page, at: Office) -> None:
    sign_in(page, live_server, account_of(officer(home_agency=at.commune)))
    assert page.get_by_text("Triệu Thị Bích").is_visible()
    look(page, "no-role")


def test_a_locked_name_is_told_how_long_and_whom_to_see(live_server: LiveServer, page: Page, at: Office) -> None:
    name = account_of(at.person).username
    for _ in range(5):
        page.goto(f"{live_server.url}/dang-nhap")
        page.fill("#id_username", name)
        page.fill("#id_password", "sai")
        page.keyboard.press("Enter")
        page.wait_for_selector(".error-summary")
    assert "15 phút" in page.inner_text(".error-summary")
    look(page, "locked")


def test_officers_change_by_two_presses_and_nothing_of_the_first_is_left(
    live_server: LiveServer, page: Page, at: Office
) -> None:
    first, second = account_of(at.person), account_of(at.colleague)
    sign_in(page, live_server, second)
    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url("**/dang-nhap")
    sign_in(page, live_server, first)
    page.goto(f"{live_server.url}/tai-khoan")
    page.evaluate("sessionStorage.setItem('motcua.kept.' + document.body.dataset.officer + '.intake', 'Nông Văn Minh')")
    page.evaluate("localStorage.setItem('anything', 'of the first')")
    before = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    page.get_by_role("link", name="Đổi người").click()
    page.get_by_text("Hà Văn Cường").click()
    page.fill("#id_pin", PIN)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "doi-nguoi" not in url)
    page.goto(f"{live_server.url}/tai-khoan")
    assert page.inner_text("h1") == "Hà Văn Cường"
    after = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert after["sessionid"] != before["sessionid"]
    assert after["csrftoken"] != before["csrftoken"]
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('motcua.kept'))") == []
    assert page.evaluate("localStorage.length") == 0
    for _ in range(3):
        page.go_back()
        assert "Nông Thị Hạnh" not in page.inner_text("h1")


def test_an_idle_desk_locks_itself_and_the_pin_leads_back(live_server: LiveServer, page: Page, at: Office) -> None:
    page.clock.install()
    sign_in(page, live_server, account_of(at.person))
    page.goto(f"{live_server.url}/tai-khoan/ma-pin")
    page.clock.fast_forward("11:00")
    page.wait_for_url("**/doi-nguoi**")
    page.fill("#id_pin", PIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tai-khoan/ma-pin")
