"""The door through the browser's eyes: sign-in, lock-out, printed codes, change of officer, what is left behind."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.foundation.core import time
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions, sessions
from motcua.foundation.identity.models import Account, DeskSession, DeskVisit
from motcua.foundation.identity.secrets import hashed, new_code
from motcua.foundation.identity.tests.factories import PASSWORD, officer
from motcua.foundation.identity.tests.office import Office, account_of, office
from motcua.foundation.identity.types import Officer, Role

pytestmark = pytest.mark.django_db
PIN = "2748"


@pytest.fixture
def at() -> Office:
    cache.clear()
    return office()


def with_pin(person: Officer) -> Account:
    Account.objects.filter(pk=person.account_id).update(pin=hashed(PIN))
    return account_of(person)


def signed_in(client: Client, person: Officer) -> Account:
    account = account_of(person)
    response = client.post("/dang-nhap", {"username": account.username, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()
    return account


def who(client: Client) -> int | None:
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


def test_the_page_is_reached_from_a_closed_one_and_leads_back(client: Client, at: Office) -> None:
    response = client.get("/tai-khoan")
    assert response["Location"] == "/dang-nhap?next=/tai-khoan"
    account = account_of(at.person)
    response = client.post(
        "/dang-nhap", {"username": f" {account.username.upper()} ", "password": PASSWORD, "next": "/tai-khoan"}
    )
    assert response["Location"] == "/tai-khoan"
    assert account.full_name in client.get("/tai-khoan").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_no_address_leads_out_of_the_house(client: Client, at: Office, elsewhere: str) -> None:
    response = client.post(
        "/dang-nhap", {"username": account_of(at.person).username, "password": PASSWORD, "next": elsewhere}
    )
    assert "evil" not in response["Location"]
    assert "javascript" not in response["Location"]


def test_a_wrong_name_and_a_wrong_password_look_alike(client: Client, at: Office) -> None:
    known = client.post("/dang-nhap", {"username": account_of(at.person).username, "password": "sai"})
    unknown = client.post("/dang-nhap", {"username": "khong.co", "password": "sai"})

    def shown(response: object) -> str:
        text = response.content.decode()  # type: ignore[attr-defined]
        return re.sub(r'value="[^"]*"|\?v=\w+|"X-CSRFToken": "\w+"', "", text)

    assert shown(known) == shown(unknown)
    assert "không đúng" in shown(known)


def test_one_hash_is_computed_whether_the_name_exists_or_not(
    client: Client, at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth import hashers

    counted: list[int] = []
    kind = type(hashers.get_hasher())
    plain = kind.encode

    def counting(hasher: hashers.BasePasswordHasher, password: str, salt: str) -> str:
        counted.append(1)
        return plain(hasher, password, salt)

    monkeypatch.setattr(kind, "encode", counting)
    locked = officer(Role.CLERK, is_locked=True)
    for name in (account_of(at.person).username, "khong.co", account_of(locked).username):
        counted.clear()
        client.post("/dang-nhap", {"username": name, "password": "sai"})
        assert len(counted) == 1, name


def test_five_wrong_passwords_lock_the_name_for_a_quarter_of_an_hour(client: Client, at: Office) -> None:
    name = account_of(at.person).username
    for _ in range(4):
        assert client.post("/dang-nhap", {"username": name, "password": "sai"}).status_code == 200
    response = client.post("/dang-nhap", {"username": name, "password": "sai"})
    assert response.status_code == 429
    assert "15 phút" in response.content.decode()
    right = client.post("/dang-nhap", {"username": name.upper(), "password": PASSWORD})
    assert right.status_code == 429, "not even the right password opens, in whatever letters the name is typed"
    other = {"username": account_of(at.colleague).username, "password": PASSWORD}
    assert client.post("/dang-nhap", other).status_code == 302
    actions.unlock_account(Call(at.admin), account=account_of(at.person))
    assert Client().post("/dang-nhap", {"username": name, "password": PASSWORD}).status_code == 302


def test_the_lock_ends_by_itself(client: Client, at: Office) -> None:
    from axes.models import AccessAttempt

    name = account_of(at.person).username
    for _ in range(5):
        client.post("/dang-nhap", {"username": name, "password": "sai"})
    AccessAttempt.objects.update(attempt_time=time.now() - timedelta(minutes=16))
    assert client.post("/dang-nhap", {"username": name, "password": PASSWORD}).status_code == 302


def test_the_tables_of_the_lock_hold_nothing_that_was_typed(client: Client, at: Office) -> None:
    from axes.models import AccessAttempt, AccessLog

    client.post("/dang-nhap", {"username": "0912345678 ôi gõ nhầm mật khẩu", "password": "bí mật"})
    client.post("/ma-cap-lai", {"username": "ai.do", "code": "abcde-fgh23", "password": "x" * 12, "again": "x" * 12})
    written = " ".join(str(value) for row in AccessAttempt.objects.values() for value in row.values())
    for typed in ("0912345678", "nhầm", "bí mật", "ai.do", "fgh23", "xxxx"):
        assert typed not in written
    assert not AccessLog.objects.exists()


def test_a_session_starts_from_nothing_and_knows_whose_it_is(client: Client, at: Office) -> None:
    client.get("/dang-nhap")
    session = client.session
    session["left"] = "of another"
    session.save()
    old = session.session_key
    account = signed_in(client, at.person)
    assert client.session.session_key != old
    assert "left" not in client.session
    row = DeskSession.objects.get(account=account)
    assert (row.how, bool(row.opened_at)) == ("password", True)
    assert not DeskSession.objects.filter(session_key=old).exists()


def test_cookies_are_closed_to_scripts_and_pages_to_the_cache(client: Client, at: Office) -> None:
    signed_in(client, at.person)
    for name in ("sessionid", "may"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert client.get("/tai-khoan")["Cache-Control"] == "no-store"


def test_every_page_costs_three_queries_for_session_account_and_roles(client: Client, at: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, at.person)
    client.get("/tai-khoan/ma-pin")
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/tai-khoan/ma-pin").status_code == 200
    assert len(caught) == 3, [query["sql"][:90] for query in caught]


def test_signing_in_over_another_leaves_nothing_of_him(client: Client, at: Office) -> None:
    signed_in(client, at.person)
    other = {"username": account_of(at.colleague).username, "password": PASSWORD}
    assert client.post("/dang-nhap", other)["Clear-Site-Data"] == '"storage"'
    assert who(client) == at.colleague.account_id


def test_a_session_ends_with_the_browser(client: Client, at: Office) -> None:
    signed_in(client, at.person)
    assert client.cookies["sessionid"]["max-age"] == ""


def test_my_page_costs_no_more_for_many_roles(client: Client, at: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    signed_in(client, at.person)

    def cost() -> int:
        client.get("/tai-khoan")
        with CaptureQueriesContext(connection) as caught:
            client.get("/tai-khoan")
        return len(caught)

    few = cost()
    for role in (Role.CLERK, Role.CASHIER, Role.SPECIALIST):
        actions.give_role(Call(at.admin), account=account_of(at.person), agency=at.commune, role=role)
    # One more for the names in the story, which begins with the first role given.
    assert cost() <= few + 1 <= 3 + 11


def test_signing_out_leaves_nothing(client: Client, at: Office) -> None:
    signed_in(client, at.person)
    response = client.post("/dang-xuat")
    assert response["Clear-Site-Data"] == '"storage"'
    assert who(client) is None
    assert client.get("/tai-khoan").status_code == 302
    assert not DeskSession.objects.filter(account=at.person.account_id).exists()


def test_locked_and_closed_accounts_do_not_sign_in_and_lose_their_session(client: Client, at: Office) -> None:
    account = signed_in(client, at.person)
    actions.lock_account(Call(at.admin), account=account)
    assert client.get("/tai-khoan").status_code == 302
    refused = client.post("/dang-nhap", {"username": account.username, "password": PASSWORD})
    assert "không đúng" in refused.content.decode()


def test_a_first_password_is_changed_before_anything_else(client: Client, at: Office) -> None:
    Account.objects.filter(pk=at.person.account_id).update(must_change_password=True)
    signed_in(client, at.person)
    assert client.get("/tai-khoan")["Location"] == "/tai-khoan/mat-khau"
    part = client.get("/tai-khoan", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/tai-khoan/mat-khau"
    wrong = client.post("/tai-khoan/mat-khau", {"current": PASSWORD, "password": "một câu khác hẳn", "again": "khác"})
    assert "không giống nhau" in wrong.content.decode()
    new = {"current": PASSWORD, "password": "một câu khác hẳn", "again": "một câu khác hẳn"}
    assert client.post("/tai-khoan/mat-khau", new).status_code == 302
    assert client.get("/tai-khoan").status_code == 200, "the session that changed it goes on"


def test_other_sessions_end_when_the_password_changes(client: Client, at: Office) -> None:
    other = Client()
    signed_in(client, at.person)
    signed_in(other, at.person)
    new = {"current": PASSWORD, "password": "một câu khác hẳn", "again": "một câu khác hẳn"}
    client.post("/tai-khoan/mat-khau", new)
    assert client.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").status_code == 302


def test_a_reset_ends_sessions_and_its_code_opens_once(client: Client, at: Office) -> None:
    account = signed_in(client, at.person)
    code = new_code()
    actions.reset_face_to_face(Call(at.admin), account=account, code=code)
    assert client.get("/tai-khoan").status_code == 302
    form = {"username": account.username, "code": code, "password": "ngắn", "again": "ngắn"}
    assert "ít nhất 10" in client.post("/ma-cap-lai", form).content.decode()
    form |= {"password": "một câu khác hẳn", "again": "một câu khác hẳn"}
    assert client.post("/ma-cap-lai", form).status_code == 302
    assert who(client) == account.pk
    again = Client().post("/ma-cap-lai", form | {"password": "một câu khác nữa", "again": "một câu khác nữa"})
    assert "đã dùng" in again.content.decode()


def test_wrong_codes_lock_the_name_too(client: Client, at: Office) -> None:
    account = account_of(at.person)
    actions.reset_face_to_face(Call(at.admin), account=account, code="abcde-fgh23")
    form = {"username": account.username, "code": "sai", "password": "một câu khác hẳn", "again": "một câu khác hẳn"}
    for _ in range(5):
        response = client.post("/ma-cap-lai", form)
    assert response.status_code == 429
    assert client.post("/ma-cap-lai", form | {"code": "abcde-fgh23"}).status_code == 429


def test_colleagues_of_today_on_this_pc_change_by_pin(client: Client, at: Office) -> None:
    first, second = with_pin(at.person), with_pin(at.colleague)
    signed_in(client, at.colleague)
    client.post("/dang-xuat")
    signed_in(client, at.person)
    session = client.session
    session["half-typed"] = "của người trước"
    session.save()
    before = session.session_key
    page = client.get("/doi-nguoi").content.decode()
    assert first.full_name in page
    assert second.full_name in page
    response = client.post("/doi-nguoi", {"who": second.public_id, "pin": PIN, "next": "/tai-khoan/ma-pin"})
    assert response.status_code == 302
    assert response["Location"] != "/tai-khoan/ma-pin", "another officer does not land on the page of the one before"
    assert response["Clear-Site-Data"] == '"storage"'
    assert who(client) == second.pk
    assert "half-typed" not in client.session
    assert client.session.session_key != before
    assert not DeskSession.objects.filter(session_key=before).exists()
    assert DeskSession.objects.get(account=second).how == "pin"


def test_a_stranger_to_this_pc_is_not_on_its_list(client: Client, at: Office) -> None:
    stranger = with_pin(at.stranger)
    with_pin(at.person)
    signed_in(client, at.person)
    response = client.post("/doi-nguoi", {"who": stranger.public_id, "pin": PIN})
    assert response.status_code == 200
    assert who(client) == at.person.account_id
    assert stranger.full_name not in client.get("/doi-nguoi").content.decode()
    assert "Chưa có ai" in Client().get("/doi-nguoi").content.decode()


def test_the_list_of_a_pc_is_of_today(client: Client, at: Office) -> None:
    with_pin(at.person)
    signed_in(client, at.person)
    with time.travelling(time.now() + timedelta(days=1)):
        assert "Chưa có ai" in client.get("/doi-nguoi").content.decode()


def test_wrong_pins_lock_the_pin_until_the_password(client: Client, at: Office) -> None:
    account = with_pin(at.person)
    signed_in(client, at.person)
    client.post("/dang-xuat")
    pages = [client.post("/doi-nguoi", {"who": account.public_id, "pin": "9999"}).content.decode() for _ in range(5)]
    assert "Còn thử được 4 lần" in pages[0]
    assert "đăng nhập bằng mật khẩu" in pages[4]
    assert client.post("/doi-nguoi", {"who": account.public_id, "pin": PIN}).status_code == 200
    assert who(client) is None
    assert LedgerEvent.objects.filter(subject=account.ref, verb="account.lock_pin").count() == 1
    signed_in(client, at.person)
    client.post("/dang-xuat")
    assert client.post("/doi-nguoi", {"who": account.public_id, "pin": PIN}).status_code == 302


def test_locking_ends_the_session_and_the_same_officer_comes_back_to_his_page(client: Client, at: Office) -> None:
    account = with_pin(at.person)
    signed_in(client, at.person)
    response = client.post("/khoa", {"next": "/tai-khoan/ma-pin"})
    assert who(client) is None
    page = client.get(response["Location"])
    assert re.search(rf'value="{account.public_id}"[^>]* checked', page.content.decode()), "his name is chosen already"
    back = client.post(
        "/doi-nguoi", {"who": account.public_id, "pin": PIN, "next": "/tai-khoan/ma-pin", "ai": account.public_id}
    )
    assert back["Location"] == "/tai-khoan/ma-pin"
    assert response["Clear-Site-Data"] == '"storage"', "a citizen's half-typed data does not wait on a locked desk"


def test_an_address_alone_locks_nobody_out(client: Client, at: Office) -> None:
    account = signed_in(client, at.person)
    page = client.get("/khoa?next=/tai-khoan/ma-pin").content.decode()
    assert who(client) == account.pk
    assert "Khóa máy này?" in page and 'value="/tai-khoan/ma-pin"' in page
    assert "evil" not in client.get("/khoa?next=//evil.example/").content.decode()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account)
    assert strict.post("/khoa").status_code == 403 and who(strict) == account.pk
    assert Client().get("/khoa")["Location"].startswith("/doi-nguoi")


def test_a_desk_left_alone_locks_without_javascript(client: Client, at: Office) -> None:
    signed_in(client, at.person)
    assert client.get("/tai-khoan").status_code == 200
    with time.travelling(time.now() + timedelta(minutes=8)):
        assert client.get("/tai-khoan").status_code == 200, "work goes on"
    with time.travelling(time.now() + timedelta(minutes=8 + 12)):
        assert client.get("/tai-khoan")["Location"] == "/khoa?next=%2Ftai-khoan"
        assert client.get("/khoa?next=%2Ftai-khoan")["Location"].startswith("/doi-nguoi?next=%2Ftai-khoan")
    assert who(client) is None


def test_a_lock_forgets_who_may_come_by_pin(client: Client, at: Office) -> None:
    account = with_pin(at.person)
    signed_in(client, at.person)
    assert DeskVisit.objects.filter(account=account).exists()
    actions.reset_face_to_face(Call(at.admin), account=account, code=new_code())
    assert "Chưa có ai" in client.get("/doi-nguoi").content.decode()


def test_a_person_takes_his_name_off_a_shared_pc(client: Client, at: Office) -> None:
    with_pin(at.person)
    signed_in(client, at.person)
    assert "Không dùng PIN trên máy này nữa" in client.get("/tai-khoan").content.decode()
    client.post("/tai-khoan/phien", {"roi-may": "1"})
    assert "Chưa có ai" in client.get("/doi-nguoi").content.decode()


def test_without_a_role_the_own_page_tells_whom_to_ask(client: Client, at: Office) -> None:
    nobody = officer(home_agency=at.commune)
    signed_in(client, nobody)
    page = client.get("/tai-khoan").content.decode()
    assert "chưa có vai trò" in page
    assert at.admin.name in page


def test_who_works_for_two_agencies_chooses_for_which(client: Client, at: Office) -> None:
    from motcua.foundation.identity.models import RoleGrant

    RoleGrant.objects.create(
        account_id=at.person.account_id, agency=at.department, role=Role.CLERK, valid_from="2015-01-01"
    )
    signed_in(client, at.person)
    client.post("/tai-khoan/co-quan", {"co-quan": at.department.ref})
    assert client.session[sessions.AGENCY] == at.department.pk
    assert client.get("/tai-khoan").context["actor"].agency_name == "Sở Nội vụ"
    refused = client.post("/tai-khoan/co-quan", {"co-quan": at.district.ref}, follow=True)
    assert "không giữ vai trò nào" in refused.content.decode()
    assert client.session[sessions.AGENCY] == at.department.pk
