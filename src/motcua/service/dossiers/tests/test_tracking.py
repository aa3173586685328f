"""The citizen's page: the answer first, nobody's private data, a wrong word and an unknown code alike."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.settings_rows import write as write_setting
from motcua.foundation.core.tests.factories import tamper
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.codes import parse
from motcua.foundation.organisations.types import Scheme
from motcua.service.dossiers import actions, tracking
from motcua.service.dossiers.forms import Track
from motcua.service.dossiers.models import Dossier, WrongWord
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, text_of
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T15:00")


def page(dossier: Dossier, word: str | None = None, code: str | None = None, ip: str = "10.0.0.1") -> Any:
    address = reverse("track-dossier", args=[code or dossier.code, word or dossier.check_word])
    return Client(REMOTE_ADDR=ip).get(address)


def lived(place: Office) -> Dossier:
    """Return a dossier with people, notes and a suspension behind it."""
    dossier = received(place, when=at("2025-04-24T09:00"))
    with time.travelling(at("2025-04-24T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier, note="chuyện nội bộ")
        dossier = actions.accept(Call(place.specialist), dossier=dossier)
        return actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME,
            reason="Nộp bản sao giấy khai sinh",
        )


def test_the_first_line_is_the_answer() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-24T09:00"))
    with time.travelling(NOW):
        said = text_of(page(dossier)).replace("\N{NO-BREAK SPACE}", " ")
    assert f"Hồ sơ đang ở {place.commune}, hẹn trả Thứ Bảy 26/4" in said
    with time.travelling(at("2025-05-06T09:00")):
        assert "đã quá ngày hẹn trả" in text_of(page(dossier))


def test_a_suspended_one_says_what_the_citizen_must_do() -> None:
    with time.travelling(NOW):
        said = text_of(page(lived(office())))
    assert "Hồ sơ đang chờ bạn bổ sung giấy tờ" in said and "Nộp bản sao giấy khai sinh" in said


def test_no_private_data_of_anybody_stands_on_the_page() -> None:
    place = office()
    dossier = lived(place)
    with time.travelling(NOW):
        html = page(dossier).content.decode()
    hidden = [
        "095088001234", "0912", dossier.applicant, "chuyện nội bộ", place.counter.name, place.specialist.name,
        dossier.public_id,
    ]
    assert [text for text in hidden if text in html] == []


def test_endings_are_told() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-24T09:00"))
    with time.travelling(NOW):
        actions.finish(Call(place.counter), dossier=dossier)
        assert "Đã có kết quả, mời bạn đến nhận" in text_of(page(dossier))
        actions.return_result(Call(place.counter), dossier=dossier)
        assert "Đã trả kết quả ngày 24/4/2025" in text_of(page(dossier))


def test_a_wrong_word_and_an_unknown_code_answer_alike() -> None:
    dossier = received(office())
    wrong, unknown = page(dossier, word="zzzzzz"), page(dossier, code="H03.99-250424-0001", word="zzzzzz")
    assert wrong.status_code == unknown.status_code == 404
    said = [text_of(answer).replace(dossier.code, "").replace("H03.99-250424-0001", "") for answer in (wrong, unknown)]
    assert said[0] == said[1]


def test_code_and_word_may_be_typed_carelessly() -> None:
    dossier = received(office())
    data = {"code": f" {dossier.code.lower()} ", "word": f"{dossier.check_word[:3]} {dossier.check_word[3:]}".upper()}
    answer = Client().post(reverse("track"), data, follow=True)
    assert answer.status_code == 200 and dossier.code in text_of(answer)


@pytest.mark.parametrize(
    "data", [{}, {"code": "a/b", "word": "x"}, {"code": "x" * 61, "word": "y"}, {"code": "-", "word": "!!"}]
)
def test_a_form_of_nonsense_says_what_to_do(data: dict[str, str]) -> None:
    answer = Client().post(reverse("track"), data)
    assert answer.status_code == 422 and "giấy hẹn" in text_of(answer)


def test_guessing_at_one_code_closes_it_and_leaves_others_open_to_the_same_address() -> None:
    place = office()
    dossier, neighbour = received(place), received(place)
    with time.travelling(NOW):
        for _ in range(tracking.by_code()):
            assert page(dossier, word="zzzzzz").status_code == 404
        stopped = page(dossier)
        assert page(neighbour).status_code == 200
    assert stopped.status_code == 429
    for words in ("Bạn thử lại sau 15 phút, từ 15:15", "cả khi quét mã vuông"):
        assert words in text_of(stopped)
    with time.travelling(NOW + tracking.WHILE + timedelta(seconds=1)):
        assert page(dossier).status_code == 200


def test_guessing_at_many_codes_from_one_address_closes_the_address_alone() -> None:
    dossier = received(office())
    with time.travelling(NOW):
        for number in range(tracking.by_address()):
            assert page(dossier, code=f"H03.99-250424-{number:04d}", word="zzzzzz").status_code == 404
        assert (page(dossier).status_code, page(dossier, ip="10.0.0.2").status_code) == (429, 200)


def test_the_numbers_of_wrong_tries_are_settings_of_the_store() -> None:
    write_setting("track-wrong-by-code", 2)
    dossier = received(office())
    assert [page(dossier, word="zzzzzz").status_code for _ in range(3)] == [404, 404, 429]


def test_guessing_at_one_code_from_many_addresses_is_stopped() -> None:
    dossier = received(office())
    with time.travelling(NOW):
        for number in range(tracking.by_code()):
            page(dossier, word="zzzzzz", ip=f"10.0.1.{number}")
        assert page(dossier, ip="10.0.2.1").status_code == 429


def test_tries_keep_no_address_and_are_dropped() -> None:
    dossier = received(office())
    with time.travelling(NOW):
        page(dossier, word="zzzzzz", ip="10.9.8.7")
    assert all(b"10.9" not in bytes(tries.source) for tries in WrongWord.objects.all())
    with time.travelling(NOW + timedelta(hours=1)):
        page(dossier, word="zzzzzz", ip="10.9.8.8")
    assert WrongWord.objects.count() == 2


def test_addresses_that_differ_only_in_their_dots_are_two() -> None:
    assert tracking.digest("track-address", "1.23.4.5") != tracking.digest("track-address", "12.3.4.5")


def test_the_first_page_shows_the_door() -> None:
    answer = Client().get("/")
    assert answer.status_code == 200 and "Hồ sơ của bạn đang ở đâu?" in text_of(answer)


def test_behind_a_proxy_one_guesser_closes_the_page_to_nobody_else(settings: Any) -> None:
    settings.BEHIND_PROXY = True
    dossier = received(office())

    def asked(word: str, forwarded: str) -> int:
        client = Client(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": forwarded})
        return client.get(f"/tra-cuu/{dossier.code}/{word}").status_code

    write_setting("track-wrong-by-address", 5)
    for number in range(5):
        assert asked("aaaaaa", f"10.0.0.{number}, 203.0.113.7") == 404  # what he wrote before it does not count
    assert asked(dossier.check_word, "203.0.113.7") == 429
    assert asked(dossier.check_word, "203.0.113.8") == 200


def test_a_scanned_slip_is_held_against_the_ledger() -> None:
    dossier = lived(office())
    address = reverse("track-dossier", args=[dossier.code, dossier.check_word])

    def scanned(mark: str) -> str:
        answer = Client().get(address, {"dau": mark})
        assert answer.status_code == 200
        return text_of(answer)

    second = LedgerEvent.objects.get(subject=dossier.ref, sequence=2)
    mark = f"2.{bytes(second.hash)[:6].hex()}"
    agrees, differs = "khớp với sổ hồ sơ", "Giấy hẹn này không khớp với sổ"
    assert agrees in scanned(mark) and differs not in scanned(mark)
    for wrong in ("2.000000000000", f"1.{mark[2:]}", f"99.{mark[2:]}", "x", "2." + "f" * 12, mark + "0"):
        assert differs in scanned(wrong) and agrees not in scanned(wrong)
    without = text_of(page(dossier))
    assert agrees not in without and differs not in without


def test_a_slip_betrays_bytes_that_were_changed_under_the_same_hash() -> None:
    dossier = lived(office())
    first = LedgerEvent.objects.get(subject=dossier.ref, sequence=1)
    mark = f"1.{bytes(first.hash)[:6].hex()}"
    assert tracking.slip_agrees(dossier, mark) is True
    tamper("UPDATE core_ledgerevent SET canonical = %s WHERE id = %s", bytes(first.canonical) + b" ", first.pk)
    assert tracking.slip_agrees(dossier, mark) is False


def test_the_hint_shows_codes_as_slips_print_them() -> None:
    hint = str(Track().fields["code"].help_text)
    codes = re.findall(r"([0-9A-Z.]+)-\d{6}-\d{4}", hint)
    assert [parse(code).written for code in codes] == [Scheme.QCVN, Scheme.D20]
