"""A district with a commune below it and a department beside: the people of most tests here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions, selectors
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory

LONG_AGO = date(2015, 1, 1)


@dataclass
class Office:
    """Two levels of local government and a stranger's department at the province."""

    district: Agency
    commune: Agency
    department: Agency
    above: Officer
    admin: Officer
    person: Officer
    colleague: Officer
    stranger: Officer
    root: Officer


def office() -> Office:
    """Return agencies with their administrators: of the district, of the commune, of the department, of the store."""
    district = AgencyFactory(state__kind="district", state__level="district")
    commune = AgencyFactory(state__parent=district)
    department = AgencyFactory(name="Sở Nội vụ", state__kind="department", state__level="province")
    return Office(
        district=district, commune=commune, department=department,
        above=officer(Role.AGENCY_ADMIN, home_agency=district),
        admin=officer(Role.AGENCY_ADMIN, home_agency=commune),
        person=officer(Role.RECEPTION, home_agency=commune),
        colleague=officer(Role.SPECIALIST, home_agency=commune),
        stranger=officer(Role.AGENCY_ADMIN, home_agency=department),
        root=officer(Role.ADMIN, home_agency=department),
    )


def account_of(person: Officer) -> Account:
    """Return the account of an officer."""
    return Account.objects.get(pk=person.account_id)


def again(person: Officer) -> Officer:
    """Return the officer as he is now."""
    return selectors.officer(account_of(person), time.today())


def opened(agency: Agency, name: str = "Hà Thị Mai") -> Account:
    """Return an account that the system opened, as a load does."""
    username = f"mai{Account.objects.count()}"
    return actions.open_account(Call(SYSTEM_ACTOR), username=username, full_name=name, agency=agency)
