"""Who opened a dossier is told to its applicant by agency and role, and to those who oversee by name as well."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import journal, time
from motcua.foundation.core.models import AccessEntry
from motcua.foundation.core.refs import ANONYMOUS
from motcua.foundation.identity.models import RoleGrant
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.presenting.readers import readings
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.testing import seen as shown

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
    told = [reading.who for reading in readings(dossier, {}, with_names=False).lines]
    assert told == [f"Thủ quỹ – {place.commune.name}", f"Tiếp nhận và trả kết quả – {place.commune.name}"]


def opened_daily(dossier: Dossier, by: Officer, days: int) -> None:
    """Note that an officer opened a dossier in four quarters of each day, without a request each time."""
    for day in range(days):
        for quarter in range(4):
            with time.travelling(NINE + timedelta(days=day, minutes=15 * quarter)):
                journal.read(by, dossier.ref, "dossier.read")


@pytest.mark.parametrize("at_once", [200, 21, 20, 3])
def test_what_is_not_shown_is_counted_and_every_reading_is_reached_page_by_page(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "AT_ONCE", at_once)
    place = office()
    dossier = received(place, when=at("2025-04-24T08:00"))
    opened_daily(dossier, place.colleague, 25)
    address = reverse("track-dossier", args=[dossier.code, dossier.check_word])
    seen, link, counts = Counter[str](), "", []
    with time.travelling(NINE + timedelta(days=25)):
        for _ in range(26):
            page = shown(Client().get(address + link).content.decode())
            seen.update(re.findall(r'<time datetime="(2025-[\d-]+)">', page.partition('id="ai-da-xem"')[2]))
            older = re.search(r'href="(\?xem-truoc=[\d-]+)#ai-da-xem">Xem ([\d.]+) lượt trước đó', page)
            if older is None:
                break
            link = older[1]
            counts.append(int(older[2]))
    days = [str(time.local_day(NINE + timedelta(days=day))) for day in range(26)]
    assert sorted(seen) == days and set(seen.values()) == {1}, "no day twice, none left out"
    assert counts == {200: [64, 24], 21: [80, 60, 40, 20], 20: [84, 64, 44, 24, 4], 3: [*range(100, 0, -4)]}[at_once]
    assert "Về các lượt mới nhất" in page and "lượt trước đó" not in page


@pytest.mark.parametrize("asked", ["2025-13-45", "hôm qua", "'; --", "2025-04-01"])
def test_a_page_of_readings_that_is_not_there_leads_back(asked: str) -> None:
    _, dossier = opened()
    with time.travelling(NINE + timedelta(hours=1)):
        page = Client().get(reverse("track-dossier", args=[dossier.code, dossier.check_word]), {"xem-truoc": asked})
    said = text_of(page)
    assert page.status_code == 200
    if asked == "2025-04-01":
        assert "Không có lượt nào trước ngày này. Về các lượt mới nhất" in said
    else:
        assert "09:00, 09:15" in said


def test_those_who_oversee_page_on_too(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    place = office()
    dossier = received(place, when=at("2025-04-24T08:00"))
    opened_daily(dossier, place.colleague, 12)
    with time.travelling(NINE + timedelta(days=11, hours=2)):
        with django_assert_max_num_queries(2):
            page = readings(dossier, {}, with_names=True)
        assert (len(page.lines), page.earlier, page.older) == (10, 8, "?xem-truoc=2025-04-26#ai-da-xem")
        answer = signed_in(place.head).get(f"{reverse('dossier', args=[dossier.public_id])}{page.older}")
    said = text_of(answer)
    assert "25/4/2025 09:00, 09:15, 09:30, 09:45" in said and "26/4/2025 09:00" not in said
