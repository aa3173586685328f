"""People of three kinds, as identity would give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from motcua.foundation.core.refs import Ref


@dataclass(frozen=True)
class Person:
    """An officer with roles: `roles` anywhere, `own` at the agencies with these keys."""

    roles: tuple[str, ...] = ()
    own: tuple[int, ...] = ()
    ref: Ref = field(default=Ref("account:p1"))
    agency_ref: str = ""
    is_known: bool = True
    name: str = "Hoàng Thị Thử"
    agency_name: str = "UBND xã Thử"
    here: frozenset[str] = frozenset()

    def has(self, *wanted: str, agency_id: int | None = None) -> bool:
        return agency_id in self.own and "agency-admin" in wanted

    def has_anywhere(self, *wanted: str) -> bool:
        return bool(set(wanted) & set(self.roles))


STEWARD = Person(("steward",))
COLLEAGUE = Person(("specialist",), ref=Ref("account:p2"))
