"""The slip as other programs read it: its words, its fonts, its page; and that there is one of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection

from motcua.foundation.calendar.seed import standard_working_time
from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.papers import keeping, rendering
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.papers import issuing, loading, slip, words
from motcua.service.dossiers.papers.issuing import PAPERS
from motcua.service.dossiers.papers.types import Sheet
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import signed_in

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2025, 4, 24, 9, 0, tzinfo=time.LOCAL_ZONE)
MARKED = "".join(chr(code) for code in range(0x1EA0, 0x1EFA))


def second_program(name: str, *arguments: str, content: bytes, folder: Path) -> str:
    """Return what another program says of a PDF."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not on this machine")
    path = folder / "paper.pdf"
    path.write_bytes(content)
    to_stdout = ["-"] if name == "pdftotext" else []
    done = subprocess.run([name, *arguments, str(path), *to_stdout], capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


def slip_of(officer: Officer, dossier: Dossier) -> Paper:
    found = loading.slip(dossier.public_id)
    assert found is not None
    return issuing.slip_of(Call(officer), found)


def sheet_of(dossier: Dossier) -> Sheet:
    found = loading.slip(dossier.public_id)
    assert found is not None
    return slip.sheet(found)


def dossier_at(place: Office, **more: object) -> Dossier:
    return received(place, when=RECEIVED, **more)


def test_the_slip_says_what_was_promised(tmp_path: Path) -> None:
    place = office()
    dossier = dossier_at(place, applicant=actions.Applicant(name="Nông Văn Ngọ", identity="095088001234"))
    content = keeping.read(slip_of(place.counter, dossier))
    text = second_program("pdftotext", "-layout", content=content, folder=tmp_path)
    assert text.count(dossier.code) >= 4
    for words_of_it in ("Nông Văn Ngọ", "Hẹn trả kết quả: sau 17:00, Thứ Bảy, 26/04/2025", "2 ngày làm việc", "Tờ khai",
                        "Liên: Lưu", "Liên: Giao người nộp", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
        assert words_of_it in text
    # The word is printed with its letters apart, and pdftotext reads some of the gaps as spaces.
    assert dossier.check_word in text.replace(" ", "")
    assert "095088001234" not in text
    assert "Dự kiến" in text or not dossier.due_is_provisional


def test_all_vietnamese_letters_survive_and_only_our_font_is_embedded(tmp_path: Path) -> None:
    place = office()
    dossier = dossier_at(place, applicant=actions.Applicant(name=f"Đào {MARKED[:45]}", address=MARKED[45:]))
    content = keeping.read(slip_of(place.counter, dossier))
    text = "".join(second_program("pdftotext", content=content, folder=tmp_path).split())
    assert MARKED[:45] in text
    assert MARKED[45:] in text
    fonts = second_program("pdffonts", content=content, folder=tmp_path).splitlines()[2:]
    assert fonts
    for line in fonts:
        assert "Tinos" in line
        assert line.split()[-5] == "yes", "embedded"
    assert "A4" in second_program("pdfinfo", content=content, folder=tmp_path)


def test_a_dossier_without_a_limit_promises_nothing(tmp_path: Path) -> None:
    place = office()
    dossier = dossier_at(place, limit=None)
    content = keeping.read(slip_of(place.counter, dossier))
    text = second_program("pdftotext", "-layout", content=content, folder=tmp_path)
    assert "chưa xác định thời hạn" in text
    assert "Hẹn trả kết quả" not in text


def test_many_papers_take_a_page_for_each_copy(tmp_path: Path) -> None:
    place = office()
    papers = [actions.PaperIn(name=f"Giấy tờ thứ {n} theo quy định của pháp luật", originals=1) for n in range(14)]
    content = keeping.read(slip_of(place.counter, dossier_at(place, papers=papers)))
    assert "Pages:           2" in second_program("pdfinfo", content=content, folder=tmp_path)


def test_what_the_font_does_not_have_becomes_a_square_and_markup_stays_text(tmp_path: Path) -> None:
    place = office()
    dossier = dossier_at(place, applicant=actions.Applicant(name="Lý 中 \x07#pagebreak() *b* $x$"))
    content = keeping.read(slip_of(place.counter, dossier))
    assert "Lý □ #pagebreak() *b* $x$" in second_program("pdftotext", "-layout", content=content, folder=tmp_path)


def test_an_exercise_says_so_on_the_paper(tmp_path: Path) -> None:
    settings_rows.write("exercise", "Bản diễn tập, không có giá trị pháp lý")
    try:
        place = office()
        content = keeping.read(slip_of(place.counter, dossier_at(place)))
        assert "Bản diễn tập" in second_program("pdftotext", content=content, folder=tmp_path)
    finally:
        settings_rows.forget()


def test_the_same_dossier_gives_the_same_bytes_and_a_reprint_serves_them() -> None:
    place = office()
    dossier = dossier_at(place)
    sheet = sheet_of(dossier)
    once, twice = (rendering.render(sheet.template, sheet.data, sheet.at) for _ in range(2))
    assert once == twice
    first = slip_of(place.counter, dossier)
    content = keeping.read(first)
    again = slip_of(place.colleague, dossier)
    assert (again.public_id, keeping.read(again)) == (first.public_id, content)
    event = LedgerEvent.objects.get(subject=first.ref)
    assert bytes(first.file.sha256).hex().encode() in bytes(event.canonical)


def test_readers_get_the_pdf_and_strangers_nothing() -> None:
    place = office()
    dossier = dossier_at(place)
    address = f"/ho-so/{dossier.public_id}/giay-hen.pdf"
    assert signed_in(place.stranger).get(address).status_code == 404
    assert not Paper.objects.exists()
    client = signed_in(place.counter)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(address).content == answer.content
    assert client.get(f"/ho-so/{dossier.public_id}/phieu-kiem-soat.pdf").status_code == 200


def test_whoever_is_told_by_the_row_is_told_the_same_by_the_store() -> None:
    place = office()
    dossier = dossier_at(place)
    for person in (place.counter, place.colleague, place.specialist, place.head, place.stranger):
        assert PAPERS.may(person, "dossier.print", dossier) == DOSSIERS.may(person, "dossier.read", dossier)


def test_a_stranger_cannot_issue_one() -> None:
    place = office()
    dossier = dossier_at(place)
    sheet = sheet_of(dossier)
    assert sheet.data["due"]["clock"] == "17:00"
    with pytest.raises(Exception, match="không thuộc phần việc"):
        issuing.issue(Call(place.stranger), dossier, sheet)
    assert Paper.objects.count() == StoredFile.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_give_one_paper() -> None:
    place = office()
    dossier = dossier_at(place)

    def print_it(_: int) -> str:
        try:
            return slip_of(place.counter, dossier).public_id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(print_it, range(4)))
    assert len(set(found)) == 1
    assert Paper.objects.count() == StoredFile.objects.count() == 1


@pytest.mark.parametrize(("titles", "place"), [
    (("UBND xã Cẩm Giàng",), "Cẩm Giàng"), (("Sở Tư pháp", "UBND tỉnh Bắc Kạn"), "Bắc Kạn"),
    (("UBND thị trấn Chợ Rã",), "Chợ Rã"), (("Văn phòng",), ""),
])
def test_papers_are_dated_from_the_name_of_the_place(titles: tuple[str, ...], place: str) -> None:
    assert words.place_name(*titles) == place


def test_a_date_in_words_follows_decree_30() -> None:
    day = datetime(2025, 2, 3, 9, tzinfo=time.LOCAL_ZONE)
    assert words.place_date("Cẩm Giàng", day) == "Cẩm Giàng, ngày 03 tháng 02 năm 2025"
    assert words.heading("UBND xã Cẩm Giàng") == "ỦY BAN NHÂN DÂN XÃ CẨM GIÀNG"


def test_the_control_slip_tells_each_hand_over(tmp_path: Path) -> None:
    place = office()
    dossier = dossier_at(place)
    first = issuing.control_slip_of(Call(place.counter), dossier)
    with time.travelling(RECEIVED.replace(hour=10)):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier, note="đủ giấy tờ")
    with time.travelling(RECEIVED.replace(hour=14)):
        dossier = actions.accept(Call(place.specialist), dossier=dossier)
    second = issuing.control_slip_of(Call(place.specialist), dossier)
    assert second.public_id != first.public_id
    text = second_program("pdftotext", "-layout", content=keeping.read(second), folder=tmp_path)
    for words_of_it in ("10:00 ngày 24/04/2025", "14:00 ngày 24/04/2025", "Thẩm định", "đủ giấy tờ",
                        "Thời gian từng bước, tính đến 14:00 ngày 24/04/2025", "trước hạn", "đang giữ"):
        assert words_of_it in text




def test_nothing_on_the_slip_stands_past_the_margin(tmp_path: Path) -> None:
    """The longest code of a province: that of a commune in the old national format."""
    place = office()
    place.commune.code = "000.00.122.H03"
    place.commune.save()
    content = keeping.read(slip_of(place.counter, dossier_at(place)))
    (tmp_path / "slip.pdf").write_bytes(content)
    boxes = second_program("pdftotext", "-bbox", content=content, folder=tmp_path)
    right = 210 / 25.4 * 72 - 11 / 25.4 * 72
    ends = {word: float(end) for end, word in re.findall(r'xMax="([\d.]+)"[^>]*>([^<]+)<', boxes)}
    assert any("000.00.122.H03-250424-0001" in word for word in ends)
    assert {word: end for word, end in ends.items() if end > right + 0.5} == {}


def test_the_slip_names_the_expected_days_before_the_appointment_and_no_others(tmp_path: Path) -> None:
    """24 November 2026 rests on no law yet; the rest of that year does, so only who waits across it is told."""
    place = office()
    for day, told in ((23, True), (10, False)):
        dossier = received(place, when=datetime(2026, 11, day, 9, tzinfo=time.LOCAL_ZONE))
        assert dossier.due_is_provisional is told
        text = second_program("pdftotext", content=keeping.read(slip_of(place.counter, dossier)), folder=tmp_path)
        said = "ngày 24/11/2026 (Ngày Văn hóa Việt Nam) chưa có thông báo chính thức"
        assert (said in " ".join(text.split())) is told
        assert ("Dự kiến" in text) is told


@pytest.mark.parametrize(("after", "until", "said"), [
    (date(2026, 11, 24), date(2026, 12, 4), ""),
    (date(2026, 11, 20), date(2026, 11, 27), "ngày 24/11/2026 (Ngày Văn hóa Việt Nam) chưa có"),
    (date(2027, 1, 11), date(2027, 1, 14), "lịch nghỉ năm 2027 chưa có"),
    (date(2027, 1, 27), date(2027, 2, 17), "từ 04/02 đến 10/02/2027 (nghỉ lễ, tết) chưa có"),
])
def test_expected_days_in_words(after: date, until: date, said: str) -> None:
    found = words.expected(standard_working_time().expected_days(after, until))
    assert said in found and bool(found) == bool(said)
