"""Verbs of identity: opening an account, giving and ending roles."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from motcua.foundation.core import time
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency


@verb("account.open", policy=ACCOUNTS)
def open_account(
    act: Act, *, username: str, full_name: str, agency: Agency, title: str = "", password: str | None = None
) -> Account:
    """Open an account at an agency. Without a password nobody can sign in until one is set face to face."""
    if Account.objects.filter(username=username).exists():
        raise Invalid("Tên đăng nhập này đã có người dùng. Anh/chị chọn tên khác.", field="username")
    account = Account(username=username, full_name=full_name, home_agency=agency, title=title)
    account.password = make_password(password)
    account.save()
    act.record(account, first=True, agency=agency.ref)
    return account


@verb("role.give", policy=ACCOUNTS, locks=("account",))
def give_role(
    act: Act, *, account: Account, agency: Agency, role: Role, valid_from: date | None = None
) -> RoleGrant:
    """Give a role at an agency from a day on (today unless said otherwise)."""
    grant = RoleGrant(account=account, agency=agency, role=role, valid_from=valid_from or time.today())
    grant.save()
    act.record(account, gave=role, at=agency.ref, since=grant.valid_from.isoformat())
    act.record(grant, first=True, to=account.ref, role=role, at=agency.ref)
    return grant
