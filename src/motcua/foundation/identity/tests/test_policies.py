"""Who looks after whom: each question is asked of three people and more, and a refused verb changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.models import Denial, LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions
from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.tests.office import Office, account_of, office
from motcua.foundation.identity.types import Role

pytestmark = pytest.mark.django_db

POWERS: dict[str, Callable[[Call, Account], Any]] = {
    "lock": lambda call, account: actions.lock_account(call, account=account),
    "unlock": lambda call, account: actions.unlock_account(call, account=account),
    "close": lambda call, account: actions.close_account(call, account=account),
    "reset": lambda call, account: actions.reset_face_to_face(call, account=account, code="abcde-fgh23"),
}


def state() -> list[Any]:
    """Return all that a refused verb must leave as it was."""
    accounts, grants = Account.objects.order_by("pk"), RoleGrant.objects.order_by("pk")
    return [*accounts.values_list(), *grants.values_list(), LedgerEvent.objects.count()]


@pytest.mark.parametrize("power", POWERS)
def test_the_administrators_of_the_agency_above_it_and_of_the_store_may(power: str) -> None:
    at = office()
    for actor in (at.admin, at.above, at.root):
        target = officer(Role.RECEPTION, home_agency=at.commune)
        POWERS[power](Call(actor), account_of(target))


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("who", ["person", "colleague", "stranger"])
def test_the_person_himself_a_colleague_and_a_stranger_may_not(power: str, who: str) -> None:
    at = office()
    before = state()
    with pytest.raises(Denied):
        POWERS[power](Call(getattr(at, who)), account_of(at.person))
    assert state() == before
    assert Denial.objects.filter(subject=at.person.ref).exists()


@pytest.mark.parametrize("power", POWERS)
def test_no_administrator_climbs_over_a_higher_one(power: str) -> None:
    """Who resets a password could sign in by it, so power over people ends below one's own."""
    at = office()
    root_here = officer(Role.ADMIN, home_agency=at.commune)
    auditor_here = officer(Role.AUDITOR, home_agency=at.commune)
    elsewhere = officer(home_agency=at.commune)
    RoleGrant.objects.create(
        account_id=elsewhere.account_id, agency=at.department, role=Role.AGENCY_ADMIN, valid_from="2015-01-01"
    )
    before = state()
    for target in (root_here, auditor_here, elsewhere):
        with pytest.raises(Denied):
            POWERS[power](Call(at.admin), account_of(target))
    assert state() == before


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.CONTROLLER, Role.STEWARD])
def test_only_the_administrator_of_the_store_gives_a_role_that_reaches_beyond_an_agency(role: Role) -> None:
    """Calendar, register, law and catalogue ask for such a role anywhere, so no commune may make one of its own."""
    at = office()
    before = state()
    with pytest.raises(Denied, match="chỉ quản trị hệ thống"):
        actions.give_role(Call(at.admin), account=account_of(at.person), agency=at.commune, role=role)
    assert state() == before
    actions.give_role(Call(at.root), account=account_of(at.person), agency=at.commune, role=role)


@pytest.mark.parametrize("actor", ["admin", "root"])
def test_nobody_uses_his_power_on_himself(actor: str) -> None:
    at = office()
    person = getattr(at, actor)
    before = state()
    for power in POWERS.values():
        with pytest.raises(Denied, match="chính mình"):
            power(Call(person), account_of(person))
    assert state() == before


def test_an_account_is_opened_only_where_one_administers() -> None:
    at = office()

    def open_by(actor: Any, name: str) -> Account:
        return actions.open_account(Call(actor), username=name, full_name="Hà Thị Mai", agency=at.commune)

    for number, may in enumerate((at.admin, at.above, at.root)):
        assert open_by(may, f"moi{number}").home_agency == at.commune
    before = state()
    for may_not in (at.person, at.stranger, ANYONE):
        with pytest.raises(Denied):
            open_by(may_not, "khong")
    assert state() == before


def test_nobody_gives_himself_a_role() -> None:
    at = office()
    before = state()
    for actor in (at.admin, at.root):
        with pytest.raises(Denied, match="chính mình"):
            actions.give_role(Call(actor), account=account_of(actor), agency=at.commune, role=Role.RECEPTION)
    assert state() == before


def test_roles_of_the_whole_store_are_given_by_its_administrator_alone() -> None:
    at = office()
    before = state()
    for role in (Role.ADMIN, Role.AUDITOR):
        with pytest.raises(Denied, match="quản trị hệ thống"):
            actions.give_role(Call(at.above), account=account_of(at.person), agency=at.commune, role=role)
    assert state() == before
    actions.give_role(Call(at.root), account=account_of(at.person), agency=at.commune, role=Role.AUDITOR)


def test_who_opened_an_account_does_not_alone_make_it_sign_at_province_level() -> None:
    at = office()
    account = actions.open_account(Call(at.stranger), username="moi", full_name="Hà Thị Mai", agency=at.department)
    before = state()
    with pytest.raises(Denied, match="hai người"):
        actions.give_role(Call(at.stranger), account=account, agency=at.department, role=Role.DEPUTY)
    assert state() == before
    actions.give_role(Call(at.stranger), account=account, agency=at.department, role=Role.SPECIALIST)
    actions.give_role(Call(at.root), account=account, agency=at.department, role=Role.DEPUTY)


def test_below_the_province_one_person_may_and_the_ledger_says_so() -> None:
    at = office()
    account = actions.open_account(Call(at.admin), username="moi", full_name="Hà Thị Mai", agency=at.commune)
    grant = actions.give_role(Call(at.admin), account=account, agency=at.commune, role=Role.VICE_CHAIRMAN)
    event = LedgerEvent.objects.get(subject=grant.ref)
    assert b'"one_person":true' in bytes(event.canonical)


def test_lists_and_single_answers_agree() -> None:
    at = office()
    for actor in (at.above, at.admin, at.person, at.stranger, at.root):
        for verb in ("account.read", "account.lock", "account.set_pin"):
            listed = set(ACCOUNTS.rows(actor, verb, Account.objects.all()))
            single = {one for one in Account.objects.all() if ACCOUNTS.may(actor, verb, one)}
            assert listed == single, (actor.name, verb)
    assert set(ACCOUNTS.rows(at.person, "account.read", Account.objects.all())) == {account_of(at.person)}


def test_an_administrator_sees_no_agency_at_work() -> None:
    """Dossiers are read by `works_at`; administering accounts opens none."""
    at = office()
    assert at.root.works_at == frozenset()
    assert at.admin.works_at == frozenset()
    assert at.person.works_at == {at.commune.pk}


def test_the_menu_entry_is_for_administrators() -> None:
    at: Office = office()
    assert [ACCOUNTS.may(actor, "account.open") for actor in (at.admin, at.root, at.person, ANYONE)] == [
        True, True, False, False,
    ]
