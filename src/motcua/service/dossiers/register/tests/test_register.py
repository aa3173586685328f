"""The register of a counter: what its lines say, who may print it, that a long one is read by pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.models import AccessEntry
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.law import actions as law
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.papers.tests.test_slip import second_program
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.register import loading
from motcua.service.dossiers.register.types import HEADINGS, MOST, Entry, Range, Total, Way
from motcua.service.dossiers.tests import merging
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import asked, at, signed_in, text_of

pytestmark = pytest.mark.django_db
APRIL = Range(date(2025, 4, 1), date(2025, 4, 30))
DAYS = {"tu": "2025-04-01", "den": "2025-04-30"}


def finished(place: Office, when: str, *, returned: bool = False, **more: Any) -> Dossier:
    """Return a dossier that came at an hour and was finished two hours later, and returned three."""
    came = at(when)
    dossier = received(place, when=came, **more)
    with time.travelling(came + timedelta(hours=1)):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
        dossier = actions.accept(Call(place.specialist), dossier=dossier)
    with time.travelling(came + timedelta(hours=2)):
        dossier = actions.finish(Call(place.specialist), dossier=dossier)
    if returned:
        with time.travelling(came + timedelta(hours=3)):
            dossier = actions.return_result(Call(place.counter), dossier=dossier)
    return dossier


def content_of(answer: Any) -> bytes:
    if not getattr(answer, "streaming", False):
        return bytes(answer.content)
    return b"".join(cast(Iterator[bytes], cast(FileResponse, answer).streaming_content))


def test_a_line_says_what_the_slip_and_the_way_said() -> None:
    place = office()
    dossier = finished(
        place, "2025-04-24T09:00", returned=True, request="Cấp phiếu",
        applicant=actions.Applicant(
            name="Nông Văn Ngọ", address="Thôn Nà Ca", phone="0912345678", submitted_by="Ngọ B"
        ),
    )
    ((_, (entry,)),) = list(loading.pages(place.commune.pk, APRIL))
    assert entry == Entry(
        number=1, volume="2025", running="250424-0001", code=dossier.code, subject="Cấp phiếu", sets=1,
        applicant="Nông Văn Ngọ", address="Thôn Nà Ca", phone="0912345678", received="24/04/2025 09:00",
        receiver=place.counter.name, due="26/04/2025 17:00", result="24/04/2025 11:00", returned="24/04/2025 12:00",
        giver=place.counter.name, note="nộp thay: Ngọ B",
    )


def test_the_days_are_local_and_the_last_one_counts() -> None:
    place, other = office(), office()
    received(place, when=at("2025-03-31T23:30"))
    inside = [received(place, when=at(when)) for when in ("2025-04-01T00:00", "2025-04-30T23:59")]
    received(place, when=at("2025-05-01T00:00"))
    received(other, when=at("2025-04-10T09:00"))
    found = [entry.code for _, entries in loading.pages(place.commune.pk, APRIL) for entry in entries]
    assert found == [dossier.code for dossier in inside]


def test_the_closing_line_counts_what_stands_where_and_what_was_carried_over() -> None:
    place = office()
    finished(place, "2025-03-20T09:00")  # done before the range: not carried over
    late = received(place, when=at("2025-03-21T09:00"))
    received(place, when=at("2025-03-24T09:00"))
    with time.travelling(at("2025-03-25T09:00")):
        actions.withdraw(Call(place.counter), dossier=late, reason="Đổi ý")
    finished(place, "2025-04-10T09:00"), finished(place, "2025-04-11T09:00", returned=True)
    gone = received(place, when=at("2025-04-14T09:00"))
    received(place, when=at("2025-04-15T09:00"))
    with time.travelling(at("2025-04-16T09:00")):
        actions.withdraw(Call(place.counter), dossier=gone, reason="Đổi ý")
    said = loading.total(place.commune.pk, APRIL)
    assert said == Total(received=4, returned=1, waiting=1, open=1, ended=1, carried_over=1)
    assert said.words.startswith("Tiếp nhận 4 hồ sơ: đã trả kết quả 1,")


def test_pages_by_key_lose_and_double_nothing_even_where_many_came_at_once() -> None:
    place = office()
    for when in ("2025-04-24T09:00", "2025-04-24T09:00", "2025-04-24T09:00", "2025-04-25T08:00", "2025-04-25T08:00"):
        received(place, when=at(when))
    for size in (1, 2, 3, 5, 6):
        entries = [entry for _, page in loading.pages(place.commune.pk, APRIL, size) for entry in page]
        assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
        assert len({entry.code for entry in entries}) == 5


@pytest.mark.parametrize(("today", "form"), [
    ("2025-04-30T16:00", "Mẫu số 06 (01/2018/TT-VPCP)"), ("2025-07-31T16:00", "Mẫu số 07 (03/2025/TT-VPCP)"),
])
def test_on_paper_it_has_its_form_its_pages_and_its_closing_line(today: str, form: str, tmp_path: Path) -> None:
    law.load_shipped(Call(SYSTEM_ACTOR))
    settings_rows.write("exercise", "Bản diễn tập, không có giá trị pháp lý")
    try:
        place = office()
        for _ in range(40):
            received(place, when=at("2025-04-24T09:00"))
        with time.travelling(at(today)):
            answer = signed_in(place.counter).get(reverse("register"), DAYS | {"dang": "pdf"})
    finally:
        settings_rows.forget()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    content = content_of(answer)
    said = " ".join(second_program("pdftotext", "-layout", content=content, folder=tmp_path).split())
    for words in (
        "SỔ THEO DÕI HỒ SƠ", "Quyển số 2025, từ ngày 01/04/2025 đến ngày 30/04/2025", form, "Bản diễn tập",
        "Khóa sổ từ ngày 01/04/2025", "Tiếp nhận 40 hồ sơ", "NGƯỜI LẬP SỔ", "250424-0040", "Nông Văn Minh",
    ):
        assert words in said, words
    pages = said.count("Mã hồ sơ")
    assert pages > 1 and f"trang {pages}/{pages}" in said, "the head stands on each page"
    assert "841.89 x 595.276" in second_program("pdfinfo", content=content, folder=tmp_path)
    fonts = second_program("pdffonts", content=content, folder=tmp_path).splitlines()[2:]
    assert fonts and all("Tinos" in line for line in fonts)


def test_as_a_workbook_texts_stay_texts(tmp_path: Path) -> None:
    place = office()
    received(place, when=at("2025-04-24T09:00"), applicant=actions.Applicant(name="=1+1 \x07Nông", phone="0912345678"))
    received(place, when=at("2025-04-24T09:30"))
    answer = signed_in(place.counter).get(reverse("register"), DAYS | {"dang": "xlsx"})
    assert "so-theo-doi-ho-so-20250401-20250430.xlsx" in answer.headers["Content-Disposition"]
    table: Any = openpyxl.load_workbook(io.BytesIO(content_of(answer))).active
    rows = list(table.iter_rows(values_only=True))
    assert rows[1] == HEADINGS and len(rows) == 5
    cell = table.cell(3, HEADINGS.index("Họ tên người nộp") + 1)
    assert (cell.value, cell.data_type) == ("=1+1 Nông", "s")
    assert table.cell(3, HEADINGS.index("Điện thoại") + 1).value == "0912345678"
    assert str(rows[4][0]).startswith("Tiếp nhận 2 hồ sơ")


def test_only_the_counter_and_its_leaders_print_it_and_every_person_is_noted() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-24T09:00"))
    assert Client().get(reverse("register")).status_code == 302
    head = officer(Role.CHAIRMAN, home_agency=place.commune)
    clerk = officer(Role.SPECIALIST, home_agency=place.commune)
    for who, status in ((place.specialist, 403), (clerk, 403), (place.counter, 200), (head, 200)):
        assert signed_in(who).get(reverse("register"), DAYS | {"dang": "xlsx"}).status_code == status
    noted = AccessEntry.objects.filter(purpose="dossier.register").values_list("actor", "subject")
    assert sorted(noted) == sorted((who.ref, dossier.ref) for who in (place.counter, head))
    stranger = signed_in(place.stranger).get(reverse("register"), DAYS)
    assert "Tiếp nhận 0 hồ sơ" in text_of(stranger) and dossier.applicant not in text_of(stranger)


@pytest.mark.parametrize(("days", "says"), [
    ({"tu": "2025-04-30", "den": "2025-04-01"}, "Ngày cuối phải từ ngày đầu"),
    ({"tu": "2024-01-01", "den": "2025-04-01"}, "nhiều nhất một năm"), ({"tu": "x", "den": ""}, "không đọc được"),
    ({"tu": "0001-01-01", "den": "9999-12-31"}, "trong các năm 2000"),
])
def test_days_that_cannot_be_are_told_in_words(days: dict[str, str], says: str) -> None:
    answer = signed_in(office().counter).get(reverse("register"), days)
    assert answer.status_code == 422 and says in text_of(answer)


def test_too_many_lines_are_asked_for_in_shorter_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    place = office()
    for _ in range(3):
        received(place, when=at("2025-04-24T09:00"))
    monkeypatch.setitem(MOST, Way.PDF, 2)
    answer = signed_in(place.counter).get(reverse("register"), DAYS | {"dang": "pdf"})
    assert answer.status_code == 422 and "hoặc tải Excel" in text_of(answer)
    assert not AccessEntry.objects.filter(purpose="dossier.register").exists()


def test_the_queries_grow_by_pages_and_not_by_lines() -> None:
    place = office()
    client, address = signed_in(place.counter), reverse("register") + "?tu=2025-04-01&den=2025-04-30"
    received(place, when=at("2025-04-24T09:00"))
    few, out = asked(client, address)[1], asked(client, address + "&dang=xlsx")[1]
    for _ in range(20):
        received(place, when=at("2025-04-24T09:00"))
    assert len(asked(client, address)[1]) == len(few) <= 6, "\n".join(few)
    more = asked(client, address + "&dang=xlsx")[1]
    # One statement notes one reader of one dossier; all others stay as many.
    plain = [[sql for sql in queries if "core_accessentry" not in sql] for queries in (out, more)]
    assert len(plain[0]) == len(plain[1]) <= 8, "\n".join(plain[1])


def test_an_heir_prints_the_books_of_those_it_took_over_and_nobody_else_does(tmp_path: Path) -> None:
    with time.travelling(at("2025-04-24T08:00")):
        place = merging.place()
    old = received(place, when=at("2025-04-24T09:00"), applicant=actions.Applicant(name="Hoàng Văn Cũ"))
    with time.travelling(at("2025-04-25T08:00")):
        assert "Sổ của" not in text_of(signed_in(place.heir_counter).get(reverse("register"), DAYS))
        merging.merge(place)
    book = DAYS | {"quay": place.commune.public_id}
    with time.travelling(at("2025-04-26T08:00")):
        client = signed_in(merging.again(place.heir_counter))
        own = text_of(client.get(reverse("register"), DAYS))
        assert "Sổ của" in own and f"{place.other.name}: hồ sơ quầy" in own and "Tiếp nhận 0 hồ sơ" in own
        page = client.get(reverse("register"), book)
        assert f"{place.commune.name}: hồ sơ quầy" in text_of(page) and "Tiếp nhận 1 hồ sơ" in text_of(page)
        links = set(re.findall(r'"(\?[^"]*dang=\w+)"', page.content.decode().replace("&amp;", "&")))
        assert len(links) == 2 and all(f"quay={place.commune.public_id}" in link for link in links)
        pdf, xlsx = (content_of(client.get(reverse("register") + link)) for link in sorted(links))
        said = " ".join(second_program("pdftotext", "-layout", content=pdf, folder=tmp_path).split())
        assert "SỔ THEO DÕI HỒ SƠ của UBND xã A, nay do UBND xã B giữ Quyển số 2025" in said
        assert "250424-0001" in said and "Hoàng Văn Cũ" in said
        table: Any = openpyxl.load_workbook(io.BytesIO(xlsx)).active
        assert place.commune.name in table.cell(1, 1).value and table.cell(3, 4).value == old.code
        noted = AccessEntry.objects.filter(purpose="dossier.register", subject=old.ref)
        assert list(noted.values_list("actor", flat=True)) == [place.heir_counter.ref]
        for way in ("", "pdf", "xlsx"):
            refused = signed_in(place.stranger).get(reverse("register"), book | {"dang": way})
            assert refused.status_code == 422 and old.code not in text_of(refused)
        assert not DOSSIERS.may(place.stranger, "dossier.register", place.commune)
        assert DOSSIERS.may(merging.again(place.heir_head), "dossier.register", place.commune)
        unknown = client.get(reverse("register"), DAYS | {"quay": place.third.public_id})
        assert unknown.status_code == 422 and "không phải của cơ quan anh/chị" in text_of(unknown)
    assert noted.count() == 1
