"""Every verb and every door of identity, done once with marked personal data, for the tests that search for it."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions, selectors
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.office import Office, account_of, again, office
from motcua.foundation.identity.types import Lending, Role

PIN = "2748"
#: Where the marks may stand: the tables of people themselves.
HOMES = frozenset({"identity_account", "identity_delegation"})


def walk(mark: str) -> None:
    """Do it all. `mark` is a word of small letters that stands in every free text and in every secret."""
    at = office()
    account, password = _open(at, mark)
    _work(at, account, mark, password)
    _fail(at, account, mark)
    _merge(at)
    _end(at, account)


def _open(at: Office, mark: str) -> tuple[Account, str]:
    call, password, code = Call(at.admin), f"đường về {mark} xa", f"{mark}23456789"
    account = actions.open_account(
        call, username=f"{mark}.ten", full_name=f"Nông Thị {mark}", title=f"Chức danh {mark}", agency=at.commune
    )
    actions.give_role(call, account=account, agency=at.commune, role=Role.RECEPTION)
    actions.reset_face_to_face(call, account=account, code=code)
    me = Call(selectors.officer(account, time.today()))
    actions.use_code(me, account=account, code=code, password=password)
    actions.set_password(me, account=account, current=password, password=f"{password} hơn")
    actions.set_pin(me, account=account, pin=PIN, current=f"{password} hơn")
    return account, f"{password} hơn"


def _work(at: Office, account: Account, mark: str, password: str) -> None:
    client, today = Client(headers={"User-Agent": f"Firefox/115 {mark}"}), time.today()
    client.post("/dang-nhap", {"username": account.username, "password": password, "next": f"/tai-khoan?{mark}"})
    for address in ("/tai-khoan", "/tai-khoan/ma-pin", "/doi-nguoi"):
        client.get(address)
    client.post("/doi-nguoi", {"who": account.public_id, "pin": PIN})
    me = Call(again(selectors.officer(account, today)))
    lending = actions.lend(
        me, grant=account.grants.get(), to=account_of(at.colleague), how=Lending.SUBSTITUTION,
        ground=f"Nghỉ ốm, giấy của bệnh viện {mark}", valid_from=today, valid_to=today + timedelta(days=3),
    )
    actions.end_lending(me, lending=lending)
    actions.leave_desk(me, account=account, device="")
    actions.end_other_sessions(me, account=account, keep="")


def _fail(at: Office, account: Account, mark: str) -> None:
    """Fail as people do: a password in the field of the name, a wrong code, what the policy forbids."""
    client = Client(headers={"User-Agent": "Chrome/109"})
    client.post("/dang-nhap", {"username": f"mật khẩu {mark}", "password": mark, "next": f"/{mark}"})
    client.post("/ma-cap-lai", {"username": f"{mark}.ten", "code": mark, "password": mark * 3, "again": mark * 3})
    client.post("/doi-nguoi", {"who": mark, "pin": mark, "ai": mark, "next": mark})
    client.force_login(account_of(at.colleague))
    client.post("/can-bo/mo-tai-khoan", {"full_name": mark, "username": mark, "agency": at.commune.pk})
    client.post(f"/can-bo/{account.public_id}/cap-lai")
    actions.lock_pin(Call(SYSTEM_ACTOR), account=account)


def _merge(at: Office) -> None:
    """Carry over a role of an agency that was merged."""
    colleague = account_of(at.colleague)
    actions.succeed_role(Call(SYSTEM_ACTOR), grant=colleague.grants.get(), account=colleague, heir=at.district)


def _end(at: Office, account: Account) -> None:
    call = Call(at.above)
    actions.lock_account(call, account=account)
    actions.unlock_account(call, account=account)
    actions.end_role(call, grant=account.grants.get())
    actions.move_account(call, account=account, agency=at.district)
    actions.close_account(call, account=account)
