"""Who does what with needles: everybody who signed in reads those of approved programmes; the steward says how each is
counted; the responsible agency (or the steward for it) enters what no record holds. What is asked of rows is answered
by the programme's own policy."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.steering.programme.policies import PROGRAMMES

#: Verbs here → the verb of the programme that has the same right.
_SAME = {
    "needle.offer": "measure.bind", "needle.choose": "measure.bind", "needle.print": "measure.bind",
    "needle.count": "entry.enter",
}


class NeedlePolicy(Policy):
    """The rights of the programme, by their names there."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        return PROGRAMMES.refusal(actor, _SAME.get(verb, verb), row)

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return PROGRAMMES.rows(actor, _SAME.get(verb, verb), among)


class LeadershipPolicy(Policy):
    """The leaders' page: for who leads an agency, drives the programme or watches over it; `leading` says which."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if isinstance(actor, Officer) and actor.has_anywhere(*LEADERS, Role.STEWARD, Role.AUDITOR):
            return None
        return "Trang này dành cho lãnh đạo cơ quan và thường trực cải cách hành chính."


NEEDLES = NeedlePolicy()
LEADERSHIP = LeadershipPolicy()
