"""An agency has ended: a role held there goes on at the heir, where those who entered the merger asked for it."""

from __future__ import annotations

from motcua.foundation.core import time
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity import rules
from motcua.foundation.identity.actions.ending import end_grant
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.types import DEPUTY_OF, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.types import Period

NEVER_CARRIED = frozenset(DEPUTY_OF)
"""One agency has one head, by a decision that names him: no merger makes a second one."""


@verb("role.succeed", policy=SYSTEM_ONLY, locks=("grant", "account"))
def succeed_role(act: Act, *, grant: RoleGrant, account: Account, heir: Agency) -> RoleGrant:
    """End a role at an agency that ended and go on with it at the heir, for as long as it was given.

    What was lent of it ends. Who holds the role at the heir for some of that time already is given the rest of it, and
    the first new grant is returned; who holds it for all of it is given none. Raises Invalid for a head's role and one
    that is over.
    """
    today, until = time.today(), grant.valid_to
    if Role(grant.role) in NEVER_CARRIED or (until is not None and until <= today):
        raise Invalid(
            "Vai trò này không chuyển theo cơ quan: đã hết, hoặc cần quyết định bổ nhiệm riêng. Chưa ghi gì; anh/chị "
            "giao lại."
        )
    wanted = Period(max(today, grant.valid_from), until)
    end_grant(act, grant, today)
    held = [row.period for row in account.grants.filter(agency=heir, role=grant.role)]
    given = [_give(act, grant, account, heir, part) for part in rules.uncovered(wanted, held)]
    return given[0] if given else grant


def _give(act: Act, former: RoleGrant, account: Account, heir: Agency, period: Period) -> RoleGrant:
    role, since = former.role, period.start.isoformat()
    new = RoleGrant(account=account, agency=heir, role=role, valid_from=period.start, valid_to=period.end)
    new.save()
    act.record(account, gave=role, at=heir.ref, since=since, carried_from=former.agency.ref)
    act.record(
        new, first=True, to=account.ref, role=role, at=heir.ref,
        until=period.end.isoformat() if period.end else None, carried_from=former.agency.ref,
    )
    return new
