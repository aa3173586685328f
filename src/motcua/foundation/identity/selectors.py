"""Reads of identity: which roles a person holds on a day, own and lent, in one query."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from motcua.foundation.core.refs import Ref
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency


def roles_on(account: Account, day: date) -> dict[int, frozenset[Role]]:
    """Return the roles an account holds on a day by agency key, lent ones included (1 query)."""
    running = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    own = Q(account=account)
    lent = Q(delegations__to=account, delegations__valid_from__lte=day, delegations__valid_to__gt=day)
    held: dict[int, set[Role]] = {}
    for agency_id, role in RoleGrant.objects.filter(running & (own | lent)).values_list("agency_id", "role"):
        held.setdefault(agency_id, set()).add(Role(role))
    return {agency_id: frozenset(roles) for agency_id, roles in held.items()}


def officer(account: Account, day: date, *, agency: Agency | None = None) -> Officer:
    """Return the person at work, acting for the agency (his own unless he chose another where he holds a role)."""
    roles = roles_on(account, day)
    place = agency if agency is not None and agency.pk in roles else account.home_agency
    return Officer(
        ref=account.ref, account_id=account.pk, name=account.full_name, agency_id=place.pk,
        agency_ref=Ref(place.ref), agency_name=place.name, roles=roles,
    )
