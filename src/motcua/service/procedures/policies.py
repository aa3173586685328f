"""Who keeps the catalogue, and who reads it.

Everybody reads what is or was in force. Drafts, flags and imports are for those who control procedures (a dated duty,
never an agency's name), the steward and the auditor; only a controller, or the system itself, changes anything.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.types import Officer, Role
from motcua.service.procedures.models import ImportRun, Procedure, ProcedureVersion, Process
from motcua.service.procedures.types import State

READING = frozenset({"procedure.read", "process.read"})
OVERSEEING = frozenset({"procedure.oversee", "procedure.read_import"})
OVERSEERS = (Role.CONTROLLER, Role.STEWARD, Role.AUDITOR)


class ProcedurePolicy(Policy):
    """The one policy of this room."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if actor.ref.startswith("system:"):
            return None
        if verb in READING and (row is None or not _is_inner(row)):
            return None
        if not isinstance(actor, Officer):
            return "Anh/chị cần đăng nhập."
        if verb in READING or verb in OVERSEEING:
            return None if actor.has_anywhere(*OVERSEERS) else _NOT_OVERSEER
        return None if actor.has_anywhere(Role.CONTROLLER) else _NOT_CONTROLLER

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if self.may(actor, "procedure.oversee"):
            return among if verb in READING | OVERSEEING or self.may(actor, verb) else among.none()
        if verb not in READING:
            return among.none()
        if among.model is Procedure:
            return among.filter(current__isnull=False)
        if among.model in (ProcedureVersion, Process):
            return among.exclude(state=State.DRAFT)
        return among.none()


def _is_inner(row: Any) -> bool:
    """Tell whether the row is not for everybody: a draft, a procedure without a version, an import."""
    if isinstance(row, Procedure):
        return row.current_id is None
    if isinstance(row, ProcedureVersion | Process):
        return row.state == State.DRAFT
    return isinstance(row, ImportRun)


_NOT_OVERSEER = "Phần này dành cho người kiểm soát thủ tục, thường trực cải cách hành chính và kiểm tra."
_NOT_CONTROLLER = "Chỉ người được giao kiểm soát thủ tục hành chính mới làm được việc này."
PROCEDURES = ProcedurePolicy()
