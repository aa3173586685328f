"""What the reads and pages of a programme may ask of the store."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.identity.models import Account, RoleGrant
from motcua.foundation.identity.types import Role
from motcua.steering.programme import selectors
from motcua.steering.programme.models import Programme, Task
from motcua.steering.programme.money_views import programme_money
from motcua.steering.programme.planning import plan_of
from motcua.steering.programme.reminding import digests
from motcua.steering.programme.selectors.projects import projects_of
from motcua.steering.programme.selectors.serving import serving
from motcua.steering.programme.tests.factories import Province, officer

pytestmark = pytest.mark.django_db
DAY = date(2018, 1, 5)


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def programme(province: Province) -> Programme:
    return Programme.objects.select_related("steward", "office", "issuer").get(pk=province.approved().pk)


def test_reads(programme: Programme, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        lines = selectors.lines(programme, DAY)
        assert [line.state for line in lines] and all(line.lead_words or line.questions for line in lines)
    task = Task.objects.select_related("group", "programme").get(uid="1.1")
    with django_assert_num_queries(3):
        selectors.line_of(task, DAY)
    with django_assert_num_queries(2):
        programme_money(programme)
    with django_assert_num_queries(5):
        serving(programme, DAY)
    with django_assert_num_queries(2):
        projects_of(task, DAY)
    with django_assert_num_queries(9):
        plan_of(programme, DAY, 2018)
    with django_assert_num_queries(6):
        assert digests(programme, DAY)


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("programme", 14), ("programme-timeline", 14), ("programme-calendar", 14), ("programme-money", 12),
        ("programme-serving", 15), ("programme-plan", 20), ("programme-reminders", 17),
    ],
)
def test_pages(
    programme: Programme, province: Province, page: str, most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = _client(province)
    with django_assert_max_num_queries(most):
        assert client.get(reverse(page, args=[programme.public_id])).status_code == 200


def test_the_page_of_a_row(
    programme: Programme, province: Province, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = _client(province)
    with django_assert_max_num_queries(34):
        assert client.get(reverse("programme-task", args=[Task.objects.get(uid="1.3").public_id])).status_code == 200


def _client(province: Province) -> Client:
    person = officer(province.steward, Role.STEWARD)
    account = Account.objects.get(pk=person.account_id)
    RoleGrant.objects.create(account=account, agency=province.steward, role=Role.STEWARD, valid_from=date(2015, 1, 1))
    client = Client()
    client.force_login(account)
    client.get("/")
    return client
