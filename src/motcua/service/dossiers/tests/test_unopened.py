"""One spoilt column takes no page away: what does not open says so in its place, and lies in the store as it was."""
# ruff: noqa: S608 - the SQL is a forger's, and its parts stand in this file

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import crypto, time, words
from motcua.foundation.core.crypto import UNOPENED, Unopened
from motcua.foundation.core.models import Note
from motcua.foundation.core.outbox import sending
from motcua.foundation.core.outbox.models import Message, State
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import Kind, verify
from motcua.service.dossiers import actions
from motcua.service.dossiers.intake.receiving import filled
from motcua.service.dossiers.models import Attachment, Dossier, HandOver
from motcua.service.dossiers.papers import control
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.dossiers.tests.test_attaching import attached
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T15:00")
SPOILT = [b"x", b"\x01" + b"y" * 40, b"\xff" * 40]
"""Too short, of a key that is here, of a key that is not."""


def spoil(table: str, column: str, key: int, value: bytes = SPOILT[1]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])
        assert cursor.rowcount == 1


def raw(table: str, column: str, key: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def spoilt(place: Office, value: bytes = SPOILT[1]) -> Dossier:
    """Return a dossier whose identity number and telephone do not open."""
    dossier = received(place, when=at("2025-04-24T09:00"))
    for column in ("applicant_identity", "applicant_phone"):
        spoil("dossiers_dossier", column, dossier.pk, value)
    return Dossier.objects.get(pk=dossier.pk)


def suspended(place: Office, value: bytes = SPOILT[1]) -> Dossier:
    """Return a suspended dossier whose reason does not open."""
    with time.travelling(NOW):
        dossier = actions.suspend(
            Call(place.counter), dossier=received(place, when=at("2025-04-24T09:00")), ground=Ground.SUPPLEMENT,
            policy=PausePolicy.RESUME, reason="Thiếu bản chính",
        )
    spoil("core_note", "text", Note.objects.get(about=dossier.ref).pk, value)
    return dossier


@pytest.mark.parametrize("value", SPOILT)
def test_the_page_says_so_in_the_place_of_what_does_not_open(
    value: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[tuple[str, str]] = []
    listener = SimpleNamespace(error=lambda _, of, column, error: logged.append((of, column)))
    monkeypatch.setattr(crypto, "log", listener)
    place = office()
    dossier = spoilt(place, value)
    with time.travelling(NOW):
        answer = signed_in(place.counter).get(reverse("dossier", args=[dossier.public_id]))
    assert answer.status_code == 200
    assert text_of(answer).count(UNOPENED) == 2, "the number is not masked, it is not one"
    assert "Nông Văn Minh" in text_of(answer)
    assert set(logged) == {("dossiers.Dossier", "applicant_identity"), ("dossiers.Dossier", "applicant_phone")}


@pytest.mark.parametrize("value", SPOILT)
def test_a_reason_that_does_not_open_takes_neither_page_away(value: bytes) -> None:
    place = office()
    dossier = suspended(place, value)
    pages = {
        reverse("dossier", args=[dossier.public_id]): signed_in(place.counter),
        reverse("track-dossier", args=[dossier.code, dossier.check_word]): Client(),
        reverse("queue"): signed_in(place.counter),
    }
    with time.travelling(NOW):
        for address, client in pages.items():
            answer = client.get(address)
            assert answer.status_code == 200
            assert (UNOPENED in text_of(answer)) is (address != reverse("queue"))
    assert [(fault.kind, fault.where) for fault in verify().faults] == [(Kind.NOTE, Note.objects.get().ref)]


def test_slips_are_set_with_the_words_in_the_place_of_the_number() -> None:
    place = office()
    dossier = spoilt(place)
    with time.travelling(NOW):
        answer = signed_in(place.counter).get(reverse("dossier-slip", args=[dossier.public_id]))
        dossier = actions.hand_over(Call(place.counter), dossier=dossier, note="gấp")
        spoil("core_note", "text", Note.objects.get(about=dossier.ref).pk)
        control_slip = signed_in(place.counter).get(reverse("dossier-control-slip", args=[dossier.public_id]))
        (row,) = control.sheet(dossier, "1").data["rows"]
    for paper in (answer, control_slip):
        assert paper.status_code == 200 and paper.headers["Content-Type"] == "application/pdf"
    assert row["note"] == UNOPENED and HandOver.objects.get().note is not None


def test_searching_still_answers() -> None:
    place = office()
    dossier = spoilt(place)
    for text in (dossier.code, "nong van", "095088001234"):
        answer = signed_in(place.counter).post(reverse("dossier-search"), {"q": text})
        assert answer.status_code == 200
        assert reverse("dossier", args=[dossier.public_id]) in answer.content.decode()


def test_a_file_whose_name_does_not_open_is_listed_and_given_out() -> None:
    place = office()
    dossier, file = attached(place)
    spoil("dossiers_attachment", "title", file.pk)
    spoil(file.file._meta.db_table, "name", file.file.pk)
    client = signed_in(place.specialist)
    assert UNOPENED in text_of(client.get(reverse("dossier", args=[dossier.public_id])))
    answer = client.get(reverse("dossier-file", args=[dossier.public_id, file.public_id]))
    assert answer.status_code == 200 and Attachment.objects.get().title == UNOPENED


def test_a_verb_leaves_what_does_not_open_as_it_lies() -> None:
    place = office()
    dossier = spoilt(place)
    before = [raw("dossiers_dossier", column, dossier.pk) for column in ("applicant_identity", "applicant_phone")]
    with time.travelling(NOW):
        actions.hand_over(Call(place.counter), dossier=dossier)
    assert [raw("dossiers_dossier", name, dossier.pk) for name in ("applicant_identity", "applicant_phone")] == before
    assert [fault.where for fault in verify().faults] == [dossier.ref]


def test_nobody_is_written_to_at_what_stands_in_the_place_of_a_number() -> None:
    place = office()
    with time.travelling(NOW):
        actions.suspend(
            Call(place.counter), dossier=spoilt(place), ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="x"
        )
        assert not Message.objects.exists()
        other = received(place)
        actions.suspend(
            Call(place.counter), dossier=other, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="x"
        )
        message = Message.objects.get()
        spoil(Message._meta.db_table, "address", message.pk)
        Message.objects.update(state=State.WAITING)
        sending.send.func(message.public_id)
    assert Message.objects.get().state == State.FAILED


def test_a_new_dossier_is_not_filled_with_it() -> None:
    answers = filled(QueryDict("identity=&phone="), spoilt(office()))
    assert (answers["identity"], answers["phone"], answers["applicant"]) == ("", "", "Nông Văn Minh")


def test_masking_leaves_the_words_readable() -> None:
    assert words.masked(Unopened(b"x")) == UNOPENED
