"""What tests of every room share: where the real data lies, if it is there at all."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds that a page has for what it does by itself; the machine may be busy."""


def shared_data(*parts: str) -> Path:
    """Return a path in the folder of real data, or skip the test where that folder is absent.

    The texts in it are not ours to copy, so tests read them from where they lie.
    """
    root = Path(os.environ.get("MOTCUA_SHARED", CHECKOUT.parent / "shared" / "data"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"real data is not here: {'/'.join(parts)}")
    return path


def examples(few: int, many: int) -> int:
    """Return how much a random test tries: `few` in everyday runs, `many` with HYPOTHESIS_PROFILE=thorough."""
    return many if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else few


def seen(page: str) -> str:
    """Return a page with every white space as one blank, as a browser shows it: layout of a template is no content."""
    return " ".join(page.split())


def await_page(page: Page, condition: str, patience: float = PATIENCE) -> bool:
    """Say whether a condition in the page's script comes to hold in time.

    The browser's own wait asks again from inside the page, where our policy rightly refuses to evaluate words: it
    works only when the condition holds at once. Here each look comes from outside.
    """
    until = time.monotonic() + patience
    while not page.evaluate(condition):
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(50)
    return True
