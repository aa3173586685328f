"""What the pages of needles may ask of the store, beside session and user; more rows ask for no more queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.foundation.core import registers
from motcua.foundation.identity.types import Role
from motcua.service.procedures.models import ProcedureVersion
from motcua.steering.programme.models import Measure, Programme, Target
from motcua.steering.programme.needles import selectors
from motcua.steering.programme.needles.actions import Offered
from motcua.steering.programme.needles.tests.factories import (
    APART,
    NESTED,
    ONE_STOP,
    bind,
    district,
    measure,
    programme,
    served,
)
from motcua.steering.programme.needles.types import Counting
from motcua.steering.programme.tests.factories import Province
from motcua.steering.programme.tests.test_screens import client_of

pytestmark = pytest.mark.django_db
#: The session with the registers' mark; account and roles are kept under it.
SESSION = 1
AGENCIES = Offered("tat-ca", "Mọi huyện", "agencies-one-stop-share", kinds=("district",))
ON_TIME = replace(AGENCIES, indicator="dossiers-on-time-share", counting=Counting.REACH, threshold=Decimal(90))


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def at_work(province: Province) -> Programme:
    """A programme bound like Bắc Kạn's: to agencies, to procedures of three scopes, to dossiers; two readings each."""
    found = programme(province)
    without = district("Huyện A", one_stop=False)
    district("Huyện B", one_stop=True)
    served(one_stop=True, online=3)
    target = Target.objects.get(programme=found)
    for at, readings in enumerate((
        (AGENCIES, replace(AGENCIES, code="tru", exempt=(without,))),
        (ONE_STOP, replace(ONE_STOP, code="theo", kinds=("district",), counting=Counting.EACH)),
        (replace(NESTED, level="province"), replace(APART, level="province")),
        (replace(NESTED, level="district,commune"), replace(APART, level="district,commune")),
        (ON_TIME, replace(ON_TIME, code="95", threshold=Decimal(95))),
    )):
        row = Measure.objects.create(
            target=target, position=at + 5, code=f"9.{at}", text="Đo", comparator=">", value=80, unit="%"
        )
        bind(row, *readings)
    return found


def asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.keeps_registers
def test_all_needles_ask_twelve_queries_beside_session_and_user(province: Province, at_work: Programme) -> None:
    client = client_of(province.justice, Role.HEAD)
    registers.renew()
    url = reverse("programme-needles", args=[at_work.public_id])
    cold = asked(client, url)
    warm = asked(client, url)
    assert warm <= 12 + SESSION
    # After a change of the registers what hangs on them alone is counted anew, once.
    assert cold <= 36 + SESSION


@pytest.mark.keeps_registers
def test_more_procedures_measures_and_entries_ask_no_more(province: Province, at_work: Programme) -> None:
    client = client_of(province.justice, Role.HEAD)
    registers.renew()
    url = reverse("programme-needles", args=[at_work.public_id])
    client.get(url)
    before = asked(client, url)
    for _ in range(5):
        served(one_stop=True)
    for at in range(10):
        Measure.objects.create(
            target=Target.objects.get(programme=at_work), position=20 + at, code=f"10.{at}", text="Đo", unit="%"
        )
    client.get(url)
    assert asked(client, url) == before <= 12 + SESSION
    assert ProcedureVersion.objects.count() == 6


def test_reading_without_what_is_kept(at_work: Programme) -> None:
    with CaptureQueriesContext(connection) as caught:
        selectors.needles(at_work, date(2018, 1, 5))
    assert len(caught) <= 34


@pytest.mark.keeps_registers
def test_one_needle_its_rows_and_the_leaders_pages(province: Province, at_work: Programme) -> None:
    client = client_of(province.steward, Role.STEWARD)
    registers.renew()
    bind(measure(), ONE_STOP)
    page = reverse("programme-needle", args=[measure().public_id])
    rows = reverse("programme-needle-missing", args=[measure().public_id, "dem-mot-lan"])
    pages = {page: 20, rows: 16, reverse("leaders"): 24, f"{reverse('leaders')}?noi=province": 36}
    for url in pages:
        client.get(url)
    assert {url: count for url, most in pages.items() if (count := asked(client, url)) > most + SESSION} == {}
