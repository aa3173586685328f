"""Reads of identity: who acts with which roles today, who looks after whom, the pages of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from motcua.foundation.core import time
from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.refs import Ref, ref
from motcua.foundation.identity import rules
from motcua.foundation.identity.models import Account, Delegation, DeskVisit, RoleGrant
from motcua.foundation.identity.naming import name_key
from motcua.foundation.identity.types import DEPUTY_OF, Lending, Officer, Place, Role, SigningForm
from motcua.foundation.organisations.models import Agency, AgencyState, Inheritance
from motcua.foundation.organisations.selectors import register_day


def running(day: date) -> Q:
    """Return the condition of rows whose period covers the day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def not_over(day: date) -> Q:
    """Return the condition of rows that run on the day or will run later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day)


def _grants(account_id: int, day: date) -> QuerySet[RoleGrant]:
    lent = Q(delegations__to=account_id, delegations__valid_from__lte=day, delegations__valid_to__gt=day)
    held = RoleGrant.objects.filter(running(day) & (Q(account=account_id) | lent)).distinct()
    return held.select_related("agency").order_by("agency__name")


_GRANTS = Prepared(_grants, 0, date(2016, 6, 15))


def _rows_of(account: Account, day: date) -> Iterable[tuple[int, str, int, str, str]]:
    for grant in _GRANTS.rows(account.pk, day):
        yield grant.agency_id, grant.role, grant.account_id, grant.agency.public_id, grant.agency.name


def roles_on(account: Account, day: date) -> dict[int, frozenset[Role]]:
    """Return the roles an account holds on a day by agency key, lent ones included (1 query)."""
    held: dict[int, set[Role]] = defaultdict(set)
    for agency_id, role, *_ in _rows_of(account, day):
        held[agency_id].add(Role(role))
    return {agency_id: frozenset(roles) for agency_id, roles in held.items()}


def officer(account: Account, day: date, *, agency_id: int | None = None) -> Officer:
    """Return the person at work (1 query; another one where the account came without its agency).

    He acts for the agency he chose, if he holds a role there; else for his own, or for the first where he has a role.
    """
    own: dict[int, set[Role]] = defaultdict(set)
    lent: dict[int, set[Role]] = defaultdict(set)
    places: dict[int, Place] = {}
    for agency, role, holder, public_id, name in _rows_of(account, day):
        (own if holder == account.pk else lent)[agency].add(Role(role))
        places[agency] = Place(agency, ref(Agency.kind, public_id), name)
    home = account.home_agency
    ordered = sorted(places.values(), key=lambda place: place.agency_id != home.pk)
    at_home = Place(home.pk, Ref(home.ref), home.name)
    chosen = places.get(agency_id or home.pk) or next(iter(ordered), at_home)
    return Officer(
        ref=account.ref, account_id=account.pk, name=account.full_name, agency_id=chosen.agency_id,
        agency_ref=chosen.ref, agency_name=chosen.name, places=tuple(ordered),
        roles={agency: frozenset(own[agency] | lent[agency]) for agency in places},
        lent={agency: frozenset(roles) for agency, roles in lent.items()},
    )


def agencies_under(tops: Iterable[int]) -> frozenset[int]:
    """Return the agencies given and all below them in the register's present tree (1 query).

    An agency that has ended stands below its heir: somebody must look after the people it left.
    """
    below: dict[int, list[int]] = defaultdict(list)
    day = register_day()
    ended = Inheritance.objects.filter(day__lte=day).values_list("predecessor_id", "heir_id")
    states = AgencyState.objects.filter(running(day)).values_list("agency_id", "parent_id")
    for agency, parent in states.union(ended, all=True):
        if parent is not None:
            below[parent].append(agency)
    found: set[int] = set()
    waiting = list(tops)
    while waiting:
        agency = waiting.pop()
        if agency not in found:
            found.add(agency)
            waiting.extend(below[agency])
    return frozenset(found)


def level_of(agency: Agency) -> str:
    """Return the level of government of an agency, "" where the register does not say (1 query)."""
    level = agency.states.filter(running(register_day())).values_list("level", flat=True).first()
    return level or ""


def administrators_of(agency: Agency) -> list[Account]:
    """Return whom an officer of the agency asks for a role or a new password: of his agency, else of the store."""
    today = time.today()
    at_work = RoleGrant.objects.filter(running(today), account=OuterRef("pk"))
    people = _open(today).select_related("home_agency")
    own = people.filter(Exists(at_work.filter(role=Role.AGENCY_ADMIN, agency=agency)))
    asked = own or people.filter(Exists(at_work.filter(role=Role.ADMIN)))
    return sorted(asked, key=lambda account: name_key(account.full_name))


def _open(day: date) -> QuerySet[Account]:
    return Account.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), is_locked=False)


def people(among: QuerySet[Account], agency: Agency, *, closed: bool = False) -> list[Account]:
    """Return who has the agency for his own or holds a role there, in the order of names (3 queries).

    `grants_here` of each are his roles there that are not over, `borrowed_here` those lent to him.
    """
    today = time.today()
    here = RoleGrant.objects.filter(not_over(today), agency=agency).order_by("valid_from", "role")
    lent = Delegation.objects.filter(not_over(today), grant__agency=agency).select_related("grant__account")
    holds = Exists(here.filter(account=OuterRef("pk"))) | Exists(lent.filter(to=OuterRef("pk")))
    found = among.filter(Q(home_agency=agency) | holds).select_related("home_agency")
    if not closed:
        found = found.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today))
    found = found.prefetch_related(
        Prefetch("grants", here, to_attr="grants_here"), Prefetch("borrowed", lent, to_attr="borrowed_here")
    )
    return sorted(found, key=lambda account: name_key(account.full_name))


def grants_of(account: Account) -> list[RoleGrant]:
    """Return every role a person was given, the present first, with its lendings (2 queries)."""
    lendings = Delegation.objects.select_related("to").order_by("-valid_from")
    found = account.grants.select_related("agency", "account").prefetch_related(Prefetch("delegations", lendings))
    return list(found.order_by("-valid_from", "role"))


def borrowed_by(account: Account) -> list[Delegation]:
    """Return every role lent to a person, the present first (1 query)."""
    found = account.borrowed.select_related("grant__account", "grant__agency", "to")
    return list(found.order_by("-valid_from"))


def signing(account: Account, agency: Agency, head: Role, day: date, *, collective: bool = False) -> SigningForm | None:
    """Return how a person signs on a day what the head of an agency signs, or None where he may not (2 queries)."""
    wanted = [role for role in (head, DEPUTY_OF.get(head)) if role]
    own = account.grants.filter(agency=agency, role__in=wanted)
    lent = account.borrowed.filter(grant__agency=agency, grant__role=head).select_related("grant")
    return rules.signing_form(
        day, head=head, collective=collective, own=[rules.Held(Role(row.role), row.period) for row in own],
        borrowed=[rules.Borrowed(head, Lending(row.how), row.period, row.grant.period) for row in lent],
    )


def colleagues_on(device: str) -> list[Account]:
    """Return who signed in by password on the PC today and may still sign in, in the order of names (1 query)."""
    today = time.today()
    visits = DeskVisit.objects.filter(device=device, day=today, account=OuterRef("pk"))
    found = _open(today).filter(Exists(visits)).select_related("home_agency")
    return sorted(found, key=lambda account: name_key(account.full_name))
