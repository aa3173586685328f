"""Roles at an agency, and the actor a request carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from motcua.foundation.core.refs import Ref


class Role(StrEnum):
    """What a person may be at an agency. Several may be held at once (practice.md, “People at the desk”)."""

    RECEPTION = "reception"
    SPECIALIST = "specialist"
    HEAD = "head"
    DEPUTY = "deputy"
    CHAIRMAN = "chairman"
    VICE_CHAIRMAN = "vice-chairman"
    CLERK = "clerk"
    CASHIER = "cashier"
    CONTROLLER = "controller"
    STEWARD = "steward"
    AGENCY_ADMIN = "agency-admin"
    ADMIN = "admin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.RECEPTION: "Tiếp nhận và trả kết quả",
    Role.SPECIALIST: "Chuyên viên",
    Role.HEAD: "Thủ trưởng",
    Role.DEPUTY: "Phó thủ trưởng",
    Role.CHAIRMAN: "Chủ tịch",
    Role.VICE_CHAIRMAN: "Phó Chủ tịch",
    Role.CLERK: "Văn thư",
    Role.CASHIER: "Thủ quỹ",
    Role.CONTROLLER: "Kiểm soát thủ tục hành chính",
    Role.STEWARD: "Thường trực cải cách hành chính",
    Role.AGENCY_ADMIN: "Quản trị của cơ quan",
    Role.ADMIN: "Quản trị hệ thống",
    Role.AUDITOR: "Kiểm tra, giám sát",
}
LEADERS = frozenset({Role.HEAD, Role.DEPUTY, Role.CHAIRMAN, Role.VICE_CHAIRMAN})


@dataclass(frozen=True, slots=True)
class Officer:
    """A person at work: who he is, for which agency he acts, and which roles he holds there today.

    `roles` maps an agency's key to the roles held there, own and lent ones alike; `lent_by` says whose they are.
    """

    ref: Ref
    account_id: int
    name: str
    agency_id: int
    agency_ref: Ref
    agency_name: str
    roles: dict[int, frozenset[Role]] = field(default_factory=dict)
    is_known: bool = True

    def has(self, *wanted: Role, agency_id: int | None = None) -> bool:
        """Return whether he holds one of the roles at the agency (the one he acts for unless said otherwise)."""
        held = self.roles.get(self.agency_id if agency_id is None else agency_id, frozenset())
        return not held.isdisjoint(wanted)

    def has_anywhere(self, *wanted: Role) -> bool:
        """Return whether he holds one of the roles at any agency."""
        return any(not held.isdisjoint(wanted) for held in self.roles.values())

    @property
    def here(self) -> frozenset[Role]:
        """The roles he holds at the agency he acts for."""
        return self.roles.get(self.agency_id, frozenset())
