"""Every officer reads the calendar; few keep it."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.organisations.models import Agency

KEEPERS = ("admin", "steward")
OWN_KEEPER = "agency-admin"
"""Roles as words: identity stands above this room."""


@runtime_checkable
class HoldsRoles(Protocol):
    """What an officer of `identity` can be asked."""

    def has(self, *wanted: str, agency_id: int | None = None) -> bool:
        """Return whether he holds one of the roles at the agency."""

    def has_anywhere(self, *wanted: str) -> bool:
        """Return whether he holds one of the roles at any agency."""


class CalendarPolicy(Policy):
    """The steward and the administrator keep the shared calendar; an agency's administrator its own sessions and days.

    `row` is the agency for `calendar.change_own` (None asks whether there is any), else a version or None.
    """

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if not actor.is_known:
            return "Anh/chị cần đăng nhập."
        if verb == "calendar.read" or actor.ref.startswith("system:"):
            return None
        if isinstance(actor, HoldsRoles):
            if actor.has_anywhere(*KEEPERS):
                return None
            if verb == "calendar.change_own" and isinstance(row, Agency) and actor.has(OWN_KEEPER, agency_id=row.pk):
                return None
        if verb == "calendar.change_own":
            return "Chỉ quản trị của chính cơ quan đó, thường trực cải cách hoặc quản trị hệ thống mới sửa lịch riêng."
        return "Chỉ thường trực cải cách hành chính hoặc quản trị hệ thống mới sửa lịch làm việc chung."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return among if self.may(actor, verb) else among.none()


CALENDAR = CalendarPolicy()
