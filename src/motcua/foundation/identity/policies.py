"""Who may give roles, lend them, and reset a colleague's password."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer, Role


class AccountPolicy(Policy):
    """The agency's administrator looks after his own people; the administrator after all; each one after himself."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if actor.ref.startswith("system:"):
            return None
        if not isinstance(actor, Officer):
            return "Anh/chị cần đăng nhập."
        if actor.has_anywhere(Role.ADMIN):
            return None
        if isinstance(row, Account) and verb in OWN and row.ref == actor.ref:
            return None
        if isinstance(row, Account) and actor.has(Role.AGENCY_ADMIN, agency_id=row.home_agency_id):
            return None
        if row is None and actor.has_anywhere(Role.AGENCY_ADMIN):
            return None
        return "Chỉ quản trị của cơ quan (hoặc chính người đó) mới làm được việc này."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if not isinstance(actor, Officer):
            return among if actor.ref.startswith("system:") else among.none()
        if actor.has_anywhere(Role.ADMIN):
            return among
        mine = [agency for agency, roles in actor.roles.items() if Role.AGENCY_ADMIN in roles]
        return among.filter(home_agency__in=mine) | among.filter(pk=actor.account_id)


OWN = frozenset({"account.set_pin", "account.set_password", "account.read"})
ACCOUNTS = AccountPolicy()
