"""The administrator's screens: opening, giving, lending, printing a code; and what others get to see of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.foundation.core import time
from motcua.foundation.identity.models import Account, Delegation, RoleGrant
from motcua.foundation.identity.secrets import fits, plain_code
from motcua.foundation.identity.tests.factories import AccountFactory, officer
from motcua.foundation.identity.tests.office import Office, account_of, again, office
from motcua.foundation.identity.types import Officer, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Office:
    return office()


def desk_of(person: Officer) -> Client:
    client = Client()
    client.force_login(account_of(person))
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return str(response.content.decode())


def test_the_administrator_opens_gives_and_prints(at: Office) -> None:
    client = desk_of(at.admin)
    assert "Người trong cơ quan" in page(client, "/tai-khoan"), "the menu leads there"
    response = client.post(
        "/can-bo/mo-tai-khoan",
        {"full_name": "Hà Thị Mai", "username": "ha.mai", "title": "Công chức", "agency": at.commune.pk},
    )
    account = Account.objects.get(username="ha.mai")
    assert response["Location"] == f"/can-bo/{account.public_id}"
    assert "chưa có mật khẩu" in page(client, response["Location"])
    today = time.today()
    client.post(
        f"/can-bo/{account.public_id}/vai-tro",
        {"agency": at.commune.pk, "role": "reception", "valid_from": today.isoformat(), "last": "2099-06-30"},
    )
    assert account.grants.get().valid_to == date(2099, 7, 1), "“đến hết ngày” counts that day"
    slip = client.post(f"/can-bo/{account.public_id}/cap-lai")
    assert slip["Cache-Control"].startswith("max-age=0")
    code = re.search(r'slip-code">([a-z0-9-]+)<', slip.content.decode())
    assert code is not None
    account.refresh_from_db()
    assert fits(plain_code(code[1]), account.reset_code)


def test_a_code_pressed_twice_is_shown_once(at: Office) -> None:
    client, address = desk_of(at.admin), f"/can-bo/{account_of(at.person).public_id}/cap-lai"
    key = {"request_key": "k" * 24}
    assert "slip-code" in client.post(address, key).content.decode()
    second = client.post(address, key).content.decode()
    assert "slip-code" not in second
    assert "gửi hai lần" in second


def test_the_people_of_an_agency_in_few_queries(at: Office) -> None:
    for number in range(30):
        AccountFactory(home_agency=at.commune, full_name=f"Nông Văn {chr(97 + number % 26).upper()}")
    client = desk_of(at.admin)
    page(client, "/can-bo")
    with CaptureQueriesContext(connection) as caught:
        text = page(client, "/can-bo")
    assert at.person.name in text
    assert len(caught) <= 11, [query["sql"][:100] for query in caught]


def test_an_agency_out_of_reach_is_not_shown(at: Office) -> None:
    text = page(desk_of(at.admin), f"/can-bo?co-quan={at.department.public_id}")
    assert at.stranger.name not in text
    assert at.person.name in text, "his own agency is shown instead"
    assert at.stranger.name in page(desk_of(at.root), f"/can-bo?co-quan={at.department.public_id}")


@pytest.mark.parametrize("who", ["person", "colleague", "stranger"])
def test_others_find_no_page_of_a_person(at: Office, who: str) -> None:
    target = account_of(officer(Role.RECEPTION, home_agency=at.commune))
    client = desk_of(getattr(at, who))
    for address in ("", "/cap-lai", "/dong", "/khoa", "/vai-tro"):
        assert client.get(f"/can-bo/{target.public_id}{address}").status_code in {403, 404}, address
        assert client.post(f"/can-bo/{target.public_id}{address}").status_code in {403, 404, 405}, address
    assert client.get("/can-bo").status_code == (200 if who == "stranger" else 403)
    target.refresh_from_db()
    assert target.version == 1


def test_what_a_verb_refuses_stands_at_its_field_with_what_was_typed(at: Office) -> None:
    client, grant = desk_of(at.person), RoleGrant.objects.get(account=at.person.account_id)
    today = time.today()
    response = client.post(
        f"/vai-tro/{grant.public_id}/uy-quyen",
        {"to": at.colleague.account_id, "how": "substitution", "ground": "Đơn số 7",
         "valid_from": (today - timedelta(days=1)).isoformat(), "last": today.isoformat()},
    )
    text = response.content.decode()
    assert "không lùi về trước hôm nay" in text
    assert "Đơn số 7" in text
    assert not Delegation.objects.exists()


def test_an_officer_lends_his_role_from_his_own_page_and_takes_it_back(at: Office) -> None:
    client, grant = desk_of(at.person), RoleGrant.objects.get(account=at.person.account_id)
    address, today = f"/vai-tro/{grant.public_id}/uy-quyen", time.today()
    assert address in page(client, "/tai-khoan")
    assert "Giao ký thừa lệnh" not in page(client, address), "an order to sign is a head's"
    response = client.post(
        address, {"to": at.colleague.account_id, "how": "substitution", "ground": "Đơn số 7",
                  "valid_from": today.isoformat(), "last": today.isoformat()},
    )
    assert response["Location"] == "/tai-khoan"
    assert again(at.colleague).has(Role.RECEPTION)
    lending = Delegation.objects.get()
    assert lending.valid_to == today + timedelta(days=1)
    assert "Làm thay" in page(desk_of(at.admin), f"/can-bo/{account_of(at.colleague).public_id}")
    assert at.person.name in page(desk_of(at.colleague), "/tai-khoan")
    client.post(f"/uy-quyen/{lending.public_id}/ket-thuc", {"day": today.isoformat()})
    assert not again(at.colleague).has(Role.RECEPTION)


def test_an_officer_does_not_end_his_own_role(at: Office) -> None:
    grant = RoleGrant.objects.get(account=at.person.account_id)
    assert f"/vai-tro/{grant.public_id}/ket-thuc" not in page(desk_of(at.person), "/tai-khoan")
    assert desk_of(at.person).post(f"/vai-tro/{grant.public_id}/ket-thuc", {"day": "2099-01-01"}).status_code == 404
    seen_by_admin = page(desk_of(at.admin), f"/can-bo/{account_of(at.person).public_id}")
    assert f"/vai-tro/{grant.public_id}/ket-thuc" in seen_by_admin


def test_a_role_here_for_an_officer_of_elsewhere(at: Office) -> None:
    client, guest = desk_of(at.admin), officer(home_agency=at.department)
    form = {"agency": at.commune.pk, "role": "specialist", "valid_from": time.today().isoformat(), "last": ""}
    wrong = client.post("/can-bo/co-quan-khac", form | {"username": "khong.co"})
    assert "Không có tên đăng nhập này" in wrong.content.decode()
    client.post("/can-bo/co-quan-khac", form | {"username": account_of(guest).username})
    assert again(guest).has(Role.SPECIALIST, agency_id=at.commune.pk)
    assert guest.name in page(client, "/can-bo")


def test_the_screens_of_doing_all_draw(at: Office) -> None:
    client, target = desk_of(at.root), account_of(at.person)
    for slug in ("vai-tro", "chuyen", "khoa", "mo-khoa", "dong", "cap-lai"):
        assert target.full_name in page(client, f"/can-bo/{target.public_id}/{slug}")
    assert client.get(f"/can-bo/{target.public_id}/khong-co").status_code == 404
    for address in ("/can-bo/mo-tai-khoan", "/can-bo/co-quan-khac", "/tai-khoan/ma-pin", "/tai-khoan/mat-khau"):
        page(client, address)


def test_closing_and_locking_on_screen(at: Office) -> None:
    client, target = desk_of(at.admin), account_of(at.person)
    client.post(f"/can-bo/{target.public_id}/khoa")
    assert "đang khóa" in page(client, f"/can-bo/{target.public_id}")
    client.post(f"/can-bo/{target.public_id}/mo-khoa")
    client.post(f"/can-bo/{target.public_id}/dong", {"day": time.today().isoformat()})
    target.refresh_from_db()
    assert not target.is_active
    assert target.full_name not in page(client, "/can-bo")
    assert target.full_name in page(client, "/can-bo?tat-ca=on")
