"""People of an agency that ends: who is shown to the administrator, and who goes on at the heir."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions, inheriting, policies
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.tests.office import LONG_AGO, Office, account_of, again, office
from motcua.foundation.identity.types import Lending, Role
from motcua.foundation.organisations import actions as register
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.foundation.organisations.types import Bequest

pytestmark = pytest.mark.django_db
PEOPLE = inheriting.PeopleAtAgencies()


@pytest.fixture
def at() -> Office:
    return office()


def merged(at: Office, *, carried: bool = False) -> Agency:
    """Let a neighbour in the same district take the commune over today."""
    heir = AgencyFactory(name="UBND xã Mới", state__parent=at.district)
    register.merge(
        Call(SYSTEM_ACTOR), agency=heir, others=[at.commune], day=time.today(), basis="1/NQ",
        bequest=Bequest(carried=frozenset({"people"} if carried else set())),
    )
    return heir


def test_roles_and_accounts_are_counted_before(at: Office) -> None:
    officer(Role.CHAIRMAN, home_agency=at.commune)
    counts = {line.what: line.count for line in PEOPLE.standing(at.commune, "UBND xã Mới", carried=True)}
    assert counts == {"tài khoản cán bộ": 4, "vai trò đang giao": 3, "vai trò người đứng đầu": 1}
    assert PEOPLE.left([at.commune.pk]) == 7
    said = [line.passes for line in PEOPLE.standing(at.commune, "UBND xã Mới", carried=False)]
    assert not any("chuyển sang" in words for words in said)


def test_nobody_is_carried_unasked_and_the_heirs_administrator_sees_who_is_left(at: Office) -> None:
    heir = merged(at)
    assert again(at.person).agency_id == at.commune.pk
    admin, stranger = officer(Role.AGENCY_ADMIN, home_agency=heir), at.stranger
    lost = {account.pk for account in inheriting.left_behind(Account.objects.all())}
    assert lost == {at.person.account_id, at.colleague.account_id, at.admin.account_id}
    client = Client()
    client.force_login(account_of(admin))
    assert "3 người không còn vai trò" in client.get(reverse("people")).content.decode()
    shown = client.get(reverse("left-behind")).content.decode()
    assert at.person.name in shown and "nay là UBND xã Mới" in shown and "Tiếp nhận và trả kết quả" in shown
    actions.give_role(Call(admin), account=account_of(at.person), agency=heir, role=Role.RECEPTION)
    assert at.person.name not in client.get(reverse("left-behind")).content.decode()
    other = Client()
    other.force_login(account_of(stranger))
    assert at.colleague.name not in other.get(reverse("left-behind")).content.decode()
    other.force_login(account_of(at.colleague))
    assert other.get(reverse("left-behind")).status_code == 403


def test_people_of_an_ended_agency_are_its_heirs_to_look_after(at: Office) -> None:
    heir = merged(at)
    admin = officer(Role.AGENCY_ADMIN, home_agency=heir)
    assert policies.reach(admin) == {heir.pk, at.commune.pk} and at.commune.pk in policies.reach(at.above)
    moved = actions.move_account(Call(admin), account=account_of(at.person), agency=heir)
    assert moved.home_agency == heir


def test_roles_go_on_at_the_heir_where_it_was_asked_for(at: Office) -> None:
    chairman = officer(Role.CHAIRMAN, home_agency=at.commune)
    until = time.today() + timedelta(days=30)
    RoleGrant.objects.filter(account=at.colleague.account_id).update(valid_to=until)
    heir = merged(at, carried=True)
    person, colleague = again(at.person), again(at.colleague)
    assert person.agency_id == heir.pk and person.roles == {heir.pk: frozenset({Role.RECEPTION})}
    grant = RoleGrant.objects.get(account=colleague.account_id, agency=heir)
    assert (grant.role, grant.valid_from, grant.valid_to) == (Role.SPECIALIST, time.today(), until)
    assert again(chairman).roles == {at.commune.pk: frozenset({Role.CHAIRMAN})}, "no agency gets a second head"
    assert again(chairman).agency_id == at.commune.pk
    assert account_of(chairman).home_agency == heir
    lost = inheriting.left_behind(Account.objects.all())
    assert {account.pk for account in lost} == {chairman.account_id}
    event = LedgerEvent.objects.get(subject=grant.ref)
    assert event.verb == "role.succeed" and facts_of(event)["carried_from"] == at.commune.ref
    assert PEOPLE.left([at.commune.pk]) == 0


def test_what_is_lent_ends_with_the_role_and_no_role_is_held_twice(at: Office) -> None:
    heir = AgencyFactory(name="UBND xã Mới", state__parent=at.district)
    account = account_of(at.person)
    grant = account.grants.get()
    actions.lend(
        Call(at.admin), grant=grant, to=account_of(at.colleague), how=Lending.SUBSTITUTION, ground="Quyết định 5/QĐ",
        valid_from=time.today(), valid_to=time.today() + timedelta(days=9),
    )
    RoleGrant.objects.create(account=account, agency=heir, role=Role.RECEPTION, valid_from=LONG_AGO)
    done = actions.succeed_role(Call(SYSTEM_ACTOR), grant=grant, account=account, heir=heir)
    assert done == grant and done.valid_to == time.today()
    assert grant.delegations.get().valid_to == time.today()
    assert account.grants.filter(agency=heir).count() == 1
    with pytest.raises(Invalid):
        actions.succeed_role(Call(SYSTEM_ACTOR), grant=grant, account=account, heir=heir)


def test_who_holds_the_role_at_the_heir_for_a_while_is_given_the_rest(at: Office) -> None:
    heir = AgencyFactory(name="UBND xã Mới", state__parent=at.district)
    account, today = account_of(at.person), time.today()
    soon, then, later = (today + timedelta(days=days) for days in (2, 9, 20))
    for first, last in ((LONG_AGO, soon), (then, later)):
        RoleGrant.objects.create(account=account, agency=heir, role=Role.RECEPTION, valid_from=first, valid_to=last)
    actions.succeed_role(Call(SYSTEM_ACTOR), grant=account.grants.get(agency=at.commune), account=account, heir=heir)
    periods = account.grants.filter(agency=heir).order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(periods) == [(LONG_AGO, soon), (soon, then), (then, later), (later, None)]


def test_only_the_platform_carries_roles_over(at: Office) -> None:
    account = account_of(at.person)
    for person in (at.admin, at.root, at.person):
        with pytest.raises(Denied):
            actions.succeed_role(Call(person), grant=account.grants.get(), account=account, heir=at.district)
    assert account.grants.get().valid_to is None
