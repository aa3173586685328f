"""What may be done to an account, a role or a lending: its words, its form, its verb. One screen draws them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions
from motcua.foundation.identity.forms import EndDay, GiveRole, LendRole, MoveAccount, RowForm, after
from motcua.foundation.identity.types import Lending, Role

Run = Callable[[Call, Any, Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to do. `lead` says what it brings about, `done` what is shown when it was done."""

    verb: str
    title: str
    lead: str
    icon: str
    form: type[RowForm]
    run: Run
    done: str
    kind: str = "primary"


def _give(call: Call, account: Any, given: Mapping[str, Any]) -> object:
    return actions.give_role(
        call, account=account, agency=given["agency"], role=Role(given["role"]),
        valid_from=given["valid_from"], valid_to=after(given["last"]),
    )


def _lend(call: Call, grant: Any, given: Mapping[str, Any]) -> object:
    end = after(given["last"])
    assert end is not None
    return actions.lend(
        call, grant=grant, to=given["to"], how=Lending(given["how"]), ground=given["ground"],
        valid_from=given["valid_from"], valid_to=end,
    )


PERSON = {
    "vai-tro": Doing(
        "role.give", "Giao vai trò", "Vai trò có hiệu lực từ đầu ngày được chọn, ở đúng cơ quan được chọn.",
        "user-plus", GiveRole, _give, "Đã giao vai trò.",
    ),
    "chuyen": Doing(
        "account.move", "Chuyển cơ quan", "Các vai trò ở cơ quan cũ vẫn còn cho đến khi được kết thúc.",
        "arrows-exchange", MoveAccount,
        lambda call, account, given: actions.move_account(call, account=account, agency=given["agency"]),
        "Đã chuyển cơ quan.",
    ),
    "khoa": Doing(
        "account.lock", "Khóa tài khoản", "Người này không đăng nhập được nữa và các phiên đang mở kết thúc ngay.",
        "lock", RowForm, lambda call, account, _: actions.lock_account(call, account=account), "Đã khóa tài khoản.",
        "danger",
    ),
    "mo-khoa": Doing(
        "account.unlock", "Mở khóa", "Người này lại đăng nhập được, kể cả khi vừa nhập sai mật khẩu nhiều lần.",
        "lock-open", RowForm, lambda call, account, _: actions.unlock_account(call, account=account), "Đã mở khóa.",
    ),
    "dong": Doing(
        "account.close", "Đóng tài khoản",
        "Dùng khi nghỉ việc, nghỉ hưu. Mọi vai trò và ủy quyền kết thúc cùng ngày; việc đã làm vẫn mang tên người này.",
        "user-check", EndDay,
        lambda call, account, given: actions.close_account(call, account=account, day=given["day"]),
        "Đã đóng tài khoản.", "danger",
    ),
}
ROLE = {
    "uy-quyen": Doing(
        "delegation.lend", "Giao người làm thay",
        "Người nhận có quyền của vai trò này trong những ngày được chọn và không giao tiếp cho ai được.",
        "transfer", LendRole, _lend, "Đã giao người làm thay.",
    ),
    "ket-thuc": Doing(
        "role.end", "Kết thúc vai trò", "Ủy quyền của vai trò này cũng kết thúc theo. Việc đã làm không thay đổi.",
        "ban", EndDay, lambda call, grant, given: actions.end_role(call, grant=grant, day=given["day"]),
        "Đã kết thúc vai trò.", "danger",
    ),
}
END_LENDING = Doing(
    "delegation.end", "Kết thúc ủy quyền", "Người nhận thôi làm thay từ ngày được chọn.", "ban", EndDay,
    lambda call, lending, given: actions.end_lending(call, lending=lending, day=given["day"]),
    "Đã kết thúc ủy quyền.", "danger",
)
