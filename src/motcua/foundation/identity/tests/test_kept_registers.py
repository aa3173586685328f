"""A desk whose process keeps the registers sees a change of role or account with its very next request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.foundation.core import registers, time
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.tests.factories import PASSWORD
from motcua.foundation.identity.tests.office import Office, account_of, office

pytestmark = [pytest.mark.django_db, pytest.mark.keeps_registers]
PEOPLE = "/can-bo"


@pytest.fixture
def at(client: Client) -> Office:
    cache.clear()
    made = office()
    registers.renew()
    account = account_of(made.admin)
    client.post("/dang-nhap", {"username": account.username, "password": PASSWORD})
    return made


def test_account_and_roles_are_read_once_under_one_mark(client: Client, at: Office) -> None:
    assert client.get(PEOPLE).status_code == 200
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(PEOPLE)
        counts.append(len(queries))
    registers.renew()
    with CaptureQueriesContext(connection) as queries:
        client.get(PEOPLE)
    assert counts == [len(queries) - 2] * 2


def test_a_role_that_a_verb_ended_is_gone_at_the_next_request(client: Client, at: Office) -> None:
    assert client.get(PEOPLE).status_code == 200
    assert client.get(PEOPLE).status_code == 200
    grant = RoleGrant.objects.get(account=at.admin.account_id)
    actions.end_role(Call(at.root), grant=grant)
    assert client.get(PEOPLE).status_code == 403


def test_a_locked_account_is_out_at_the_next_request(client: Client, at: Office) -> None:
    assert client.get("/tai-khoan").status_code == 200
    Account.objects.filter(pk=at.admin.account_id).update(is_locked=True)
    assert client.get("/tai-khoan").status_code == 200, "past all verbs: seen when what was kept is too old"
    registers.renew()
    assert client.get("/tai-khoan").status_code == 302


def test_a_row_changed_past_all_verbs_is_seen_before_long(
    client: Client, at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant = 0.0
    monkeypatch.setattr(registers, "monotonic", lambda: instant)
    registers.renew()
    assert client.get(PEOPLE).status_code == 200
    RoleGrant.objects.filter(account=at.admin.account_id).update(valid_to=time.today() - timedelta(1))
    instant = registers.LONGEST + 1
    assert client.get(PEOPLE).status_code == 403
