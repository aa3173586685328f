"""Who administers accounts, or holds no role at all, sees no dossier, not even of his own agency."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.tests.factories import office, received


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [(Role.ADMIN,), (Role.AGENCY_ADMIN,), ()])
def test_an_administrator_finds_no_dossier_of_his_agency(roles: tuple[Role, ...]) -> None:
    at = office()
    dossier = received(at)
    administrator = officer(*roles, home_agency=at.commune)
    assert not DOSSIERS.rows(administrator, "dossier.read", Dossier.objects.all()).exists()
    assert not DOSSIERS.may(administrator, "dossier.read", dossier)
    assert not DOSSIERS.may(administrator, "dossier.hand_over", dossier)
    client = Client()
    client.force_login(Account.objects.get(pk=administrator.account_id))
    assert client.get(f"/ho-so/{dossier.public_id}/").status_code == 404
    for paper in ("giay-hen.pdf", "phieu-kiem-soat.pdf", "da-nhan"):
        assert client.get(f"/ho-so/{dossier.public_id}/{paper}").status_code == 404
    assert client.get("/tin-nhan").status_code == 403
    for view in ("", "toi", "co-quan", "cho-tra"):
        assert dossier.code not in client.get(f"/ho-so/?xem={view}").content.decode()
    client.force_login(Account.objects.get(pk=at.counter.account_id))
    assert dossier.code in client.get("/ho-so/?xem=co-quan").content.decode()
    assert DOSSIERS.may(at.counter, "dossier.read", dossier)
