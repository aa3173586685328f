"""Who may read the register, and who may change it."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor, Policy

KEEPERS = ("admin", "steward")
"""The roles that keep the register; words, because identity stands above this room."""


@runtime_checkable
class HoldsRoles(Protocol):
    """What an officer of `identity` can be asked."""

    def has_anywhere(self, *wanted: str) -> bool:
        """Return whether he holds one of the roles at any agency."""


class AgencyPolicy(Policy):
    """Every officer reads the register; the steward and the administrator keep it, and the system loads it."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if not actor.is_known:
            return "Anh/chị cần đăng nhập."
        if verb == "agency.read" or actor.ref.startswith("system:"):
            return None
        if isinstance(actor, HoldsRoles) and actor.has_anywhere(*KEEPERS):
            return None
        return "Chỉ thường trực cải cách hành chính hoặc quản trị hệ thống mới sửa danh mục cơ quan."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return among if self.may(actor, verb) else among.none()


AGENCIES = AgencyPolicy()
