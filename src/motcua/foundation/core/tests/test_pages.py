"""Pages for what went wrong: one heading each, and a calm one that asks nothing where the database itself is away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from motcua.foundation.core import settings_rows
from motcua.foundation.core.errors import Busy, StoreAway, StoreFull
from motcua.foundation.core.faults import refusal_of

pytestmark = pytest.mark.django_db


class Away:
    """A database that is not there, counting how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, *_: Any) -> Any:
        self.asked += 1
        raise OperationalError("connection failed: Connection refused")


@pytest.mark.parametrize("address", ["/", "/niem-phong", "/dang-nhap", "/tra-cuu", "/khong-co", "/doi-nguoi"])
def test_a_page_has_one_heading_and_it_says_something(address: str) -> None:
    page = Client().get(address).content.decode()
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert len(headings) == 1 and re.sub(r"<[^>]+>|\s", "", headings[0])


@pytest.mark.parametrize("cookie", ["", "a" * 32])
def test_a_database_that_is_away_gets_a_calm_page_that_asks_it_nothing(cookie: str) -> None:
    settings_rows.read("exercise")
    client, away = Client(raise_request_exception=False), Away()
    if cookie:
        client.cookies["sessionid"] = cookie
    with connection.execute_wrapper(away):
        answer = client.get("/niem-phong")
    page = answer.content.decode()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "60"
    assert "Hệ thống tạm ngừng trong ít phút" in page and "các việc trước đó vẫn còn nguyên" in page
    assert page.count("<h1") == 1 and "Content-Security-Policy" in answer.headers
    assert away.asked == 1


def test_an_exercise_is_marked_on_that_page_as_far_as_it_is_remembered() -> None:
    settings_rows.write("exercise", "Bản diễn tập")
    settings_rows.read("exercise")
    with connection.execute_wrapper(Away()):
        answer = Client(raise_request_exception=False).get("/niem-phong")
    assert answer.status_code == 503 and "Bản diễn tập" in answer.content.decode()


def test_a_page_not_found_while_the_database_goes_is_shown_all_the_same() -> None:
    settings_rows.forget()
    with connection.execute_wrapper(Away()):
        answer = Client(raise_request_exception=False).get("/khong-co-trang-nay")
    assert answer.status_code == 404 and "Không tìm thấy trang này" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OperationalError("unable to open database file"), StoreAway),
        (OperationalError("connection failed: Connection refused"), StoreAway),
        (OperationalError("server closed the connection unexpectedly"), StoreAway),
        (InterfaceError("connection already closed"), StoreAway),
        (OperationalError("database is locked"), Busy),
        (OperationalError("database or disk is full"), StoreFull),
        (OperationalError("no such column: x"), type(None)),
        (ValueError("connection refused"), type(None)),
    ],
)
def test_errors_of_a_database_are_told_apart(error: Exception, kind: type[object]) -> None:
    assert type(refusal_of(error)) is kind
