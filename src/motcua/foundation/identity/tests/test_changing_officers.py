"""The page where officers change: who looks at it loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.foundation.identity.tests.office import Office, office
from motcua.foundation.identity.tests.test_door import signed_in, who, with_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Office:
    return office()


def test_looking_at_the_change_of_officer_ends_nothing(client: Client, at: Office) -> None:
    account = signed_in(client, at.person)
    page = client.get("/doi-nguoi?next=/tai-khoan").content.decode()
    assert who(client) == account.pk
    assert "Chưa ai trên máy này đặt mã PIN" in page and "Làm việc tiếp" in page and "data-forget-now" not in page
    assert 'action="/dang-xuat"' in page, "by a button he leaves"
    with_pin(at.person)
    page = client.get("/doi-nguoi").content.decode()
    assert who(client) == account.pk and "vẫn mở cho đến khi" in page
    client.post("/dang-xuat")
    page = client.get("/doi-nguoi").content.decode()
    assert "vẫn mở" not in page and "data-forget-now" in page
