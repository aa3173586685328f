"""Three people before every screen: the one who holds the dossier, a colleague, a stranger. Denied changes nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.models import AccessEntry, Denial, LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions
from motcua.service.dossiers.doing import DOINGS
from motcua.service.dossiers.models import ClockEvent, Dossier
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.dossiers.types import Ground, State

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T14:30")


def held(place: Office) -> Dossier:
    """Return a dossier that the specialist holds."""
    dossier = received(place, when=at("2025-04-24T09:00"))
    with time.travelling(at("2025-04-24T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
        return actions.accept(Call(place.specialist), dossier=dossier)


def traces() -> tuple[int, int, list[tuple[int, str]]]:
    """Return what a denied call must leave as it was."""
    states = list(Dossier.objects.values_list("version", "state"))
    return LedgerEvent.objects.count(), ClockEvent.objects.count(), states


def url(dossier: Dossier, slug: str = "") -> str:
    return reverse("dossier", args=[dossier.public_id]) + slug


def test_nobody_sees_a_desk_screen_without_signing_in() -> None:
    dossier = held(office())
    for address in (url(dossier), url(dossier, "ket-thuc"), reverse("queue"), reverse("intake"), reverse("unit")):
        answer = Client().get(address)
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/dang-nhap")


def test_the_page_opens_to_holder_and_colleagues_and_is_not_there_for_a_stranger() -> None:
    place = office()
    dossier = held(place)
    with time.travelling(NOW):
        for who in (place.specialist, place.head, place.counter, place.colleague):
            assert signed_in(who).get(url(dossier)).status_code == 200
        stranger, nothing = (
            signed_in(place.stranger).get(address) for address in (url(dossier), "/ho-so/22222222222222/")
        )
    assert stranger.status_code == nothing.status_code == 404
    assert dossier.applicant not in text_of(stranger)
    assert text_of(stranger) == text_of(nothing)


def test_who_reads_a_record_stands_in_the_access_journal() -> None:
    place = office()
    dossier = held(place)
    with time.travelling(NOW):
        for who in (place.colleague, place.stranger):
            signed_in(who).get(url(dossier))
            for paper in ("giay-hen.pdf", "phieu-kiem-soat.pdf"):
                signed_in(who).get(url(dossier) + paper)
    noted = list(AccessEntry.objects.order_by("purpose").values_list("actor", "subject", "purpose"))
    assert noted == [(place.colleague.ref, dossier.ref, f"dossier.{purpose}") for purpose in ("print", "read")]


@pytest.mark.parametrize("slug", sorted(DOINGS))
def test_no_verb_is_open_to_a_stranger(slug: str) -> None:
    place = office()
    dossier = held(place)
    before = traces()
    client = signed_in(place.stranger)
    assert client.get(url(dossier, slug)).status_code == 404
    assert client.post(url(dossier, slug), {"reason": "x", "note": ""}).status_code == 404
    assert traces() == before


@pytest.mark.parametrize("slug", ["ket-thuc", "tam-dung", "dung"])
def test_a_colleague_who_does_not_hold_it_is_denied_and_the_denial_is_written(slug: str) -> None:
    place = office()
    dossier = held(place)
    before = traces()
    client = signed_in(place.colleague)
    data = {"reason": "thiếu", "ground": "supplement", "policy": "RESUME"}
    looked = client.get(url(dossier, slug))
    assert looked.status_code == 302 and looked.headers["Location"] == url(dossier)
    assert not Denial.objects.exists(), "who only looks tried nothing"
    assert client.post(url(dossier, slug), data).status_code == 403
    assert traces() == before
    assert Denial.objects.filter(actor=place.colleague.ref, subject=dossier.ref).exists()


def test_back_after_a_hand_over_leads_to_the_dossier_and_says_who_holds_it() -> None:
    place = office()
    dossier = held(place)
    before = traces()
    answer = signed_in(place.counter).get(url(dossier, "chuyen"), follow=True)
    assert answer.redirect_chain == [(url(dossier), 302)]
    said = text_of(answer)
    assert "Hồ sơ này nay ở: " in said and f"{place.specialist.name} giữ. Trang vừa mở" in said
    assert traces() == before and not Denial.objects.exists()


@pytest.mark.parametrize("slug", sorted(DOINGS))
def test_a_dossier_that_is_over_shows_no_form_of_any_verb(slug: str) -> None:
    place = office()
    dossier = held(place)
    with time.travelling(NOW):
        actions.stop(Call(place.head), dossier=dossier, reason="trùng hồ sơ")
    for who in (place.head, place.specialist, place.counter):
        answer = signed_in(who).get(url(dossier, slug), follow=True)
        assert answer.redirect_chain == [(url(dossier), 302)]
        assert "Chưa có gì thay đổi." in text_of(answer)
    assert not Denial.objects.exists()


def test_the_holder_does_it_and_comes_back_to_the_page() -> None:
    place = office()
    dossier = held(place)
    with time.travelling(NOW):
        answer = signed_in(place.specialist).post(
            url(dossier, "tam-dung"), {"reason": "Thiếu bản sao", "ground": "supplement", "policy": "RESUME"}
        )
    assert answer.status_code == 302 and answer.headers["Location"] == url(dossier)
    dossier.refresh_from_db()
    assert dossier.state == State.SUSPENDED


def test_a_refusal_stands_at_the_form_with_what_was_typed() -> None:
    place = office()
    dossier = held(place)
    before = traces()
    with time.travelling(NOW):
        answer = signed_in(place.specialist).post(
            url(dossier, "chuyen"), {"to_step": str(dossier.at_step_id), "note": "nhờ xem giúp"}
        )
    assert answer.status_code == 422
    assert "nhờ xem giúp" in answer.content.decode()
    assert traces() == before


def test_a_stale_screen_is_led_to_the_page_as_it_is_now() -> None:
    place = office()
    dossier = held(place)
    seen = f"{dossier.ref}@{dossier.version}"
    with time.travelling(NOW):
        actions.suspend(
            Call(place.head), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="tạm dừng"
        )
        before = traces()
        client = signed_in(place.specialist)
        answer = client.post(url(dossier, "ket-thuc"), {"seen": seen}, follow=True)
    assert answer.redirect_chain == [(url(dossier), 302)]
    assert "Có người khác vừa xử lý trước" in text_of(answer)
    assert traces() == before


def test_a_double_click_counts_once() -> None:
    place = office()
    dossier = held(place)
    client = signed_in(place.specialist)
    data = {"request_key": "k" * 24, "seen": f"{dossier.ref}@{dossier.version}"}
    with time.travelling(NOW):
        answers = [client.post(url(dossier, "ket-thuc"), data).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert LedgerEvent.objects.filter(subject=dossier.ref, verb="dossier.finish").count() == 1


def test_an_unknown_verb_is_not_there() -> None:
    place = office()
    assert signed_in(place.specialist).get(url(held(place), "xoa")).status_code == 404


def test_only_the_counter_receives() -> None:
    place = office()
    address = f"{reverse('intake')}?thu-tuc={place.version.public_id}"
    data = {"applicant": "Nông Văn Minh", "all_papers": "on", "competent": str(place.department.pk), "do": "nhan"}
    for who in (place.specialist, place.head):
        client = signed_in(who)
        assert client.get(address).status_code == 403
        assert client.post(address, data).status_code == 403
    assert Dossier.objects.count() == 0
    assert signed_in(place.colleague).get(address).status_code == 200


def test_the_received_page_is_the_offices_alone() -> None:
    place = office()
    dossier = received(place)
    address = reverse("dossier-received", args=[dossier.public_id])
    assert signed_in(place.counter).get(address).status_code == 200
    assert signed_in(place.colleague).get(address).status_code == 200
    assert signed_in(place.stranger).get(address).status_code == 404


def test_only_leaders_oversee_and_only_their_own_agency() -> None:
    place = office()
    dossier = held(place)
    with time.travelling(NOW):
        for who in (place.specialist, place.stranger):
            assert signed_in(who).get(reverse("unit")).status_code == 403
            assert signed_in(who).get(reverse("unit-rows", args=["dang-giai-quyet"])).status_code == 403
        assert dossier.code in text_of(signed_in(place.head).get(reverse("unit-rows", args=["dang-giai-quyet"])))


def test_searching_finds_only_what_one_may_read() -> None:
    place = office()
    dossier = held(place)
    for text in (dossier.code, "095088001234", "0912 345 678", "nong van", "Minh"):
        for who, found in ((place.specialist, True), (place.colleague, True), (place.stranger, False)):
            answer = signed_in(who).post(reverse("dossier-search"), {"q": text})
            assert (url(dossier) in answer.content.decode()) is found, (text, who.name)
