"""What one glance tells: holder, time left, strip, delay, papers, ledger."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.looks import TimeState
from motcua.foundation.core.models import LedgerHead
from motcua.foundation.core.strip import SegmentKind
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions, selectors
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.presenting.page import Page, page
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.dossiers.types import Ground, Missing

pytestmark = pytest.mark.django_db


def shown(place: Office, dossier: Dossier, when: str, actor: object = None) -> Page:
    row = selectors.full().get(pk=dossier.pk)
    with time.travelling(at(when)):
        return page(actor or place.specialist, row, time.now())  # type: ignore[arg-type]


def at_the_department(place: Office) -> Dossier:
    """Return a dossier received on Tuesday at 9, handed over at 10, accepted at 14."""
    dossier = received(place, when=at("2025-04-22T09:00"))
    with time.travelling(at("2025-04-22T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier, note="xem giúp")
    with time.travelling(at("2025-04-22T14:00")):
        return actions.accept(Call(place.specialist), dossier=dossier)


def test_the_large_line_says_who_holds_it_and_how_long_is_left() -> None:
    place = office()
    found = shown(place, at_the_department(place), "2025-04-23T14:00")
    assert found.holder == "Sở Tư pháp – bước Thẩm định"
    assert (found.left.words, found.left.state) == ("còn 1 ngày 3 giờ", TimeState.ON_TIME)
    assert found.due == "hẹn trả Thứ Năm, 24/4/2025 lúc 17:00" and found.first_due == ""


def test_a_dossier_that_nobody_accepted_yet_says_so() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-22T09:00"))
    with time.travelling(at("2025-04-22T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
    found = shown(place, dossier, "2025-04-22T11:00")
    assert found.holder == "Chờ Sở Tư pháp – bước Thẩm định nhận" and "chưa ai nhận" in found.person
    assert [offer.doing.slug for offer in found.offered] == ["nhan", "khong-nhan"]


def test_at_most_three_things_are_offered_and_nothing_grave_among_them() -> None:
    place = office()
    found = shown(place, at_the_department(place), "2025-04-23T14:00", place.head)
    assert [offer.doing.slug for offer in found.offered] == ["chuyen", "tam-dung", "xin-loi"]
    assert [offer.doing.slug for offer in found.more] == ["rut", "dung", "ket-thuc"]
    assert found.offered[0].title == "Chuyển bước Ký duyệt"


def test_finishing_before_the_last_step_is_warned_of_and_no_more_at_its_end() -> None:
    place = office()
    dossier = at_the_department(place)
    early = next(one for one in shown(place, dossier, "2025-04-23T14:00").more if one.doing.slug == "ket-thuc")
    ahead = [step.name for step in place.process.steps.all()[2:]]
    assert f"còn {len(ahead)} bước chưa làm: {', '.join(ahead)}" in early.warning
    address = reverse("dossier-do", args=[dossier.public_id, "ket-thuc"])
    assert early.warning in text_of(signed_in(place.specialist).get(address))
    with time.travelling(at("2025-04-23T15:00")):
        dossier = actions.hand_over(Call(place.specialist), dossier=dossier)
        dossier = actions.accept(Call(place.head), dossier=dossier)
    last = shown(place, dossier, "2025-04-23T16:00", place.head)
    assert next((one.doing.slug, one.warning) for one in last.offered) == ("ket-thuc", "")


def test_a_dossier_that_waits_for_papers_says_how_many() -> None:
    place = office()
    dossier = at_the_department(place)
    asked = [Missing(paper.name, paper.pk) for paper in place.version.papers.all()[:2]]
    with time.travelling(at("2025-04-23T08:00")):
        dossier = actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME,
            reason="bản sao mờ", missing=asked,
        )
    assert shown(place, dossier, "2025-04-23T14:00").papers_words == "đang chờ bổ sung 2 giấy tờ"
    with time.travelling(at("2025-04-23T15:00")):
        dossier = actions.resume(Call(place.specialist), dossier=dossier)
    assert "chờ" not in shown(place, dossier, "2025-04-23T16:00").papers_words


def test_the_strip_joins_giving_and_accepting_and_hatches_the_suspension() -> None:
    place = office()
    dossier = at_the_department(place)
    with time.travelling(at("2025-04-23T08:00")):
        actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu"
        )
    with time.travelling(at("2025-04-24T08:00")):
        dossier = actions.resume(Call(place.specialist), dossier=dossier)
    strip = shown(place, dossier, "2025-04-24T09:00").strip
    assert [(part.holder, part.kind, part.minutes) for part in strip.held] == [
        (f"{place.commune} – Tiếp nhận", SegmentKind.HELD, 60),
        ("Sở Tư pháp – Thẩm định", SegmentKind.HELD, 90 + 210 + 60),
        ("Công dân", SegmentKind.SUSPENDED, 480),
        ("Sở Tư pháp – Thẩm định", SegmentKind.HELD, 60),
    ]
    assert strip.moved and strip.now is not None and not strip.is_late
    assert abs(sum(part.width for part in strip.segments) - 1) < 1e-9


def test_a_finished_dossier_has_no_needle() -> None:
    place = office()
    dossier = at_the_department(place)
    with time.travelling(at("2025-04-24T10:00")):
        dossier = actions.finish(Call(place.specialist), dossier=dossier)
    found = shown(place, dossier, "2025-05-20T10:00")
    assert found.strip.now is None and found.left.words == "xong đúng hạn" and found.parts == []


def test_a_delay_is_shared_by_who_held_it_after_the_due_date() -> None:
    place = office()
    dossier = at_the_department(place)
    with time.travelling(at("2025-04-25T13:30")):  # 270 minutes late at the first step
        dossier = actions.hand_over(Call(place.specialist), dossier=dossier)
        dossier = actions.accept(Call(place.head), dossier=dossier)
    found = shown(place, dossier, "2025-04-25T15:00")  # and 90 at the second
    assert [(part.name, part.time, part.share) for part in found.parts] == [
        ("Sở Tư pháp – Thẩm định", "4 giờ 30 phút", 0.75), ("Sở Tư pháp – Ký duyệt", "1 giờ 30 phút", 0.25),
    ]
    assert found.delay == "Phần lớn thời gian quá hạn (75%) hồ sơ ở Sở Tư pháp – Thẩm định."
    assert shown(place, dossier, "2025-04-24T16:00").delay == ""


def test_papers_that_did_not_come_are_listed_as_missing() -> None:
    place = office()
    first = place.version.papers.all()[0]
    dossier = received(place, papers=[actions.PaperIn(name=first.name, paper_id=first.pk, originals=1, copies=2)])
    lines = shown(place, dossier, "2025-04-24T09:00").papers
    assert [(line.name, line.count, line.is_missing) for line in lines] == [
        ("Tờ khai", "1 bản chính, 2 bản sao", False), ("Giấy tờ tùy thân", "", True), ("Giấy chứng sinh", "", True),
    ]


def test_the_ledger_is_told_in_words_with_hash_and_seal() -> None:
    place = office()
    dossier = at_the_department(place)
    found = shown(place, dossier, "2025-04-23T09:00")
    assert [(line.sequence, line.text) for line in found.ledger] == [
        (3, "Nhận hồ sơ"), (2, "Chuyển hồ sơ cho Sở Tư pháp"), (1, "Tiếp nhận hồ sơ"),
    ]
    assert {line.who for line in found.ledger} == {place.counter.name, place.specialist.name}
    assert all(len(line.digest) == 8 for line in found.ledger) and found.sealed == "chưa niêm phong"
    LedgerHead.objects.filter(subject=dossier.ref).update(sealed_sequence=2)
    sealed = shown(place, dossier, "2025-04-23T09:00")
    assert [line.is_sealed for line in sealed.ledger] == [False, True, True] and sealed.sealed == "đã niêm phong 2/3"


def test_an_identity_number_is_never_shown_whole() -> None:
    place = office()
    dossier = at_the_department(place)
    html = signed_in(place.specialist).get(reverse("dossier", args=[dossier.public_id])).content.decode()
    assert "095088001234" not in html and "••••••••1234" in html


def test_notes_and_hand_overs_stand_on_the_page() -> None:
    place = office()
    dossier = at_the_department(place)
    with time.travelling(at("2025-04-23T09:00")):
        said = text_of(signed_in(place.specialist).get(reverse("dossier", args=[dossier.public_id])))
    assert "xem giúp" in said and "22/4 14:00" in said and "Sở Tư pháp – Thẩm định" in said


def test_forms_open_on_the_page_and_lead_somewhere_without_javascript() -> None:
    place = office()
    dossier = at_the_department(place)
    client = signed_in(place.specialist)
    html = client.get(reverse("dossier", args=[dossier.public_id])).content.decode()
    address = reverse("dossier-do", args=[dossier.public_id, "tam-dung"])
    assert f'href="{address}" data-dialog="do-tam-dung"' in html and 'id="do-tam-dung"' in html
    assert client.get(address).status_code == 200
