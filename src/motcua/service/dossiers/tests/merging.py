"""A commune that a neighbour takes over, with dossiers on its desks: what the tests of successions begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import selectors
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations import actions as register
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.registers import found
from motcua.foundation.organisations.types import Bequest, Event
from motcua.service.dossiers.tests.factories import Office
from motcua.service.procedures.tests.factories import ProcedureVersionFactory, ProcessFactory

BASIS = "1/NQ-UBTVQH16"


@dataclass
class Place(Office):
    """`commune` ends and `other` takes it over; `department` settles. `third` stands beside them."""

    other: Agency
    third: Agency
    heir_counter: Officer
    heir_head: Officer


def place() -> Place:
    """Return three communes and a department of one province, and their people."""
    events: list[Event] = [found("p", "province", None)]
    events += [found(key, "district", "p") for key in ("d",)]
    events += [found(key, "commune", "d", name=f"Xã {key.upper()}") for key in ("a", "b", "c")]
    events += [found("s", "department", "p", name="Sở Tư pháp")]
    register.load(Call(SYSTEM_ACTOR), events=events)
    rows = {row.key: row for row in Agency.objects.all()}
    version = ProcedureVersionFactory()
    a, b, c, s = (rows[key] for key in ("a", "b", "c", "s"))
    return Place(
        commune=a, department=s, counter=officer(Role.RECEPTION, home_agency=a),
        colleague=officer(Role.RECEPTION, home_agency=a), specialist=officer(Role.SPECIALIST, home_agency=s),
        head=officer(Role.HEAD, home_agency=s), stranger=officer(Role.RECEPTION, home_agency=c), version=version,
        process=ProcessFactory(procedure=version.procedure), other=b, third=c,
        heir_counter=officer(Role.RECEPTION, home_agency=b), heir_head=officer(Role.CHAIRMAN, home_agency=b),
    )


def merge(at: Place, day: date | None = None, *, carried: frozenset[str] = frozenset()) -> None:
    """Let the other commune take the commune over from a day on, today unless said otherwise."""
    register.merge(
        Call(SYSTEM_ACTOR), agency=at.other, others=[at.commune], day=day or time.today(), basis=BASIS,
        bequest=Bequest(carried=carried),
    )


def again(person: Officer) -> Officer:
    """Return the officer as he is now."""
    return selectors.officer(Account.objects.get(pk=person.account_id), time.today())
