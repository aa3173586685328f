"""Law is for everybody to read; it is loaded by the system, the steward or the administrator."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor, Policy

KEEPERS = ("admin", "steward", "controller")
"""Roles as words: identity stands above this room."""


@runtime_checkable
class HoldsRoles(Protocol):
    """What an officer of `identity` can be asked."""

    def has_anywhere(self, *wanted: str) -> bool:
        """Return whether he holds one of the roles at any agency."""


class LawPolicy(Policy):
    """Reading is free; keeping is a duty of three roles."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if verb == "law.read" or actor.ref.startswith("system:"):
            return None
        if isinstance(actor, HoldsRoles) and actor.has_anywhere(*KEEPERS):
            return None
        return "Chỉ thường trực cải cách, kiểm soát thủ tục hành chính hoặc quản trị mới sửa văn bản và bộ quy tắc."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return among if self.may(actor, verb) else among.none()


LAW = LawPolicy()
