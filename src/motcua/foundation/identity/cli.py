"""Commands of identity: the first administrator of a store, and a code for who has nobody above him to ask."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from motcua.foundation.core.cli import Command, CommandError, say

if TYPE_CHECKING:
    from motcua.foundation.identity.models import Account


def _administrator(asked: Namespace) -> int:
    """Open an account for an administrator of the whole store and print its one-time code."""
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.errors import Refusal
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.identity import actions, backends
    from motcua.foundation.identity.types import Role
    from motcua.foundation.organisations.selectors import register_day, resolve_code

    agency = resolve_code(asked.agency, register_day())
    if agency is None:
        raise CommandError(f"không có cơ quan nào mang mã {asked.agency!r}; xem `motcua organisations list`")
    if backends.named(asked.username) is not None:
        raise CommandError("tên đăng nhập này đã có người dùng; nếu quên mật khẩu: `motcua account reset`")
    call = Call(SYSTEM_ACTOR)
    try:
        account = actions.open_account(call, username=asked.username, full_name=asked.name, agency=agency)
        actions.give_role(call, account=account, agency=agency, role=Role.ADMIN)
    except Refusal as refusal:
        raise CommandError(refusal.message) from refusal
    return _print_code(account)


def _reset(asked: Namespace) -> int:
    """Print a one-time code for an account; the password and all sessions end."""
    from motcua.foundation.identity import backends

    account = backends.named(asked.username)
    if account is None:
        raise CommandError("không có tên đăng nhập này")
    return _print_code(account)


def _print_code(account: Account) -> int:
    from motcua.foundation.core.actors import SYSTEM_ACTOR
    from motcua.foundation.core.verbs import Call
    from motcua.foundation.core.words import moment
    from motcua.foundation.identity import actions
    from motcua.foundation.identity.secrets import new_code

    code = new_code()
    account = actions.reset_face_to_face(Call(SYSTEM_ACTOR), account=account, code=code)
    say(f"Mã đặt mật khẩu cho {account.username}: {code}")
    say(f"Dùng một lần tại trang /ma-cap-lai, trước {moment(account.reset_until)}.")
    return 0


def _about_administrator(parser: ArgumentParser) -> None:
    parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="tên dùng để đăng nhập, chưa ai có")
    parser.add_argument("--name", required=True, metavar="HỌ_TÊN", help="họ và tên")
    parser.add_argument("--agency", required=True, metavar="MÃ", help="mã cơ quan, theo hệ mã nào cũng được")


def _about_reset(parser: ArgumentParser) -> None:
    parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="tên đăng nhập của người quên mật khẩu")


COMMANDS: tuple[Command, ...] = (
    Command(
        ("account", "administrator"), "mở tài khoản quản trị hệ thống và in mã đặt mật khẩu", _administrator,
        _about_administrator, examples=("motcua account administrator binh.nv --name 'Nguyễn Văn Bình' --agency H03",),
    ),
    Command(
        ("account", "reset"), "in mã đặt lại mật khẩu cho một tài khoản", _reset, _about_reset,
        examples=("motcua account reset binh.nv",),
    ),
)
