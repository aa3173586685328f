"""The menu: rooms declare, the shell asks, the policy decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from motcua.foundation.core import menu
from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("ho-so", nothing, name="m-queue"), path("ho-so/moi", nothing, name="m-intake")]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(menu, "_entries", {})
    monkeypatch.setattr(menu, "_places", {})
    menu.declare(menu.MenuEntry("Tiếp nhận", "m-intake", "user-plus", 20))
    menu.declare(menu.MenuEntry("Việc của tôi", "m-queue", "inbox", 10))
    yield


def test_entries_come_in_order_and_the_longest_address_is_here() -> None:
    drawn = menu.entries(SYSTEM_ACTOR, "/ho-so/moi")
    assert [(entry.label, entry.current) for entry in drawn] == [("Việc của tôi", False), ("Tiếp nhận", True)]


def test_a_stranger_sees_no_entry() -> None:
    assert menu.entries(ANYONE, "/") == []
    assert menu.entries(None, "/") == []


def test_an_entry_declared_twice_counts_once() -> None:
    menu.declare(menu.MenuEntry("Việc của tôi", "m-queue", "inbox", 10))
    assert len(menu.entries(SYSTEM_ACTOR, "/")) == 2


def test_a_place_nobody_declared_is_empty() -> None:
    menu.declare_place("desk", "m-queue")
    assert (menu.place("desk"), menu.place("moon")) == ("/ho-so", "")
