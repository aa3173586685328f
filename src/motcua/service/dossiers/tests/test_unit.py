"""The head's page: each number is the length of its list, and the lists agree with the dossiers' own judgement."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.looks import TimeState
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import actions, unit
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.presenting import glance
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.testing import seen

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T15:30")


def busy(place: Office) -> None:
    """Make a month of dossiers: late ones, one due today, finished ones, limits in hours, none at all."""
    for day in ("03-20", "04-10", "04-22", "04-23", "04-24"):
        received(place, when=at(f"2025-{day}T09:00"))
    received(place, when=at("2025-04-22T09:00"), limit=None)
    hours = place.version.limits.get()
    hours.amount, hours.unit = Decimal(4), "hour"
    for when in ("2025-04-24T08:00", "2025-04-24T10:00"):
        received(place, when=at(when), limit=hours)
    for month, when in (("03", "2025-03-21T09:00"), ("04", "2025-04-15T09:00")):
        dossier = received(place, when=at(f"2025-{month}-10T09:00"))
        with time.travelling(at(when)):
            actions.finish(Call(place.counter), dossier=dossier)


def test_every_number_opens_to_as_many_rows() -> None:
    place = office()
    busy(place)
    figures = {figure.slug: figure for figure in unit.figures([place.department.pk], NOW)}
    for slug, figure in figures.items():
        rows = unit.rows_of(slug, [place.department.pk], NOW)
        assert rows is not None and rows.count() == figure.value, slug
    assert {slug: figure.value for slug, figure in figures.items()} == {
        "qua-han": 3, "dang-giai-quyet": 8, "tiep-nhan": 8, "da-xong": 1,
    }
    assert (figures["tiep-nhan"].before, figures["da-xong"].before) == (2, 1)


def test_every_number_on_the_page_is_a_link_to_as_many_rows() -> None:
    place = office()
    busy(place)
    with time.travelling(at("2025-04-15T10:00")):
        late = Dossier.objects.get(received_at=at("2025-04-10T09:00"), finished_at=None)
        actions.finish(Call(place.counter), dossier=late)
    client = signed_in(place.head)
    with time.travelling(NOW):
        page = seen(client.get(reverse("unit")).content.decode())
        links = re.findall(r'<a href="/don-vi/([a-z-]+)">(.*?)</a>', page)
        numbers = {slug: int(re.findall(r"\d+", re.sub(r"<[^>]*>", " ", words))[-1]) for slug, words in links}
        assert {"qua-han", "da-xong", "xong-qua-han", "da-xong-thang-truoc", "tiep-nhan-thang-truoc"} <= set(numbers)
        for slug, number in numbers.items():
            rows = client.get(reverse("unit-rows", args=[slug])).content.decode()
            assert len(set(re.findall(r'href="(/ho-so/[^"/]{8,}/)"', rows))) == number, slug
    figures = page.partition('class="figures"')[2].partition("</ul>")[0]
    bare = re.sub(r"<a [^>]*>.*?</a>", "", figures)
    assert not re.search(r">[^<]*\d", bare), "a number that opens to nothing"


def test_late_is_what_the_clock_calls_late() -> None:
    place = office()
    busy(place)
    everywhere = list(Agency.objects.values_list("pk", flat=True))
    for now in (NOW, at("2025-04-24T12:00"), at("2025-04-26T17:30"), at("2025-05-01T00:10")):
        by_clock = {row.pk for row in Dossier.objects.all() if glance.left(row, now).state is TimeState.LATE}
        assert set(unit.late(everywhere, now).values_list("pk", flat=True)) == by_clock


def test_the_week_ahead_counts_working_days_and_opens_to_its_rows() -> None:
    place = office()
    busy(place)
    week = unit.week_ahead([place.department.pk], NOW)
    assert [one.day.isoformat() for one in week] == [
        "2025-04-24", "2025-04-25", "2025-04-26", "2025-04-28", "2025-04-29", "2025-05-05", "2025-05-06",
    ]
    for one in week:
        rows = unit.rows_of(one.slug, [place.department.pk], NOW)
        assert rows is not None and rows.count() == one.count
    assert sum(one.count for one in week) == 5


def test_another_agency_has_numbers_of_its_own() -> None:
    place = office()
    busy(place)
    assert [figure.value for figure in unit.figures([place.stranger.agency_id], NOW)] == [0, 0, 0, 0]


@pytest.mark.parametrize("slug", ["khong-co", "han-", "han-2025-13-40", "han-x"])
def test_an_unknown_list_is_not_there(slug: str) -> None:
    assert signed_in(office().head).get(reverse("unit-rows", args=[slug])).status_code == 404


def test_the_page_names_who_holds_a_late_dossier() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-10T09:00"))
    with time.travelling(at("2025-04-10T10:00")):
        actions.accept(Call(place.specialist), dossier=actions.hand_over(Call(place.counter), dossier=dossier))
    with time.travelling(NOW):
        said = text_of(signed_in(place.head).get(reverse("unit")))
    assert dossier.code in said and place.specialist.name in said and "quá hạn" in said
