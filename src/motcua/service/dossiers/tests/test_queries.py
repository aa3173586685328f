"""What each screen may ask the store, beside session and user. The numbers are part of the contract."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import asked, at, signed_in
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db
NOW = at("2025-04-29T09:00")


def travelled(place: Office) -> Dossier:
    """Return a dossier with a hand-over, a suspension and a note behind it, and late."""
    dossier = received(place, when=at("2025-04-22T09:00"))
    with time.travelling(at("2025-04-22T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier, note="gấp")
        dossier = actions.accept(Call(place.specialist), dossier=dossier)
        dossier = actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu"
        )
    with time.travelling(at("2025-04-23T10:00")):
        return actions.resume(Call(place.specialist), dossier=dossier)


@pytest.mark.parametrize("who", ["specialist", "head"])
def test_the_page_of_a_dossier_asks_at_most_15_times(who: str) -> None:
    place = office()
    dossier = travelled(place)
    with time.travelling(NOW):
        answer, queries = asked(signed_in(getattr(place, who)), reverse("dossier", args=[dossier.public_id]))
    assert answer.status_code == 200
    assert len(queries) <= 15, "\n".join(queries)


def test_the_page_asks_no_more_for_a_longer_way() -> None:
    place = office()
    short, long = received(place, when=at("2025-04-22T09:00")), travelled(place)
    with time.travelling(NOW):
        client = signed_in(place.head)
        few, many = (asked(client, reverse("dossier", args=[one.public_id]))[1] for one in (long, long))
        before = asked(signed_in(place.counter), reverse("dossier", args=[short.public_id]))[1]
    assert len(many) == len(few)
    assert len(many) <= len(before) + 2


@pytest.mark.parametrize("view", ["toi", "co-quan", "cho-tra"])
def test_the_queue_asks_at_most_6_times_whatever_its_length(view: str) -> None:
    place = office()
    for _ in range(3):
        received(place, when=at("2025-04-22T09:00"))
    with time.travelling(NOW):
        client = signed_in(place.counter)
        answer, few = asked(client, f"{reverse('queue')}?xem={view}")
    for _ in range(30):
        received(place, when=at("2025-04-22T09:00"))
    with time.travelling(NOW):
        _, many = asked(client, f"{reverse('queue')}?xem={view}")
    assert answer.status_code == 200
    assert len(few) <= 6 and len(many) <= 6, "\n".join(many)


def test_receiving_asks_at_most_20_times() -> None:
    place = office()
    client = signed_in(place.counter)
    url = f"{reverse('intake')}?thu-tuc={place.version.public_id}"
    data = {
        "way": str(place.version.limits.get().pk), "all_papers": "on", "applicant": "Nông Văn Minh",
        "identity": "095088001234", "phone": "0912345678", "competent": str(place.department.pk), "do": "nhan",
        "request_key": "abcdefghijklmnop",
    }
    with time.travelling(at("2025-04-24T09:00")):
        answer, queries = asked(client, url, data)
    assert answer.status_code == 302
    assert Dossier.objects.count() == 1
    assert len(queries) <= 20, "\n".join(queries)


def test_tracking_asks_at_most_6_times() -> None:
    place = office()
    dossier = travelled(place)
    with time.travelling(NOW):
        answer, queries = asked(
            signed_in(place.stranger), reverse("track-dossier", args=[dossier.code, dossier.check_word])
        )
    assert answer.status_code == 200
    assert len(queries) <= 6, "\n".join(queries)


def test_the_heads_page_asks_at_most_12_times() -> None:
    place = office()
    travelled(place)
    with time.travelling(NOW):
        answer, queries = asked(signed_in(place.head), reverse("unit"))
    assert answer.status_code == 200
    assert len(queries) <= 12, "\n".join(queries)
