"""The list of denials names verbs and dossiers as people do, and leads only those to a dossier who may read it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.foundation.core import spoken
from motcua.foundation.core.models import Denial
from motcua.foundation.core.verbs import VERBS
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.service.dossiers.tests.factories import office, received
from motcua.service.dossiers.tests.screens import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_every_verb_has_words() -> None:
    unsaid = [name for name in VERBS if not name.startswith("test") and spoken.verb(name) == spoken.OTHER.capitalize()]
    assert unsaid == [] and {name.partition(".")[0] for name in VERBS} <= spoken.KINDS.keys()


def test_a_denied_hand_over_is_told_in_words_with_the_code() -> None:
    place = office()
    dossier = received(place)
    Denial.objects.create(actor=place.stranger.ref, verb="dossier.hand_over", subject=dossier.ref, reason="Không giữ.")
    Denial.objects.create(actor=place.stranger.ref, verb="account.lock", subject="account:abc", reason="Không giữ.")
    for who, leads in ((officer(Role.AUDITOR), True), (officer(Role.ADMIN), False)):
        answer = signed_in(who).get(reverse("denials"))
        said = text_of(answer)
        assert "Chuyển hồ sơ" in said and dossier.code in said and "Khóa tài khoản" in said
        assert "hand_over" not in said and "account:" not in said and dossier.ref not in said
        assert (reverse("dossier", args=[dossier.public_id]) in answer.content.decode()) is leads
