"""One object answers both questions: may this actor do this verb on this row, and which rows are there for him?

Every view and every verb names its policy, so a list and a single reading can never disagree.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from django.db.models import QuerySet

from motcua.foundation.core.refs import Ref


class Actor(Protocol):
    """Who acts. Identity supplies it; core knows only this much."""

    @property
    def ref(self) -> Ref: ...

    @property
    def agency_ref(self) -> str:
        """The agency for which he acts now, or an empty string."""

    @property
    def is_known(self) -> bool:
        """True for a person who signed in and for the system itself."""


class Policy:
    """The base of all policies: nothing is allowed that a subclass does not allow."""

    guards_registers: ClassVar[bool] = True
    """Whether verbs under the policy may change a register (`registers`): after each, every desk reads them anew.

    Daily work, which changes none, says False.
    """

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        """Return why the actor may not do the verb on the row, in words for the person, or None where he may."""
        return "Tài khoản của anh/chị không có quyền làm việc này."

    def opening(self, actor: Actor, verb: str) -> str | None:
        """Return why the actor may not so much as open a screen of the verb, or None where he may.

        It is asked before any row is known. Where the rows themselves decide, a policy lets everybody in who signed in.
        """
        return self.refusal(actor, verb, None)

    def may(self, actor: Actor, verb: str, row: Any = None) -> bool:
        """Return whether the actor may do the verb on the row."""
        return self.refusal(actor, verb, row) is None

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        """Return those rows on which the actor may do the verb."""
        return among.none()


class Everyone(Policy):
    """What anybody may see, signed in or not: the public pages."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        return None

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return among


class SignedIn(Policy):
    """What every officer may see."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        return None if actor.is_known else "Anh/chị cần đăng nhập."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return among if actor.is_known else among.none()


class SystemOnly(Policy):
    """What only the platform itself does: seals, loads, sweeps."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        return None if actor.ref.startswith("system:") else "Việc này chỉ hệ thống tự làm."


EVERYONE = Everyone()
SIGNED_IN = SignedIn()
SYSTEM_ONLY = SystemOnly()

__all__ = ["EVERYONE", "SIGNED_IN", "SYSTEM_ONLY", "Actor", "Everyone", "Policy", "SignedIn", "SystemOnly"]
