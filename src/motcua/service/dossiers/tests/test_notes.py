"""Reasons belong to the chain: whoever changes, moves or removes one is found out; a lawful erasure leaves it whole."""
# ruff: noqa: S608 - the SQL is a forger's, and its parts stand in this file

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import crypto, ledger, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.models import LedgerEvent, Note
from motcua.foundation.core.privacy import erase_note
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import Kind, verify
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver
from motcua.service.dossiers.papers import control
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.dossiers.tests.test_attaching import attached
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db
RECEIVED, NOW = at("2025-04-24T09:00"), at("2025-04-24T15:00")
SAID = "Bà Hường chưa nộp bản chính"


def handed_over(place: Office) -> Dossier:
    return actions.hand_over(Call(place.counter), dossier=received(place, when=RECEIVED), note=f" {SAID} ")


def declined(place: Office) -> Dossier:
    dossier = actions.hand_over(Call(place.counter), dossier=received(place, when=RECEIVED))
    return actions.decline(Call(place.specialist), dossier=dossier, reason=SAID)


def suspended(place: Office) -> Dossier:
    return actions.suspend(
        Call(place.counter), dossier=received(place, when=RECEIVED), ground=Ground.SUPPLEMENT,
        policy=PausePolicy.RESUME, reason=SAID,
    )


def withdrawn(place: Office) -> Dossier:
    return actions.withdraw(Call(place.counter), dossier=received(place, when=RECEIVED), reason=SAID)


def stopped(place: Office) -> Dossier:
    return actions.stop(Call(place.head), dossier=accepted(place), reason=SAID)


def accepted(place: Office) -> Dossier:
    dossier = actions.hand_over(Call(place.counter), dossier=received(place, when=RECEIVED))
    return actions.accept(Call(place.specialist), dossier=dossier)


Done = Callable[[Office], Dossier]
ALL = (handed_over, declined, suspended, withdrawn, stopped)
TOLD = (suspended, withdrawn, stopped)


def done(what: Done) -> tuple[Dossier, Note]:
    """Return a dossier after the verb, and the only note about it."""
    with time.travelling(NOW):
        dossier = what(office())
    return dossier, Note.objects.get(about=dossier.ref)


def forge(sql: str, *values: str | int | bytes) -> None:
    """Change the store behind the house's back."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def blamed() -> list[str]:
    report = verify()
    assert {fault.kind for fault in report.faults} <= {Kind.NOTE}
    return [fault.where for fault in report.faults]


@pytest.mark.parametrize("what", ALL)
def test_the_one_event_of_the_verb_holds_the_digest(what: Done) -> None:
    dossier, note = done(what)
    events = LedgerEvent.objects.filter(subject=dossier.ref).order_by("sequence")
    last = events[len(events) - 1]
    facts = ledger.facts_of(last)
    assert (facts["note"], facts["digest"]) == (note.ref, ledger.digest(note.salt, SAID))
    assert len(facts) > 2, "the digest stands beside what the verb says anyway"
    assert events.filter(act=last.act).count() == 1
    assert note.text == SAID
    assert verify().ok


@pytest.mark.parametrize("what", ALL)
def test_a_changed_text_is_found(what: Done) -> None:
    _, note = done(what)
    forge("UPDATE core_note SET text = %s WHERE id = %s", crypto.seal("Bà Hường không đến"), note.pk)
    assert blamed() == [note.ref]


@pytest.mark.parametrize("what", ALL)
def test_a_change_made_with_key_salt_and_digest_is_found(what: Done) -> None:
    _, note = done(what)
    sql = "UPDATE core_note SET text = %s, salt = %s, digest = %s WHERE id = %s"
    forge(sql, crypto.seal("khác"), "ab" * 16, ledger.digest("ab" * 16, "khác"), note.pk)
    assert blamed() == [note.ref]


@pytest.mark.parametrize("change", [
    "text = NULL", "salt = 'x'", "digest = 'x'", "about = 'dossier:x'", "erased_at = at, text = NULL, salt = ''",
])
def test_whatever_is_done_to_a_note_s_row_is_found(change: str) -> None:
    _, note = done(suspended)
    forge(f"UPDATE core_note SET {change} WHERE id = %s", note.pk)
    assert blamed() == [note.ref]


@pytest.mark.parametrize("garbage", [b"x", b"\x01" + b"y" * 40, b"\xff" * 40])
def test_a_text_that_no_key_opens_is_found(garbage: bytes) -> None:
    _, note = done(suspended)
    forge("UPDATE core_note SET text = %s WHERE id = %s", garbage, note.pk)
    assert blamed() == [note.ref]


@pytest.mark.parametrize(("what", "table", "column"), [
    (handed_over, "dossiers_handover", "note_id"), (declined, "dossiers_handover", "reason_id"),
    (suspended, "dossiers_clockevent", "note_id"),
])
def test_a_reason_taken_from_its_row_is_found(what: Done, table: str, column: str) -> None:
    _, note = done(what)
    forge(f"UPDATE {table} SET {column} = NULL WHERE {column} = %s", note.pk)
    assert blamed() == [note.ref]


def test_the_reason_of_a_file_taken_back_is_watched_too() -> None:
    place = office()
    _, file = attached(place)
    file = actions.detach(Call(place.specialist), attachment=file, reason=SAID)
    assert verify().ok and file.detach_reason is not None
    forge("UPDATE dossiers_attachment SET detach_reason_id = NULL WHERE id = %s", file.pk)
    assert blamed() == [file.detach_reason.ref]


def test_a_note_deleted_with_its_link_is_found() -> None:
    _, note = done(suspended)
    forge("UPDATE dossiers_clockevent SET note_id = NULL WHERE note_id = %s", note.pk)
    forge("DELETE FROM core_note WHERE id = %s", note.pk)
    assert blamed() == [note.ref]


def test_a_reason_exchanged_for_another_is_found() -> None:
    (_, one), (_, other) = done(suspended), done(stopped)
    forge("UPDATE dossiers_clockevent SET note_id = %s WHERE note_id = %s", other.pk, one.pk)
    assert sorted(set(blamed())) == sorted([one.ref, other.ref])


def test_a_note_put_in_beside_the_ledger_is_found() -> None:
    dossier, note = done(suspended)
    forged = Note.objects.create(
        about=dossier.ref, by=note.by, at=note.at, text="khác", salt="x", digest=ledger.digest("x", "khác")
    )
    ClockEvent.objects.filter(note=note).update(note=forged)
    assert sorted(blamed()) == sorted([note.ref, forged.ref])


@pytest.mark.parametrize("what", ALL)
def test_an_erased_reason_leaves_the_chain_whole_and_the_page_readable(what: Done) -> None:
    dossier, note = done(what)
    with time.travelling(NOW):
        erase_note(Call(SYSTEM_ACTOR), note=note, ground="12/QĐ-SNV")
        client = signed_in(officer(Role.RECEPTION, home_agency=dossier.receiving))
        page = text_of(client.get(reverse("dossier", args=[dossier.public_id])))
    assert verify().ok
    assert SAID not in page
    assert "Nội dung đã được xóa theo quyết định 12/QĐ-SNV." in page and note.ref in page
    assert "Xóa một ghi chú theo quyết định 12/QD-SNV" in page  # in the ledger's own letters


@pytest.mark.parametrize("what", TOLD)
def test_the_citizen_reads_the_reason_until_it_is_erased(what: Done) -> None:
    dossier, note = done(what)
    address = reverse("track-dossier", args=[dossier.code, dossier.check_word])
    with time.travelling(NOW):
        assert SAID in text_of(Client().get(address))
        erase_note(Call(SYSTEM_ACTOR), note=note, ground="12/QĐ-SNV")
        page = text_of(Client().get(address))
    assert SAID not in page and "đã được xóa theo quyết định 12/QĐ-SNV" in page and note.ref not in page


def test_a_control_slip_set_after_the_erasure_says_so() -> None:
    place = office()
    with time.travelling(NOW):
        dossier = actions.hand_over(Call(place.counter), dossier=received(place, when=RECEIVED), note="làm trước")
        dossier = actions.decline(Call(place.specialist), dossier=dossier, reason=SAID)
        erase_note(Call(SYSTEM_ACTOR), note=HandOver.objects.get().reason, ground="12/QĐ-SNV")  # type: ignore[arg-type]
        (row,) = control.sheet(dossier, "1").data["rows"]
    assert row["note"] == "làm trước\nTrả lại: Nội dung đã được xóa theo quyết định 12/QĐ-SNV."


@pytest.mark.parametrize("change", ["text = %s", "ground = 'x'", "erased_at = NULL"])
def test_what_was_erased_cannot_come_back_or_change_its_ground(change: str) -> None:
    _, note = done(suspended)
    erase_note(Call(SYSTEM_ACTOR), note=note, ground="12/QĐ-SNV")
    values = [crypto.seal(SAID)] if "%s" in change else []
    forge(f"UPDATE core_note SET {change} WHERE id = %s", *values, note.pk)
    assert blamed() == [note.ref]


@pytest.mark.parametrize("ground", ["theo đơn của bà Hường", "12 QD", "x" * 61, "095188007731 Hường"])
def test_a_ground_is_the_number_of_a_decision(ground: str) -> None:
    _, note = done(suspended)
    with pytest.raises(Invalid):
        erase_note(Call(SYSTEM_ACTOR), note=note, ground=ground)
    assert Note.objects.get(pk=note.pk).text == SAID


def test_the_giver_s_word_stays_beside_the_reason_of_who_declines() -> None:
    place = office()
    with time.travelling(NOW):
        dossier = actions.hand_over(Call(place.counter), dossier=received(place, when=RECEIVED), note="làm trước")
        dossier = actions.decline(Call(place.specialist), dossier=dossier, reason=SAID)
        page = text_of(signed_in(place.counter).get(reverse("dossier", args=[dossier.public_id])))
    assert "làm trước" in page and SAID in page
    assert verify().ok


def test_no_note_is_kept_where_nothing_was_written() -> None:
    with time.travelling(NOW):
        dossier = accepted(office())
    assert not Note.objects.exists()
    assert all("note" not in ledger.facts_of(event) for event in LedgerEvent.objects.filter(subject=dossier.ref))
    assert verify().ok
