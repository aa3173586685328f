"""What a screen or a verb denies is noted once in its quarter of an hour, and listed for those who look over it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import denials, time
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.models import Denial
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions
from motcua.foundation.identity.desk.denials import PAGE
from motcua.foundation.identity.policies import DENIALS
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.tests.office import account_of, office
from motcua.foundation.identity.types import Officer, Role

pytestmark = pytest.mark.django_db
NINE = datetime(2025, 4, 24, 9, 3, tzinfo=time.LOCAL_ZONE)
LIST = "/tu-choi"


def signed_in(person: Officer) -> Client:
    client = Client()
    client.force_login(account_of(person))
    return client


def noted() -> list[tuple[str, str, str]]:
    return list(Denial.objects.order_by("id").values_list("actor", "verb", "subject"))


def test_a_robot_that_knocks_again_and_again_leaves_one_row_a_quarter() -> None:
    at = office()
    client = signed_in(at.person)
    with time.travelling(NINE):
        assert [client.get("/can-bo").status_code for _ in range(5)] == [403] * 5
    denials._noted.clear()  # as another process would know nothing of it
    with time.travelling(NINE + timedelta(minutes=10)):
        client.get("/can-bo")
    assert noted() == [(at.person.ref, "account.open", "")]
    with time.travelling(NINE + timedelta(minutes=12)):
        client.get("/can-bo")
    assert len(noted()) == 2


def test_a_verb_that_is_pressed_again_and_again_leaves_one_row_a_quarter_too() -> None:
    at = office()
    for minute in (0, 0, 0, 10, 16):
        with time.travelling(NINE + timedelta(minutes=minute)), pytest.raises(Denied):
            actions.lock_account(Call(at.person), account=account_of(at.stranger))
    assert noted() == [(at.person.ref, "account.lock", at.stranger.ref)] * 2


def test_a_row_that_is_another_s_is_noted_and_one_that_is_none_is_not() -> None:
    at = office()
    client = signed_in(at.person)
    hidden, none = (client.get(reverse("person", args=[key])) for key in (at.stranger.ref[8:], "22222222222222"))
    assert hidden.status_code == none.status_code == 404
    assert all(denials.NOT_THERE in answer.content.decode() for answer in (hidden, none))
    assert noted() == [(at.person.ref, "account.read", at.stranger.ref)]


def test_who_has_not_signed_in_is_led_to_sign_in_and_not_noted() -> None:
    assert Client().get("/can-bo").status_code == 302
    assert noted() == []


def test_a_store_that_cannot_note_it_denies_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("no room")

    monkeypatch.setattr(denials, "_insert", fail)
    assert signed_in(office().person).get("/can-bo").status_code == 403
    assert noted() == []


def test_administrators_and_auditors_read_the_list_each_his_part() -> None:
    at = office()
    for person in (at.person, at.stranger):
        Denial.objects.create(actor=person.ref, verb="dossier.finish", subject="dossier:abc", reason="Không giữ hồ sơ.")
    auditor, counter = officer(Role.AUDITOR), officer(Role.RECEPTION)
    for who, seen in ((at.root, 2), (auditor, 2), (at.admin, 1), (at.above, 1)):
        answer = signed_in(who).get(LIST)
        assert answer.status_code == 200
        assert answer.content.decode().count("Không giữ hồ sơ.") == seen
    assert at.person.name in signed_in(at.admin).get(LIST).content.decode()
    assert signed_in(counter).get(LIST).status_code == 403
    row = Denial.objects.get(actor=at.stranger.ref)
    assert DENIALS.may(at.root, "denial.read", row) and not DENIALS.may(at.admin, "denial.read", row)


def test_the_list_goes_on_page_by_page_and_says_when_it_is_empty() -> None:
    root = signed_in(office().root)
    assert "Chưa có việc nào bị từ chối" in root.get(LIST).content.decode()
    for number in range(PAGE + 1):
        Denial.objects.create(actor=Ref("account:gone"), verb="v", reason=f"lý do {number:03d}.")
    first = root.get(LIST).content.decode()
    last = Denial.objects.order_by("-id")[PAGE - 1].pk
    assert f"?truoc={last}" in first and "lý do 000." not in first
    second = root.get(f"{LIST}?truoc={last}").content.decode()
    assert "lý do 000." in second and "lý do 001." not in second
    assert "Hết danh sách" in root.get(f"{LIST}?truoc=1").content.decode()
    for nonsense in ("x", "9" * 30):
        assert root.get(f"{LIST}?truoc={nonsense}").status_code == 200
