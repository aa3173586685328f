"""Loading the data file: every event enters once, with its ledger event, and the rows tell what the values told."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.foundation.core import settings_rows
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, datafile, selectors, store
from motcua.foundation.organisations.models import Agency, Kind, RegisterEvent
from motcua.foundation.organisations.tests.registers import bac_kan

pytestmark = pytest.mark.django_db
SYSTEM = Call(SYSTEM_ACTOR)
PLACE = datafile.shipped("bac-kan.csv")


@pytest.fixture(autouse=True)
def _fresh_settings() -> None:
    settings_rows.forget()


def test_store_holds_what_the_file_says(place: None) -> None:
    assert selectors.register() == bac_kan()
    assert Kind.objects.count() == len(bac_kan().catalogue.kinds)


def test_second_load_enters_nothing(place: None) -> None:
    events = LedgerEvent.objects.count()
    assert RegisterEvent.objects.count() > 200
    assert actions.load_place(SYSTEM, PLACE) == 0
    assert LedgerEvent.objects.count() == events


def test_every_agency_has_a_chain_in_the_ledger(place: None) -> None:
    subjects = set(LedgerEvent.objects.values_list("subject", flat=True))
    assert subjects == {agency.ref for agency in Agency.objects.all()}


def test_exercise_stands_still_on_its_day(place: None) -> None:
    actions.load_place(SYSTEM, PLACE, stands_on=date(2016, 6, 15))
    day = selectors.register_day()
    assert day == date(2016, 6, 15)
    assert Agency.objects.on(day).count() == 1 + 18 + 8 + 122
    assert Agency.objects.get(key="bk-01954").name == "UBND xã Vân Tùng"
    actions.load_place(SYSTEM, PLACE, stands_on=date(2024, 1, 1))
    assert Agency.objects.get(key="bk-01954").name == "UBND thị trấn Vân Tùng"


def test_dossier_codes_follow_the_national_form_of_the_founding_day(place: None) -> None:
    assert Agency.objects.get(key="bk-stp").code == "000.00.03.H03"
    assert Agency.objects.get(key="tn-stp").code == "H55.03"


def test_reading_the_register_takes_six_queries(place: None, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(6):
        store.read()
