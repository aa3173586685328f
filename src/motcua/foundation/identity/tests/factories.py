"""Officers for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from motcua.foundation.core import time
from motcua.foundation.identity import selectors
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.tests.factories import AgencyFactory

PASSWORD = "một mật khẩu dài"


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    """An account with the password `PASSWORD` and no role."""

    class Meta:
        model = Account

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = factory.Sequence(lambda n: f"Hoàng Thị Số {n}")
    home_agency = factory.SubFactory(AgencyFactory)
    password = factory.django.Password(PASSWORD)


def officer(*roles: Role, **account: Any) -> Officer:
    """Return an officer at work who holds the roles at his own agency since 2015."""
    person = AccountFactory(**account)
    for role in roles:
        RoleGrant.objects.create(
            account=person, agency=person.home_agency, role=role, valid_from=date(2015, 1, 1)
        )
    return selectors.officer(person, time.today())
