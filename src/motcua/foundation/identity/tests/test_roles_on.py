"""Which roles a person holds on a day: the one query against a naive reading of what was given and lent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.identity import selectors
from motcua.foundation.identity.models import Account, Delegation, RoleGrant
from motcua.foundation.identity.tests.factories import AccountFactory
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.tests.factories import AgencyFactory

START = date(2016, 1, 1)
spans = st.tuples(st.integers(0, 12), st.none() | st.integers(0, 8))
loans = st.tuples(st.integers(0, 12), st.integers(0, 8))
roles = st.sampled_from([Role.RECEPTION, Role.HEAD, Role.CLERK])
stories = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 1), roles, spans, st.lists(loans, max_size=2)), max_size=4
)


def day(count: int) -> date:
    return START + timedelta(days=count)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories)
def test_roles_on_each_day_are_those_a_naive_reader_finds(story: list[tuple]) -> None:  # type: ignore[type-arg]
    agencies = [AgencyFactory(), AgencyFactory()]
    people = [AccountFactory(home_agency=agencies[0]), AccountFactory(home_agency=agencies[1])]
    naive: dict[tuple[int, int], dict[int, set[Role]]] = {}

    def holds(person: Account, count: int, agency: int, role: Role) -> None:
        naive.setdefault((person.pk, count), {}).setdefault(agency, set()).add(role)

    for holder, at, role, (start, length), lendings in story:
        end = None if length is None else start + length
        grant = RoleGrant.objects.create(
            account=people[holder], agency=agencies[at], role=role, valid_from=day(start),
            valid_to=None if end is None else day(end),
        )
        for count in range(start, 30 if end is None else end):
            holds(people[holder], count, agencies[at].pk, role)
        for since, lasting in lendings:
            Delegation.objects.create(
                grant=grant, to=people[1 - holder], how="delegation", ground="QĐ số 1",
                valid_from=day(since), valid_to=day(since + lasting),
            )
            for count in range(since, since + lasting):
                if start <= count and (end is None or count < end):
                    holds(people[1 - holder], count, agencies[at].pk, role)

    for person in people:
        for count in range(22):
            found = {agency: set(held) for agency, held in selectors.roles_on(person, day(count)).items()}
            assert found == naive.get((person.pk, count), {}), f"day {count}"


@pytest.mark.django_db
def test_a_lent_role_is_told_apart_from_an_own_one() -> None:
    owner, borrower = AccountFactory(), AccountFactory()
    grant = RoleGrant.objects.create(account=owner, agency=owner.home_agency, role=Role.HEAD, valid_from=START)
    Delegation.objects.create(
        grant=grant, to=borrower, how="delegation", ground="QĐ số 1", valid_from=day(0), valid_to=day(5)
    )
    officer = selectors.officer(borrower, day(1))
    assert officer.roles == {owner.home_agency_id: frozenset({Role.HEAD})}
    assert officer.lent == officer.roles
    assert officer.agency_id == owner.home_agency_id, "without a role at home he acts where he has one"
    assert selectors.officer(borrower, day(5)).roles == {}


@pytest.mark.django_db
def test_an_officer_acts_for_the_agency_he_chose_only_while_he_holds_a_role_there() -> None:
    person, other = AccountFactory(), AgencyFactory()
    for agency, end in ((person.home_agency, None), (other, day(10))):
        RoleGrant.objects.create(account=person, agency=agency, role=Role.CLERK, valid_from=START, valid_to=end)
    assert selectors.officer(person, day(3)).agency_id == person.home_agency_id
    assert selectors.officer(person, day(3), agency_id=other.pk).agency_id == other.pk
    assert selectors.officer(person, day(10), agency_id=other.pk).agency_id == person.home_agency_id


@pytest.mark.django_db
def test_an_officer_at_work_costs_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    person = AccountFactory()
    for role in (Role.CLERK, Role.CASHIER):
        RoleGrant.objects.create(account=person, agency=person.home_agency, role=role, valid_from=START)
    with django_assert_num_queries(1):
        selectors.officer(person, day(3))
