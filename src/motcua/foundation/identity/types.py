"""Roles at an agency, how they are lent, how papers are signed, and the actor a request carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.foundation.core.refs import Ref


class Role(StrEnum):
    """What a person may be at an agency. Several may be held at once."""

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
DEPUTY_OF = {Role.HEAD: Role.DEPUTY, Role.CHAIRMAN: Role.VICE_CHAIRMAN}
#: They look after accounts and see no dossier by it.
ADMINISTRATORS = frozenset({Role.ADMIN, Role.AGENCY_ADMIN})
#: Their power does not end at an agency's border, so only the administrator of the whole store gives them.
RESERVED = frozenset({Role.ADMIN, Role.AUDITOR, Role.CONTROLLER, Role.STEWARD})
#: Roles whose holder signs, seals or opens accounts: at province level two people make such an officer.
WEIGHTY = LEADERS | {Role.CLERK, Role.CASHIER, Role.AGENCY_ADMIN}


class Lending(StrEnum):
    """Why a role is lent; for the roles that sign it decides the form of the signature."""

    SUBSTITUTION = "substitution"
    DELEGATION = "delegation"
    ORDER = "order"

    @property
    def label(self) -> str:
        return {"substitution": "Thay thế khi vắng", "delegation": "Ủy quyền", "order": "Giao ký thừa lệnh"}[self]


class Mark(StrEnum):
    """The letters before a signature that is given in somebody's place (Decree 30/2020/NĐ-CP, article 13)."""

    KT = "KT."
    TL = "TL."
    TUQ = "TUQ."


@dataclass(frozen=True, slots=True)
class SigningForm:
    """How a paper of an agency is signed: on behalf of a collective (TM.) or not, and in whose place."""

    head: Role
    on_behalf: bool
    mark: Mark | None

    def lines(self, body: str, head_title: str, own_title: str) -> tuple[str, ...]:
        """Return the lines above the signature: “TM. ỦY BAN NHÂN DÂN”, “KT. CHỦ TỊCH”, “PHÓ CHỦ TỊCH”."""
        collective = (f"TM. {body.upper()}",) if self.on_behalf else ()
        if self.mark is None:
            return (*collective, head_title.upper())
        return (*collective, f"{self.mark} {head_title.upper()}", own_title.upper())


class Eyes(StrEnum):
    """How many people a weighty act takes at an agency."""

    TWO = "two"
    ONE_NOTED = "one-noted"


@dataclass(frozen=True, slots=True)
class Place:
    """An agency where a person holds a role today."""

    agency_id: int
    ref: Ref
    name: str


@dataclass(frozen=True, slots=True)
class Officer:
    """A person at work: who he is, for which agency he acts, and which roles he holds there today.

    `roles` maps an agency's key to the roles held there, own and lent ones alike; `lent` tells the lent ones apart.
    `places` are those agencies with their names, his own agency first.
    """

    ref: Ref
    account_id: int
    name: str
    agency_id: int
    agency_ref: Ref
    agency_name: str
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    lent: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
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

    @property
    def works_at(self) -> frozenset[int]:
        """The agencies whose work he sees: those where he is more than an administrator of accounts."""
        return frozenset(agency for agency, held in self.roles.items() if held - ADMINISTRATORS)
