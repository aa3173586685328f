"""Verbs on lendings: a role lent to a colleague, dated and with its written ground."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core import ledger, time
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity import rules
from motcua.foundation.identity.actions.ending import end_delegation
from motcua.foundation.identity.models import Account, Delegation, RoleGrant
from motcua.foundation.identity.policies import ACCOUNTS, NOT_FOR_ONESELF
from motcua.foundation.identity.selectors import running
from motcua.foundation.identity.types import Lending, Role
from motcua.foundation.organisations.types import Period


@verb("delegation.lend", policy=ACCOUNTS, locks=("grant", "to"))
def lend(
    act: Act, *, grant: RoleGrant, to: Account, how: Lending, ground: str, valid_from: date, valid_to: date
) -> Delegation:
    """Lend a role from one day until before another; `ground` names the written delegation.

    The holder lends it, or the agency's administrator enters what the holder decided in writing. A borrowed role is no
    grant, so it cannot be lent on. Raises Denied, Invalid, BadPeriod, BadLending.
    """
    wanted, role, ground = Period(valid_from, valid_to), Role(grant.role), " ".join(ground.split())
    _check_people(act, grant, to, wanted)
    if len(ground) < 5:
        raise Invalid(
            "Chưa có căn cứ nên chưa giao. Anh/chị ghi số, ngày văn bản ủy quyền hoặc quy chế làm việc.",
            field="ground",
        )
    known = to.grants.filter(running(valid_from), agency=grant.agency_id).values_list("role", flat=True)
    rules.check_lendable(role, how, {Role(held) for held in known})
    others = [row.period for row in grant.delegations.all()]
    rules.check_lent(wanted, grant.period, others, time.today())
    lending = Delegation(grant=grant, to=to, how=how, ground=ground, valid_from=valid_from, valid_to=valid_to)
    lending.save()
    since, until = valid_from.isoformat(), valid_to.isoformat()
    act.record(grant, lent_to=to.ref, how=how, since=since, until=until)
    act.record(
        lending, first=True, grant=grant.ref, to=to.ref, how=how, since=since, until=until,
        ground=ledger.digest(lending.salt, ground),
    )
    return lending


def _check_people(act: Act, grant: RoleGrant, to: Account, wanted: Period) -> None:
    if to.pk == grant.account_id:
        raise Invalid("Người này đang giữ chính vai trò đó; chưa giao gì. Anh/chị chọn người khác.", field="to")
    if act.actor.ref == to.ref:
        raise Denied(NOT_FOR_ONESELF)
    if to.is_locked or (to.closed_on is not None and (wanted.end is None or wanted.end > to.closed_on)):
        raise Invalid(
            "Tài khoản của người nhận đang khóa, hoặc đóng trong thời gian đó; chưa giao gì. Anh/chị chọn người khác.",
            field="to",
        )


@verb("delegation.end", policy=ACCOUNTS, locks=("lending",))
def end_lending(act: Act, *, lending: Delegation, day: date | None = None) -> Delegation:
    """End a lending early: it does not hold on the day (today unless said otherwise) nor after."""
    day = day or time.today()
    if lending.valid_to <= day:
        raise Invalid(
            "Việc ủy quyền này đã kết thúc trước ngày đó rồi; không có gì thay đổi. Anh/chị chọn ngày sớm hơn.",
            field="day",
        )
    if day < time.today():
        raise Invalid("Ngày kết thúc không thể trước hôm nay; chưa ghi gì. Anh/chị chọn lại ngày.", field="day")
    end_delegation(act, lending, day)
    return lending
