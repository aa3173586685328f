"""Letters to applicants: what they say, which form and number they have, and that none moves a due date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy, Verdict
from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied, Invalid, Refusal
from motcua.foundation.core.models import AccessEntry, LedgerEvent
from motcua.foundation.core.numbering.models import NumberEntry
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.verbs import Call
from motcua.foundation.law import actions as law
from motcua.service.dossiers import actions, letters, selectors
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.letters import AskedAlready
from motcua.service.dossiers.models import Dossier, Letter
from motcua.service.dossiers.papers import issuing
from motcua.service.dossiers.papers.tests.test_slip import second_program
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.dossiers.types import Ground, LetterKind, Missing, Person, State

pytestmark = pytest.mark.django_db
UNDER_01_2018, UNDER_03_2025, IN_2016 = at("2025-04-24T09:00"), at("2025-07-03T09:00"), at("2016-06-15T09:00")


@pytest.fixture(autouse=True)
def _law() -> None:
    law.load_shipped(Call(SYSTEM_ACTOR))


def held(place: Office, when: datetime = UNDER_01_2018) -> Dossier:
    """Return a dossier of two working days that the specialist holds since the next hour."""
    dossier = received(place, when=when)
    with time.travelling(when.replace(hour=10)):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
        return actions.accept(Call(place.specialist), dossier=dossier)


def waiting(place: Office, dossier: Dossier, *missing: Missing) -> Dossier:
    with time.travelling(dossier.received_at + timedelta(hours=6)):
        return actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME,
            reason="Nộp bổ sung để xác định nơi cư trú", missing=missing,
        )


def text(who: Any, letter: Letter, folder: Path) -> str:
    found = selectors.letters().get(public_id=letter.public_id)
    content = keeping.read(issuing.letter_of(Call(who), found))
    fonts = second_program("pdffonts", content=content, folder=folder).splitlines()[2:]
    assert fonts and all("Tinos" in line and line.split()[-5] == "yes" for line in fonts)
    return " ".join(second_program("pdftotext", "-layout", content=content, folder=folder).split())


def test_a_suspension_for_papers_sends_a_numbered_list_once(tmp_path: Path) -> None:
    place = office()
    dossier = held(place)
    asked = place.version.papers.all()[1]
    wanted = (
        Missing(asked.name, asked.pk), Missing("Trích lục bản đồ", basis="Điều 12 Nghị định 101/2024/NĐ-CP"),
    )
    dossier = waiting(place, dossier, *wanted)
    letter = Letter.objects.get(dossier=dossier)
    assert (letter.full_number, letter.what, letter.agency) == ("01/HDHS", "supplement", place.department)
    said = text(place.specialist, letter, tmp_path)
    for words in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Số: 01/HDHS", asked.name, "Trích lục bản đồ",
        "Căn cứ: Điều 12 Nghị định 101/2024/NĐ-CP", "Nộp bổ sung để xác định nơi cư trú", "Nông Văn Minh", dossier.code,
        "gày 24 tháng 4 năm 2025", "Mẫu số 02 (01/2018/TT-VPCP)", place.specialist.name, dossier.check_word,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ):
        assert words.replace(" ", "") in said.replace(" ", ""), words
    event = LedgerEvent.objects.get(subject=letter.ref)
    assert event.verb == "dossier.suspend" and "Trích".encode() not in bytes(event.canonical)
    entry = NumberEntry.objects.get(subject=letter.ref)
    assert entry.series == f"letter:{place.department.code}:HDHS:2025"
    with time.travelling(at("2025-04-25T09:00")):
        dossier = actions.resume(Call(place.specialist), dossier=dossier)
    with pytest.raises(AskedAlready, match=r"phiếu số 01/HDHS ngày 24/04/2025; chỉ được yêu cầu một lần"):
        waiting(place, dossier)
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROCESS and Letter.objects.count() == NumberEntry.objects.count() == 1
    with time.travelling(at("2025-04-25T10:00")):
        again = actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.VERIFICATION, policy=PausePolicy.RESUME, reason="Hỏi"
        )
    assert again.state == State.SUSPENDED
    assert Letter.objects.count() == 1, "waiting for others asks the applicant for nothing"


def test_what_is_not_published_needs_a_legal_basis() -> None:
    place, other = office(), office()
    dossier = held(place)
    foreign = other.version.papers.all()[0]
    for bad, field in ((Missing("Giấy xác nhận"), "basis"), (Missing(foreign.name, foreign.pk), "missing")):
        with pytest.raises(Invalid) as refused:
            waiting(place, dossier, bad)
        assert refused.value.field == field
    assert not Letter.objects.exists() and not NumberEntry.objects.exists()
    assert Dossier.objects.get(pk=dossier.pk).state == State.IN_PROCESS


def test_the_form_ticks_what_did_not_come_and_sends_it() -> None:
    place = office()
    dossier = held(place)
    address = reverse("dossier-do", args=[dossier.public_id, "tam-dung"])
    client = signed_in(place.specialist)
    papers = list(place.version.papers.all())
    with time.travelling(dossier.received_at + timedelta(hours=6)):
        html = client.get(address).content.decode()
        assert html.count('name="missing"') == 3 and html.count("checked") == 3
        form = {"ground": "supplement", "policy": "RESUME", "reason": "Nộp thêm"}
        bad = client.post(address, form | {"other": "Giấy xác nhận", "basis": ""})
        assert bad.status_code == 422 and "chỉ được yêu cầu khi có căn cứ pháp lý" in text_of(bad)
        done = client.post(address, form | {"missing": [str(paper.pk) for paper in papers[:2]]}, follow=True)
    assert "Số 01/HDHS" in text_of(done)
    assert [item.of_id for item in Letter.objects.get().items.all()] == [paper.pk for paper in papers[:2]]


def test_numbers_run_per_agency_symbol_and_year() -> None:
    place, other = office(), office()
    for one in (place, place, other):
        waiting(one, held(one))
    next_year = held(place, at("2026-01-05T09:00"))
    waiting(place, next_year)
    found = [(letter.agency_id, letter.year, letter.full_number) for letter in Letter.objects.all()]
    here, there = place.department.pk, other.department.pk
    assert found == [
        (here, 2025, "01/HDHS"), (here, 2025, "02/HDHS"), (there, 2025, "01/HDHS"), (here, 2026, "01/HDHS"),
    ]


def test_a_new_symbol_begins_anew_from_01_within_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    place, said = office(), list[str]()
    for symbol in ("PTC", "PTC", "TCHS"):
        monkeypatch.setattr(letters, "symbol", lambda *_, symbol=symbol: symbol)
        said.append(actions.refuse(
            Call(place.counter), agency=place.commune, person=Person("Nông Văn Minh"), reason="trùng",
            version=place.version,
        ).full_number)
    assert said == ["01/PTC", "02/PTC", "01/TCHS"]


def apologised(
    place: Office, dossier: Dossier, when: str, new_day: date, reason: str = "Thiếu người thẩm định"
) -> Letter:
    with time.travelling(at(when)):
        return actions.apologise(Call(place.specialist), dossier=dossier, reason=reason, new_day=new_day)


def test_an_apology_announces_a_day_and_moves_no_due_date(tmp_path: Path) -> None:
    place = office()
    dossier = held(place)
    before = (dossier.first_due_at, dossier.due_at)
    letter = apologised(place, dossier, "2025-04-25T08:00", date(2025, 5, 6))
    assert (letter.full_number, letter.is_late) == ("01/PXL", False)
    said = text(place.specialist, letter, tmp_path)
    for words in (
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Thiếu người thẩm định", "thành thật xin lỗi",
        "Hẹn trả kết quả chậm nhất: ngày 06/05/2025", "17:00, Thứ Bảy, 26/04/2025", "THỦ TRƯỞNG CƠ QUAN",
        "sẽ không trả kịp kết quả", "Mẫu số 04",
    ):
        assert words in said, words
    with time.travelling(at("2025-05-05T09:00")):
        dossier = actions.finish(Call(place.specialist), dossier=dossier)
    assert (dossier.first_due_at, dossier.due_at) == before
    assert dossier.verdict == Verdict.LATE, "finished before the announced day, and late all the same"


def test_the_applicant_reads_the_announced_day_where_he_follows_his_dossier() -> None:
    place = office()
    dossier = held(place)
    follow = reverse("track-dossier", args=[dossier.code, dossier.check_word])
    with time.travelling(at("2025-04-28T09:00")):
        before = text_of(Client().get(follow))
        apologised(place, dossier, "2025-04-28T09:30", date(2025, 5, 6))
        after = text_of(Client().get(follow))
    assert "Cơ quan đang chậm hẹn" in before and "xin lỗi" not in before
    assert "đã xin lỗi bằng văn bản và hẹn trả kết quả chậm nhất Thứ Ba 6/5" in after.replace("\u00a0", " ")
    assert "Thiếu người thẩm định" not in after


def test_a_second_apology_is_refused_and_one_written_too_late_is_marked() -> None:
    place = office()
    dossier = held(place)
    first = apologised(place, dossier, "2025-04-28T09:00", date(2025, 5, 6))
    assert first.is_late
    with pytest.raises(AskedAlready, match="chỉ được hẹn lại một lần"):
        apologised(place, dossier, "2025-05-06T09:00", date(2025, 5, 9))
    assert Letter.objects.count() == 1
    with time.travelling(at("2025-05-05T09:00")):
        page = text_of(signed_in(place.head).get(reverse("dossier", args=[dossier.public_id])))
    assert "gửi sau hạn xin lỗi" in page and "đã xin lỗi, hẹn lại 6/5/2025" in page


def test_in_2016_the_provinces_form_and_the_due_date_itself_is_early_enough(tmp_path: Path) -> None:
    place = office()
    dossier = held(place, IN_2016)
    letter = apologised(place, dossier, "2016-06-17T09:00", date(2016, 6, 21))
    assert not letter.is_late
    assert "Mẫu số 04 (mẫu ví dụ của tỉnh)" in text(place.specialist, letter, tmp_path)


@pytest.mark.parametrize(("when", "new_day", "says"), [
    ("2025-04-24T11:00", "2025-04-26", "phải sau hôm nay và sau ngày đã hẹn"),
    ("2025-04-25T09:00", "2025-05-01", "cơ quan nghỉ"), ("2025-04-25T09:00", "2025-05-04", "cơ quan nghỉ"),
])
def test_the_new_day_is_a_working_day_behind_the_promised_one(when: str, new_day: str, says: str) -> None:
    place = office()
    dossier = held(place)
    with pytest.raises(Invalid, match=says):
        apologised(place, dossier, when, date.fromisoformat(new_day))
    assert not Letter.objects.exists()


def test_nobody_says_sorry_long_before_or_without_a_date_or_a_reason() -> None:
    place = office()
    far = received(place, when=UNDER_01_2018, first_step=None, process=None)
    Dossier.objects.filter(pk=far.pk).update(due_at=at("2025-06-30T17:00"))
    with time.travelling(at("2025-04-25T09:00")), pytest.raises(NotNow, match="chưa lập phiếu xin lỗi"):
        actions.apologise(Call(place.counter), dossier=far, reason="x", new_day=date(2025, 7, 1))
    undated = received(place, when=UNDER_01_2018, limit=None)
    with pytest.raises(NotNow, match="chưa có ngày hẹn"):
        actions.apologise(Call(place.counter), dossier=undated, reason="x", new_day=date(2025, 7, 1))
    with pytest.raises(Invalid, match="phải nêu lý do"):
        apologised(place, held(place), "2025-04-25T09:00", date(2025, 5, 6), reason=" ")
    with pytest.raises(Denied):
        dossier = held(place)
        actions.apologise(Call(place.stranger), dossier=dossier, reason="x", new_day=date(2025, 5, 6))
    assert not Letter.objects.exists() and not NumberEntry.objects.exists()


@pytest.mark.parametrize(("when", "form"), [(UNDER_01_2018, ""), (UNDER_03_2025, "Mẫu số 05 (03/2025/TT-VPCP)")])
def test_stopping_sends_a_notice_with_the_form_of_its_set(when: datetime, form: str, tmp_path: Path) -> None:
    place = office()
    dossier = held(place, when)
    with time.travelling(when.replace(hour=16)):
        dossier = actions.stop(Call(place.head), dossier=dossier, reason="Quá thời hạn bổ sung")
    letter = Letter.objects.get()
    assert (letter.what, letter.full_number, letter.agency) == ("stop", "01/TBD", place.department)
    said = text(place.head, letter, tmp_path)
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in said and "Quá thời hạn bổ sung" in said
    assert form in said and ("Mẫu số" in said) is bool(form)


def test_a_refusal_to_settle_is_form_03(tmp_path: Path) -> None:
    place = office()
    dossier = held(place)
    answer = signed_in(place.head).post(
        reverse("dossier-do", args=[dossier.public_id, "dung"]), {"letter": "refusal", "reason": "Không đủ điều kiện"}
    )
    assert answer.status_code == 302
    letter = Letter.objects.get()
    said = text(place.head, letter, tmp_path)
    assert (letter.what, letter.full_number) == ("refusal", "01/PTC")
    assert "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ" in said and "Mẫu số 03" in said and dossier.code in said


def test_the_counter_refuses_in_writing_without_a_dossier(tmp_path: Path) -> None:
    place = office()
    client, address = signed_in(place.counter), reverse("refuse")
    data = {"person": "Lý A Páo", "address": "Thôn Nà Ca", "code": place.version.procedure.code,
            "reason": "Thuộc thẩm quyền của cơ quan công an", "request_key": "r" * 24}
    for who in (place.specialist, place.head):
        assert signed_in(who).get(address).status_code == signed_in(who).post(address, data).status_code == 403
    for bad in ({"reason": ""}, {"person": " "}, {"code": "9.999999"}, {"code": ""}):
        assert client.post(address, data | bad).status_code == 422
    numbered = client.post(address, data | {"person": "0912 345 678"})
    assert numbered.status_code == 422 and "chưa có chữ cái nào" in text_of(numbered)
    assert 'value="0912 345 678"' in numbered.content.decode() and data["reason"] in text_of(numbered)
    assert not Letter.objects.exists() and not NumberEntry.objects.exists()
    with time.travelling(UNDER_03_2025):
        for _ in range(2):
            page = client.post(address, data, follow=True)
    letter = Letter.objects.get()
    assert "Số 01/PTC" in text_of(page) and "Lý A Páo" in text_of(page)
    assert not Dossier.objects.exists()
    said = text(place.counter, letter, tmp_path)
    for words in ("PHIẾU TỪ CHỐI TIẾP NHẬN HỒ SƠ", "Lý A Páo", "Thôn Nà Ca", place.version.name, "Mẫu số 03 (03/2025",
                  "Thuộc thẩm quyền của cơ quan công an", "NGƯỜI TIẾP NHẬN HỒ SƠ"):
        assert words in said, words
    paper = reverse("letter", args=[letter.public_id])
    assert signed_in(place.colleague).get(paper).status_code == 200
    for stranger in (place.stranger, place.specialist):
        assert signed_in(stranger).get(paper).status_code == 404


def test_readers_of_the_dossier_get_the_same_bytes_and_are_noted() -> None:
    place = office()
    dossier = waiting(place, held(place))
    paper = reverse("letter", args=[Letter.objects.get().public_id])
    assert signed_in(place.stranger).get(paper).status_code == 404
    assert Client().get(paper).status_code == 302
    assert not Paper.objects.exists()
    first, again = (signed_in(who).get(paper) for who in (place.counter, place.head))
    assert first.content == again.content and first.content[:5] == b"%PDF-"
    assert first.headers["Cache-Control"] == "private, no-store"
    assert Paper.objects.get().what == "letter"
    assert AccessEntry.objects.filter(subject=dossier.ref, purpose="dossier.print").count() == 2
    event = LedgerEvent.objects.get(subject=Paper.objects.get().ref)
    assert bytes(Paper.objects.get().file.sha256).hex().encode() in bytes(event.canonical)


def test_an_exercise_says_so_and_a_long_list_goes_on_to_the_next_page(tmp_path: Path) -> None:
    settings_rows.write("exercise", "Bản diễn tập, không có giá trị pháp lý")
    try:
        place = office()
        wanted = [Missing(f"Giấy tờ thứ {n} theo quy định", basis="Điều 3") for n in range(30)]
        waiting(place, held(place), *wanted)
        found = selectors.letters().get()
        content = keeping.read(issuing.letter_of(Call(place.specialist), found))
    finally:
        settings_rows.forget()
    said = second_program("pdftotext", "-layout", content=content, folder=tmp_path)
    assert "Bản diễn tập" in said and "Giấy tờ thứ 29" in said and "trang 2/" in said
    assert "595.276 x 419.528" in second_program("pdfinfo", content=content, folder=tmp_path)


def test_an_apology_is_offered_only_where_it_may_be_written() -> None:
    place = office()
    dossier = held(place)
    row = selectors.full().get(pk=dossier.pk)
    assert letters.is_due(row, at("2025-04-25T09:00")), "two working days are near"
    apologised(place, dossier, "2025-04-25T10:00", date(2025, 5, 6))
    assert not letters.is_due(selectors.full().get(pk=dossier.pk), at("2025-04-28T09:00"))
    with pytest.raises(Refusal):
        letters.check_first(dossier, LetterKind.APOLOGY, "apology.reschedules", "{number} {day}")
    assert Person("x").wish == ""
