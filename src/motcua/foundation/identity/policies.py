"""Who may open accounts, give and lend roles, and reset a colleague's password.

The agency's administrator looks after the people of his agency and of those below it, the administrator after all;
each one after himself where the law lets him. Nobody gives himself a role, and who may administer may not thereby read
dossiers: that is asked of `Officer.works_at`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from motcua.foundation.core import time
from motcua.foundation.core.models import Denial
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.models import Account, Delegation, RoleGrant
from motcua.foundation.identity.selectors import agencies_under, not_over
from motcua.foundation.identity.types import RESERVED, Officer, Role
from motcua.foundation.organisations.models import Agency

#: What each one does for himself, and nobody for him.
OWN = frozenset(
    {"account.set_password", "account.set_pin", "account.use_code", "account.end_sessions", "account.leave_desk"}
)
ROWS_DECIDE = frozenset({"account.read", "role.end", "delegation.end"})
_NOBODY = Q(pk__in=[])
_EVERYBODY = ~_NOBODY
SIGN_IN = "Anh/chị cần đăng nhập."
NOT_ADMINISTRATOR = "Chỉ quản trị của cơ quan đó, của cơ quan cấp trên, hoặc quản trị hệ thống mới làm được việc này."
NOT_FOR_ONESELF = "Không ai tự làm việc này cho chính mình. Đề nghị một quản trị khác làm giúp."
ONLY_ONESELF = "Việc này chỉ chính người đó làm được."


class AccountPolicy(Policy):
    """One policy for agencies (opening accounts, giving roles), accounts, roles and lendings."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if actor.ref.startswith("system:"):
            return None
        if not isinstance(actor, Officer):
            return SIGN_IN
        if row is None:
            allowed = verb in OWN or actor.has_anywhere(Role.ADMIN, Role.AGENCY_ADMIN)
        elif isinstance(row, Agency):
            allowed = self._reach(actor, row.pk)
        else:
            allowed = self.rows(actor, verb, type(row)._base_manager.filter(pk=row.pk)).exists()
        return None if allowed else self._reason(actor, verb, row)

    def opening(self, actor: Actor, verb: str) -> str | None:
        # Everybody has a page of his own and may lend what he holds: the rows decide.
        return None if verb in ROWS_DECIDE and actor.is_known else self.refusal(actor, verb, None)

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if not isinstance(actor, Officer):
            return among if actor.ref.startswith("system:") else among.none()
        conditions = {Account: self._accounts, RoleGrant: self._grants, Delegation: self._delegations}
        return among.filter(conditions[among.model](actor, verb))

    def _reason(self, actor: Officer, verb: str, row: Any) -> str:
        if verb in OWN:
            return ONLY_ONESELF
        person = row if isinstance(row, Account) else getattr(row, "account", None)
        return NOT_FOR_ONESELF if person is not None and person.ref == actor.ref else NOT_ADMINISTRATOR

    def _reach(self, actor: Officer, agency_id: int) -> bool:
        if actor.has_anywhere(Role.ADMIN) or actor.has(Role.AGENCY_ADMIN, agency_id=agency_id):
            return True
        return agency_id in reach(actor)

    def _accounts(self, actor: Officer, verb: str) -> Q:
        me = Q(pk=actor.account_id)
        if verb in OWN:
            return me
        if actor.has_anywhere(Role.ADMIN):
            return _EVERYBODY if verb == "account.read" else ~me
        mine = reach(actor)
        if verb == "account.read":
            works_here = RoleGrant.objects.filter(account=OuterRef("pk"), agency__in=mine)
            borrows_here = Delegation.objects.filter(to=OuterRef("pk"), grant__agency__in=mine)
            return me | Q(home_agency__in=mine) | Q(Exists(works_here)) | Q(Exists(borrows_here))
        # Whoever resets a password could sign in by it: an administrator must not climb over a higher one that way.
        above = RoleGrant.objects.filter(not_over(time.today()), account=OuterRef("pk")).filter(
            Q(role__in=RESERVED) | (Q(role=Role.AGENCY_ADMIN) & ~Q(agency__in=mine))
        )
        return Q(home_agency__in=mine) & ~me & ~Q(Exists(above))

    def _grants(self, actor: Officer, verb: str) -> Q:
        mine = Q(account=actor.account_id)
        if actor.has_anywhere(Role.ADMIN):
            looked_after = _EVERYBODY
        else:
            looked_after = Q(agency__in=reach(actor)) & ~Q(role__in=RESERVED)
        return looked_after | mine if verb == "delegation.lend" else looked_after & ~mine

    def _delegations(self, actor: Officer, _verb: str) -> Q:
        involved = Q(to=actor.account_id) | Q(grant__account=actor.account_id)
        if actor.has_anywhere(Role.ADMIN):
            return _EVERYBODY
        return involved | Q(grant__agency__in=reach(actor))


class DenialPolicy(Policy):
    """Who looks over what was denied: administrator and auditor over all, an agency's administrator over his people."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if not isinstance(actor, Officer):
            return SIGN_IN
        allowed = actor.has_anywhere(Role.ADMIN, Role.AUDITOR, Role.AGENCY_ADMIN)
        if allowed and row is not None:
            allowed = self.rows(actor, verb, Denial.objects.filter(pk=row.pk)).exists()
        return None if allowed else "Trang này dành cho quản trị và người kiểm tra."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if not isinstance(actor, Officer):
            return among.none()
        if actor.has_anywhere(Role.ADMIN, Role.AUDITOR):
            return among
        people = Account.objects.filter(home_agency__in=reach(actor))
        return among.filter(actor__in=people.values_list(Concat(Value(f"{Account.kind}:"), "public_id")))


def reach(actor: Officer) -> frozenset[int]:
    """Return the agencies whose people an agency's administrator looks after (at most 1 query)."""
    tops = [agency for agency, held in actor.roles.items() if Role.AGENCY_ADMIN in held]
    return agencies_under(tops) if tops else frozenset()


ACCOUNTS = AccountPolicy()
DENIALS = DenialPolicy()
