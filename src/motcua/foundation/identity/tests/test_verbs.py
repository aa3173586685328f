"""The verbs: what they change, what they refuse, what ends together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.foundation.core import time
from motcua.foundation.core.errors import Conflict, Denied, Invalid
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions, selectors
from motcua.foundation.identity.errors import BadLending, BadPeriod, BadSecret
from motcua.foundation.identity.models import Delegation, RoleGrant
from motcua.foundation.identity.secrets import fits, hashed, new_code, plain_code
from motcua.foundation.identity.tests.factories import PASSWORD, officer
from motcua.foundation.identity.tests.office import account_of, again, office, opened
from motcua.foundation.identity.types import Lending, Mark, Officer, Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def grant_of(person: Officer) -> RoleGrant:
    return RoleGrant.objects.get(account=person.account_id)


@pytest.mark.parametrize(
    ("username", "full_name"), [("ab", "Hà Thị Mai"), ("hà mai", "Hà Thị Mai"), ("ha.mai", " "), ("-mai", "Mai")]
)
def test_names_that_cannot_be_are_refused(username: str, full_name: str) -> None:
    at = office()
    with pytest.raises(Invalid):
        actions.open_account(Call(at.admin), username=username, full_name=full_name, agency=at.commune)


def test_a_sign_in_name_is_given_once_however_it_is_typed() -> None:
    at = office()
    actions.open_account(Call(at.admin), username=" Ha.Mai ", full_name="Hà  Thị Mai", agency=at.commune)
    with pytest.raises(Invalid, match="đã có người dùng"):
        actions.open_account(Call(at.admin), username="ha.mai", full_name="Hà Mai", agency=at.commune)


def test_a_double_click_opens_one_account() -> None:
    at = office()
    call = Call(at.admin, request_key="k" * 24)
    first = actions.open_account(call, username="ha.mai", full_name="Hà Mai", agency=at.commune)
    assert actions.open_account(call, username="ha.mai", full_name="Hà Mai", agency=at.commune) == first


def test_a_stale_screen_is_told() -> None:
    at = office()
    account = account_of(at.person)
    actions.lock_account(Call(at.admin, seen={account.ref: account.version}), account=account)
    with pytest.raises(Conflict):
        actions.close_account(Call(at.admin, seen={account.ref: account.version}), account=account)


def test_a_role_holds_from_its_day_until_before_its_end() -> None:
    at = office()
    account = opened(at.commune)
    today = time.today()
    actions.give_role(
        Call(at.admin), account=account, agency=at.commune, role=Role.CLERK,
        valid_from=today + DAY, valid_to=today + 3 * DAY,
    )
    held = [bool(selectors.roles_on(account, today + count * DAY)) for count in range(5)]
    assert held == [False, True, True, False, False]


def test_a_double_click_is_given_the_same_role_and_the_same_lending_again() -> None:
    """Both verbs write an event of another subject first; the key is answered with what they return all the same."""
    at = office()
    give = Call(at.admin, request_key="g" * 24)
    role: dict[str, Any] = {"account": account_of(at.person), "agency": at.commune, "role": Role.CLERK}
    grant = actions.give_role(give, **role)
    assert actions.give_role(give, **role) == grant
    lend = Call(at.admin, request_key="l" * 24)
    lending: dict[str, Any] = {
        "grant": grant, "to": account_of(at.colleague), "how": Lending.SUBSTITUTION, "ground": "12/GUQ-UBND",
        "valid_from": time.today(), "valid_to": time.today() + DAY,
    }
    lent = actions.lend(lend, **lending)
    assert actions.lend(lend, **lending) == lent
    assert (RoleGrant.objects.filter(role=Role.CLERK).count(), Delegation.objects.count()) == (1, 1)
    assert actions.end_role(Call(at.admin, request_key="e" * 24), grant=grant) == grant
    assert actions.end_role(Call(at.admin, request_key="e" * 24), grant=grant) == grant


def test_the_same_role_is_not_given_twice_over() -> None:
    at = office()
    account = account_of(at.person)
    with pytest.raises(BadPeriod, match="đã giữ vai trò"):
        actions.give_role(Call(at.admin), account=account, agency=at.commune, role=Role.RECEPTION)
    with pytest.raises(BadPeriod):
        actions.give_role(
            Call(at.admin), account=account, agency=at.commune, role=Role.CLERK, valid_from=date(2020, 1, 2),
            valid_to=date(2020, 1, 2),
        )
    assert RoleGrant.objects.filter(account=account).count() == 1


def test_a_role_given_by_mistake_is_taken_back_the_same_day() -> None:
    at = office()
    account = opened(at.commune)
    grant = actions.give_role(Call(at.admin), account=account, agency=at.commune, role=Role.CASHIER)
    actions.end_role(Call(at.admin), grant=grant)
    assert selectors.roles_on(account, time.today()) == {}
    actions.give_role(Call(at.admin), account=account, agency=at.commune, role=Role.CASHIER)


def test_ending_a_role_ends_what_is_lent_of_it() -> None:
    at, today = office(), time.today()
    lending = actions.lend(
        Call(at.person), grant=grant_of(at.person), to=account_of(at.colleague), how=Lending.SUBSTITUTION,
        ground="Đơn nghỉ phép số 3", valid_from=today, valid_to=today + 10 * DAY,
    )
    assert again(at.colleague).lent == {at.commune.pk: frozenset({Role.RECEPTION})}
    actions.end_role(Call(at.admin), grant=grant_of(at.person), day=today + 2 * DAY)
    lending.refresh_from_db()
    assert lending.valid_to == today + 2 * DAY


def test_a_role_is_lent_by_its_holder_or_entered_by_the_administrator() -> None:
    at, today = office(), time.today()

    def lend_by(actor: Officer, start: int) -> Delegation:
        return actions.lend(
            Call(actor), grant=grant_of(at.person), to=account_of(at.colleague), how=Lending.SUBSTITUTION,
            ground="Đơn nghỉ phép số 3", valid_from=today + start * DAY, valid_to=today + (start + 2) * DAY,
        )

    lend_by(at.person, 0)
    lend_by(at.admin, 2)
    before = LedgerEvent.objects.count()
    for actor in (at.colleague, at.stranger):
        with pytest.raises(Denied):
            lend_by(actor, 4)
    with pytest.raises(BadPeriod, match="cho người khác"):
        lend_by(at.person, 1)
    assert (Delegation.objects.count(), LedgerEvent.objects.count()) == (2, before)


def test_an_administrator_lends_nothing_to_himself() -> None:
    at, today = office(), time.today()
    with pytest.raises(Denied, match="chính mình"):
        actions.lend(
            Call(at.admin), grant=grant_of(at.person), to=account_of(at.admin), how=Lending.SUBSTITUTION,
            ground="Đơn nghỉ phép số 3", valid_from=today, valid_to=today + DAY,
        )


@pytest.mark.parametrize(
    ("ground", "first", "last", "fault"),
    [("", 0, 1, Invalid), ("QĐ số 1", -1, 1, BadPeriod), ("QĐ số 1", 1, 1, BadPeriod)],
)
def test_a_lending_needs_a_ground_and_days_to_come(ground: str, first: int, last: int, fault: type[Invalid]) -> None:
    at, today = office(), time.today()
    with pytest.raises(fault):
        actions.lend(
            Call(at.person), grant=grant_of(at.person), to=account_of(at.colleague), how=Lending.SUBSTITUTION,
            ground=ground, valid_from=today + first * DAY, valid_to=today + last * DAY,
        )
    assert not Delegation.objects.exists()


def test_how_a_substitute_signs_follows_from_dated_rows() -> None:
    at, today = office(), time.today()
    chairman = officer(Role.CHAIRMAN, home_agency=at.commune)
    deputy = account_of(officer(Role.VICE_CHAIRMAN, home_agency=at.commune))
    clerk = account_of(at.colleague)

    def lend(how: Lending) -> None:
        actions.lend(
            Call(chairman), grant=grant_of(chairman), to=clerk, how=how, ground="QĐ số 12",
            valid_from=today, valid_to=today + DAY,
        )

    with pytest.raises(BadLending, match="ký thay"):
        lend(Lending.SUBSTITUTION)
    lend(Lending.DELEGATION)

    def mark(person: object, day: date) -> Mark | None:
        form = selectors.signing(person, at.commune, Role.CHAIRMAN, day, collective=True)  # type: ignore[arg-type]
        return form.mark if form else None

    assert mark(deputy, today) is Mark.KT
    assert (mark(clerk, today), mark(clerk, today + DAY)) == (Mark.TUQ, None)
    assert selectors.signing(account_of(at.person), at.commune, Role.CHAIRMAN, today) is None


def test_the_borrower_may_give_back_and_a_stranger_may_not_end() -> None:
    at, today = office(), time.today()
    lending = actions.lend(
        Call(at.person), grant=grant_of(at.person), to=account_of(at.colleague), how=Lending.SUBSTITUTION,
        ground="Đơn nghỉ phép số 3", valid_from=today, valid_to=today + 10 * DAY,
    )
    with pytest.raises(Denied):
        actions.end_lending(Call(at.stranger), lending=lending)
    assert actions.end_lending(Call(at.colleague), lending=lending).valid_to == today


def test_closing_ends_everything_of_the_account_from_the_day_on() -> None:
    at, today = office(), time.today()
    actions.lend(
        Call(at.colleague), grant=grant_of(at.colleague), to=account_of(at.person), how=Lending.SUBSTITUTION,
        ground="Đơn nghỉ phép số 3", valid_from=today, valid_to=today + 10 * DAY,
    )
    account = actions.close_account(Call(at.admin), account=account_of(at.person), day=today + 2 * DAY)
    assert account.is_active
    assert selectors.roles_on(account, today + DAY)
    assert selectors.roles_on(account, today + 2 * DAY) == {}
    with time.travelling(time.now() + 2 * DAY):
        assert not account.is_active
    with pytest.raises(Invalid, match="đóng"):
        actions.give_role(Call(at.admin), account=account, agency=at.commune, role=Role.CLERK)


def test_moving_changes_the_agency_and_who_looks_after_the_person() -> None:
    at = office()
    account = actions.move_account(Call(at.admin), account=account_of(at.person), agency=at.department)
    with pytest.raises(Denied):
        actions.lock_account(Call(at.admin), account=account)
    actions.lock_account(Call(at.stranger), account=account)


@pytest.mark.parametrize("password", ["ngắn quá", "1234567890", "aaaaaaaaaaaa", "canbo7 rất dài", "hoàng thị số 7 đây"])
def test_weak_passwords_are_refused_in_vietnamese(password: str) -> None:
    person = officer(username="canbo7", full_name="Hoàng Thị Số 7")
    with pytest.raises(BadSecret, match="Mật khẩu"):
        actions.set_password(Call(person), account=account_of(person), password=password, current=PASSWORD)
    assert fits(PASSWORD, account_of(person).password)


def test_a_password_is_the_same_composed_or_not() -> None:
    import unicodedata

    person = officer()
    apart = unicodedata.normalize("NFD", "đường về Bạch Thông")
    actions.set_password(Call(person), account=account_of(person), password=apart, current=PASSWORD)
    assert fits("đường về Bạch Thông", account_of(person).password)
    assert not fits("đường về Bạch Thông!", account_of(person).password)


def test_only_the_person_sets_his_password_and_only_knowing_the_old_one() -> None:
    at = office()
    account = account_of(at.person)
    for actor in (at.admin, at.root):
        with pytest.raises(Denied):
            actions.set_password(Call(actor), account=account, password="một câu khác hẳn", current=PASSWORD)
    with pytest.raises(BadSecret, match="hiện tại"):
        actions.set_password(Call(at.person), account=account, password="một câu khác hẳn", current="sai")


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "1234", "٤٢٧٨"])
def test_pins_that_are_refused(pin: str) -> None:
    person = officer()
    with pytest.raises(BadSecret, match="Mã PIN"):
        actions.set_pin(Call(person), account=account_of(person), pin=pin, current=PASSWORD)
    assert account_of(person).pin == ""


def test_a_printed_code_is_good_once_and_for_a_day() -> None:
    at = office()
    code = new_code()
    account = actions.reset_face_to_face(Call(at.admin), account=account_of(at.person), code=code)
    assert not account.has_usable_password()
    assert account.pin == ""
    with time.travelling(time.now() + 25 * timedelta(hours=1)), pytest.raises(BadSecret, match="hết hạn"):
        actions.use_code(Call(at.person), account=account, code=code, password="một câu khác hẳn")
    typed = code.upper().replace("-", " ")
    account = actions.use_code(Call(at.person), account=account, code=typed, password="một câu khác hẳn")
    assert fits("một câu khác hẳn", account.password)
    assert not account.must_change_password
    with pytest.raises(BadSecret, match="đã dùng"):
        actions.use_code(Call(at.person), account=account, code=code, password="một câu khác nữa")


def test_codes_are_read_aloud_without_error() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("01ilou") & set("".join(codes))
    assert plain_code(f" {next(iter(codes)).upper()} ").isalnum()


def test_the_ledger_holds_no_name_and_no_secret() -> None:
    at, today = office(), time.today()
    code = new_code()
    account = actions.open_account(Call(at.admin), username="ten.la", full_name="Hứa Thị Riêng", agency=at.commune)
    actions.give_role(Call(at.admin), account=account, agency=at.commune, role=Role.RECEPTION)
    actions.reset_face_to_face(Call(at.admin), account=account, code=code)
    me = selectors.officer(account, today)
    actions.use_code(Call(me), account=account, code=code, password="đường về Bạch Thông")
    actions.set_pin(Call(me), account=account, pin="2748", current="đường về Bạch Thông")
    actions.lend(
        Call(me), grant=account.grants.get(), to=account_of(at.colleague), how=Lending.SUBSTITUTION,
        ground="Nghỉ ốm theo giấy của bệnh viện", valid_from=today, valid_to=today + DAY,
    )
    written = b"".join(bytes(event.canonical) for event in LedgerEvent.objects.all()).decode()
    for private in ("Riêng", "ten.la", "2748", code, "Bạch", "bệnh", "ốm", PASSWORD, hashed("x")[:8]):
        assert private not in written
