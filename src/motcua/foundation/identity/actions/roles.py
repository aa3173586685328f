"""Verbs on roles: giving and ending. A role is dated; ending it changes nothing of what was done under it."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity import limits, rules
from motcua.foundation.identity.actions.ending import end_grant
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.policies import ACCOUNTS, NOT_FOR_ONESELF
from motcua.foundation.identity.selectors import level_of
from motcua.foundation.identity.types import RESERVED, WEIGHTY, Eyes, Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day
from motcua.foundation.organisations.types import Period


@verb("role.give", policy=ACCOUNTS, locks=("account",), on="agency")
def give_role(
    act: Act, *, account: Account, agency: Agency, role: Role, valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role at an agency from a day on (today unless said otherwise) until before another.

    Nobody gives himself one. Raises Denied, Invalid, BadPeriod.
    """
    wanted = Period(valid_from or time.today(), valid_to)
    _check_giver(act.actor, account, role)
    if account.closed_on is not None and (wanted.end is None or wanted.end > account.closed_on):
        raise Invalid(
            "Tài khoản này đã đóng hoặc sẽ đóng trong thời gian đó; chưa giao vai trò. Anh/chị chọn lại thời gian."
        )
    if agency.valid_to is not None and agency.valid_to <= register_day():
        raise Invalid(
            "Cơ quan này đã kết thúc hoạt động; chưa giao vai trò. Anh/chị chọn cơ quan khác.",
            field="agency",
        )
    rules.check_given(wanted, [row.period for row in account.grants.filter(agency=agency, role=role)])
    alone = _is_alone(act.actor, account, agency, role)
    grant = RoleGrant(account=account, agency=agency, role=role, valid_from=wanted.start, valid_to=wanted.end)
    grant.save()
    until = wanted.end.isoformat() if wanted.end else None
    act.record(account, gave=role, at=agency.ref, since=wanted.start.isoformat())
    act.record(grant, first=True, to=account.ref, role=role, at=agency.ref, until=until, one_person=alone)
    return grant


def _check_giver(giver: Actor, account: Account, role: Role) -> None:
    if giver.ref == account.ref:
        raise Denied(NOT_FOR_ONESELF)
    if role in RESERVED and isinstance(giver, Officer) and not giver.has_anywhere(Role.ADMIN):
        raise Denied(f"Vai trò “{role.label}” chỉ quản trị hệ thống giao.")


def _is_alone(giver: Actor, account: Account, agency: Agency, role: Role) -> bool:
    """Return whether one person alone made this officer; where two are needed, refuse it."""
    if role not in WEIGHTY or giver.ref == SYSTEM_ACTOR.ref:
        return False
    opened = LedgerEvent.objects.filter(subject=account.ref, verb="account.open", actor=giver.ref)
    if not opened.exists():
        return False
    if rules.pair_of_eyes(level_of(agency), limits.strict_levels()) is Eyes.TWO:
        raise Denied(
            f"Anh/chị đã mở tài khoản này, nên người khác phải giao vai trò “{role.label}”: ở cấp này "
            "việc ký, đóng dấu và quản trị cần hai người cùng chịu trách nhiệm. Đề nghị một quản trị khác giao."
        )
    return True


@verb("role.end", policy=ACCOUNTS, locks=("grant",))
def end_role(act: Act, *, grant: RoleGrant, day: date | None = None) -> RoleGrant:
    """End a role: it is not held on the day (today unless said otherwise) nor after. What is lent of it ends too."""
    day = day or time.today()
    if grant.valid_to is not None and grant.valid_to <= day:
        raise Invalid(
            "Vai trò này đã kết thúc trước ngày đó rồi; không có gì thay đổi. Anh/chị chọn ngày sớm hơn.",
            field="day",
        )
    if day < time.today():
        raise Invalid("Ngày thôi giữ vai trò không thể trước hôm nay; chưa ghi gì. Anh/chị chọn lại ngày.", field="day")
    end_grant(act, grant, day)
    return grant
