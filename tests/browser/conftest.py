"""One server for all walks, one fresh browser profile for each person."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.place import Place, opened
from tests.browser.walker import Walker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NEEDED = ("chromium", "pdftotext")
NewWalker = Callable[..., Walker]


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory, begun: Path) -> Iterator[Place]:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with opened(tmp_path_factory.mktemp("place") / "home", begun) as made:
        yield made


@pytest.fixture(scope="package")
def browser(place: Place) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        shown = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield shown
        shown.close()


@pytest.fixture
def somebody(browser: Browser, place: Place) -> Iterator[NewWalker]:
    """Return a maker of people, each with a browser profile of his own; at the end nobody's console complained."""
    with people_of(browser, place) as new:
        yield new


@contextmanager
def people_of(browser: Browser, place: Place) -> Iterator[NewWalker]:
    """Make people who go to a place."""
    people: list[Walker] = []

    def new(username: str = "", *, script: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="vi-VN", reduced_motion="reduce", java_script_enabled=script
        )
        context.set_default_timeout(60_000)
        people.append(Walker(context.new_page(), place))
        if username:
            people[-1].sign_in(username)
        return people[-1]

    yield new
    for person in people:
        person.page.context.close()
    assert [person.complaints for person in people if person.complaints] == []
