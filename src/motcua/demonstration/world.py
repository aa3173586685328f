"""The province's agencies and the people who work in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from motcua.demonstration import people
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions as identity
from motcua.foundation.identity import selectors as accounts
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations import actions as organisations
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.foundation.organisations.selectors import heirs

SHAPES = {"2016": date(2016, 6, 15), "2025": date(2025, 7, 1)}
SINCE = date(2015, 1, 1)
SYSTEM = Call(SYSTEM_ACTOR)
LEADER = {"commune": Role.CHAIRMAN, "district": Role.CHAIRMAN, "province": Role.CHAIRMAN}


@dataclass(slots=True)
class Office:
    """An agency at work: its people by role."""

    agency: Agency
    kind: str
    parent_id: int | None
    staff: dict[Role, list[Officer]] = field(default_factory=dict)

    def anyone(self, role: Role, chance: Random) -> Officer:
        """Return one of the officers with the role."""
        people = self.staff[role]
        # The last one came last: a printed account, whose desk should have something on it.
        return people[-1] if chance.random() < 0.6 else chance.choice(people)


@dataclass(slots=True)
class World:
    """All offices, by key of the agency's row and by its key in the data file."""

    day: date
    offices: dict[int, Office]
    keys: dict[str, int]
    departments: dict[str, Office] = field(default_factory=dict)

    def busiest(self, kind: str) -> list[Office]:
        """Return the offices of a kind, those with printed accounts first."""
        offices = [office for office in self.offices.values() if office.kind == kind]
        return sorted(offices, key=lambda office: -sum(map(len, office.staff.values())))

    def at(self, key: str) -> Office:
        return self.offices[self.keys[key]]

    def department(self, short: str) -> Office:
        """Return the department of 2016 by its short name, or whoever carries its duties on the shape's day."""
        if short not in self.departments:
            known = Agency.objects.get(key=f"bk-{short.lower()}")
            self.departments[short] = self.offices[heirs(known, self.day)[0].pk]
        return self.departments[short]

    @property
    def is_two_tier(self) -> bool:
        """Say whether no district stands between commune and province."""
        return self.day >= SHAPES["2025"]


def load_register(shape: str) -> None:
    """Load the province's register, standing still on the shape's day; the last shape goes on from there."""
    text = Path(organisations.__file__).with_name("data").joinpath("bac-kan.csv").read_text(encoding="utf-8")
    organisations.load_place(SYSTEM, text, stands_on=SHAPES[shape], goes_on=shape == max(SHAPES))


def furnish(shape: str, chance: Random) -> World:
    """Open every office of the shape's day with its people. Only the tried accounts have a password."""
    day = SHAPES[shape]
    running = AgencyState.objects.filter(agency__in=Agency.objects.on(day), valid_from__lte=day)
    offices = {
        state.agency_id: Office(state.agency, state.kind, state.parent_id)
        for state in running.exclude(valid_to__lte=day).select_related("agency").order_by("agency__key")
    }
    world = World(day, offices, {office.agency.key: pk for pk, office in offices.items()})
    for number, office in enumerate(offices.values()):
        _staff(office, number, chance)
    return world


def _staff(office: Office, number: int, chance: Random) -> None:
    leader = LEADER.get(office.kind, Role.HEAD)
    wanted = [Role.RECEPTION, Role.SPECIALIST, leader]
    if office.kind in {"district", "department"}:
        wanted[1:1] = [Role.SPECIALIST]
    if office.kind == "province":
        wanted = [leader]
    for at, role in enumerate(wanted):
        account = hire(f"cb{number:03d}{at}", people.name(chance), office, role)
        office.staff.setdefault(role, []).append(_at_work(account))


def hire(username: str, full_name: str, office: Office, role: Role, password: str | None = None) -> Account:
    """Open an account at an office with one role there."""
    account = identity.open_account(
        SYSTEM, username=username, full_name=full_name, agency=office.agency, title=role.label, password=password
    )
    identity.give_role(SYSTEM, account=account, agency=office.agency, role=role, valid_from=SINCE)
    return account


def _at_work(account: Account) -> Officer:
    return accounts.officer(account, time.today())
