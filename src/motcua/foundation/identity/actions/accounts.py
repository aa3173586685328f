"""Verbs on accounts: opening, moving, locking, closing. An account is never deleted."""

from __future__ import annotations

from datetime import date

from axes.utils import reset as forget_failures

from motcua.foundation.core import time
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.actions.ending import end_everything, turn_out
from motcua.foundation.identity.backends import locked_name
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.naming import USERNAME, plain_username
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.secrets import NO_SECRET, hashed
from motcua.foundation.organisations.models import Agency


@verb("account.open", policy=ACCOUNTS, on="agency")
def open_account(
    act: Act, *, username: str, full_name: str, agency: Agency, title: str = "", password: str | None = None,
    encoded_password: str | None = None, must_change_password: bool = False,
) -> Account:
    """Open an account at an agency. Without a password nobody signs in until a one-time code is printed for it.

    `encoded_password` is a hash made before, for loading many accounts at once. Raises Invalid.
    """
    username, full_name = plain_username(username), " ".join(full_name.split())
    _check_names(username, full_name)
    account = Account(
        username=username, full_name=full_name, home_agency=agency, title=title.strip(),
        must_change_password=must_change_password,
        password=encoded_password or (hashed(password) if password is not None else NO_SECRET),
    )
    account.save()
    act.record(account, first=True, agency=agency.ref)
    return account


def _check_names(username: str, full_name: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Invalid(
            "Tên đăng nhập gồm 3 đến 60 chữ không dấu, số, dấu chấm, gạch nối. Chưa mở tài khoản; anh/chị nhập lại, "
            "ví dụ “hoang.thi.lan”.", field="username"
        )
    if not full_name:
        raise Invalid("Chưa có họ và tên nên chưa mở tài khoản. Anh/chị nhập họ và tên.", field="full_name")
    if Account.objects.filter(username=username).exists():
        raise Invalid("Tên đăng nhập này đã có người dùng; chưa mở tài khoản. Anh/chị chọn tên khác.", field="username")


@verb("account.move", policy=ACCOUNTS, locks=("account",))
def move_account(act: Act, *, account: Account, agency: Agency) -> Account:
    """Give an account another agency for its own. Roles at the former agency stay until they are ended."""
    if account.home_agency_id == agency.pk:
        raise Invalid(
            "Người này đã thuộc cơ quan đó rồi; không có gì thay đổi. Anh/chị chọn cơ quan khác.",
            field="agency",
        )
    former = account.home_agency.ref
    account.home_agency = agency
    account.save(update_fields=["home_agency"])
    act.record(account, moved_from=former, to=agency.ref)
    return account


@verb("account.lock", policy=ACCOUNTS, locks=("account",))
def lock_account(act: Act, *, account: Account) -> Account:
    """Keep a person from signing in, and end his sessions; for a lost PC or a doubt."""
    if account.is_locked:
        raise Invalid("Tài khoản này đang bị khóa rồi; không có gì thay đổi. Anh/chị tải lại trang.")
    account.is_locked = True
    account.save(update_fields=["is_locked"])
    turn_out(account)
    act.record(account, locked=True)
    return account


@verb("account.unlock", policy=ACCOUNTS, locks=("account",))
def unlock_account(act: Act, *, account: Account) -> Account:
    """Let a person sign in again: lifts the lock, the wait after wrong passwords, and the PIN's."""
    account.is_locked, account.pin_failures = False, 0
    account.save(update_fields=["is_locked", "pin_failures"])
    forget_failures(username=locked_name(account.username))
    act.record(account, locked=False)
    return account


@verb("account.close", policy=ACCOUNTS, locks=("account",))
def close_account(act: Act, *, account: Account, day: date | None = None) -> Account:
    """Close an account from a day on (today unless said otherwise); its roles and lendings end with it."""
    day = day or time.today()
    if account.closed_on is not None and account.closed_on <= time.today():
        raise Invalid("Tài khoản này đã đóng rồi; không có gì thay đổi. Anh/chị tải lại trang.")
    if day < time.today():
        raise Invalid("Ngày đóng không thể trước hôm nay; chưa ghi gì. Anh/chị chọn lại ngày.", field="day")
    account.closed_on = day
    account.save(update_fields=["closed_on"])
    end_everything(act, account, day)
    if not account.is_active:
        turn_out(account)
    act.record(account, closed_on=day.isoformat())
    return account
