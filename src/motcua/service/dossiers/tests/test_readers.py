"""Who opened a dossier is told to its applicant by agency and role, and to those who oversee by name as well."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.models import AccessEntry
from motcua.foundation.core.refs import ANONYMOUS
from motcua.foundation.identity.models import RoleGrant
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.presenting.readers import readings
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of

pytestmark = pytest.mark.django_db
NINE = at("2025-04-24T09:03")


def track(dossier: Dossier) -> str:
    answer = Client().get(reverse("track-dossier", args=[dossier.code, dossier.check_word]))
    assert answer.status_code == 200
    return text_of(answer)


def open_page(who: Officer, dossier: Dossier) -> str:
    answer = signed_in(who).get(reverse("dossier", args=[dossier.public_id]))
    assert answer.status_code == 200
    return text_of(answer)


def opened() -> tuple[Office, Dossier]:
    place = office()
    dossier = received(place, when=at("2025-04-24T09:00"))
    for later in (0, 4, 20):
        with time.travelling(NINE + timedelta(minutes=later)):
            open_page(place.colleague, dossier)
    return place, dossier


def test_the_applicant_reads_agency_and_role_and_no_name() -> None:
    place, dossier = opened()
    with time.travelling(NINE + timedelta(hours=1)):
        said = track(dossier)
    told = f"Thứ Năm, 24/4/2025 09:00, 09:15 Tiếp nhận và trả kết quả – {place.commune.name} mở hồ sơ"
    assert told in said
    assert place.colleague.name not in said


def test_tracking_is_noted_once_in_its_quarter_and_shown_as_what_it_is() -> None:
    _, dossier = opened()
    with time.travelling(NINE):
        for _ in range(3):
            said = track(dossier)
    assert "Người có mã hồ sơ và từ kiểm tra xem trên trang tra cứu" in said
    entries = AccessEntry.objects.filter(purpose="public.track")
    assert list(entries.values_list("actor", "agency", "subject")) == [(ANONYMOUS, "", dossier.ref)]
    with time.travelling(NINE + timedelta(minutes=15)):
        track(dossier)
    assert entries.count() == 2


def test_a_wrong_word_notes_nothing() -> None:
    _, dossier = opened()
    Client().get(reverse("track-dossier", args=[dossier.code, "zzzzzz"]))
    assert not AccessEntry.objects.filter(purpose="public.track").exists()


def test_those_who_oversee_read_names_and_others_see_no_list() -> None:
    place, dossier = opened()
    auditor = officer(Role.AUDITOR)
    with time.travelling(NINE + timedelta(hours=1)):
        for who in (place.head, auditor):
            said = open_page(who, dossier)
            assert f"{place.colleague.name}, Tiếp nhận và trả kết quả – {place.commune.name}" in said
        for who in (place.counter, place.colleague):
            assert "Ai đã mở hồ sơ" not in open_page(who, dossier)


def test_a_role_is_told_as_it_was_on_the_day_of_reading() -> None:
    place, dossier = opened()
    change, mine = time.local_day(NINE) + timedelta(days=1), place.colleague.account_id
    RoleGrant.objects.filter(account=mine).update(valid_to=change)
    RoleGrant.objects.create(account_id=mine, agency=place.commune, role=Role.CASHIER, valid_from=change)
    with time.travelling(NINE + timedelta(days=2)):
        open_page(place.colleague, dossier)
    told = [reading.who for reading in readings(dossier, with_names=False)]
    assert told == [f"Thủ quỹ – {place.commune.name}", f"Tiếp nhận và trả kết quả – {place.commune.name}"]
