"""The applicant is told what he must do and when the result is there; the agency that received sends it."""

from __future__ import annotations

import pytest

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core.outbox.models import Message
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions
from motcua.service.dossiers.tests.factories import office, received
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ground", "told"),
    [(Ground.SUPPLEMENT, "bổ sung giấy tờ"), (Ground.PAYMENT, "nộp phí"), (Ground.VERIFICATION, "")],
)
def test_a_suspension_tells_the_citizen_what_he_must_do(ground: Ground, told: str) -> None:
    place = office()
    dossier = received(place)
    actions.suspend(
        Call(place.counter), dossier=dossier, ground=ground, policy=PausePolicy.RESUME, reason="thiếu bản sao"
    )
    found = [message.body for message in Message.objects.filter(about=dossier.ref)]
    assert len(found) == bool(told) and all(told in body and dossier.code in body for body in found)


def test_a_result_is_told_once_by_the_agency_that_received() -> None:
    place = office()
    dossier = received(place)
    actions.finish(Call(place.counter, request_key="k" * 24), dossier=dossier)
    actions.finish(Call(place.counter, request_key="k" * 24), dossier=dossier)
    message = Message.objects.get()
    assert (message.agency, message.address) == (place.commune.ref, dossier.applicant_phone)
    assert "đã có kết quả" in message.body
    assert dossier.applicant not in message.body and dossier.check_word not in message.body


def test_who_left_no_telephone_is_sent_nothing() -> None:
    place = office()
    dossier = received(place, applicant=actions.Applicant(name="Nông Văn Minh"))
    actions.finish(Call(place.counter), dossier=dossier)
    assert not Message.objects.exists()
