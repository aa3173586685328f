"""Notes, their lawful erasure, and the access journal."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.foundation.core import journal, ledger, notes, time
from motcua.foundation.core.actors import ANYONE, SYSTEM_ACTOR, PlainActor
from motcua.foundation.core.cli import CommandError
from motcua.foundation.core.errors import Conflict, Denied, Invalid
from motcua.foundation.core.keeping.cli import COMMANDS
from motcua.foundation.core.models import AccessEntry, Denial, LedgerEvent, Note
from motcua.foundation.core.privacy import erase_note
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.tests.walkthrough import write_note
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import verify

TEXT = "Bà Nông Thị Hường xin nhận kết quả thay chồng"
SUBJECT = Ref("dossier:abcdefghjkmnpq")
ONE = PlainActor(Ref("account:one"), is_known=True, agency_ref="agency:a")
OTHER = PlainActor(Ref("account:other"), is_known=True, agency_ref="agency:a")
BY = Call(SYSTEM_ACTOR)


@pytest.fixture
def note(db: None) -> Note:
    return write_note(BY, text=TEXT)


def test_the_ledger_knows_a_note_by_its_digest_alone(note: Note) -> None:
    events = LedgerEvent.objects.filter(subject=note.about)
    said = [ledger.facts_of(event) for event in events]
    assert said[-1] == {"digest": ledger.digest(note.salt, f"{TEXT} lần nữa"), "note": note.ref}
    assert not any("Hường".encode() in bytes(event.canonical) for event in events)
    assert [found.text for found in notes.about(Ref(note.about)) if found.ref != note.about] == [
        TEXT, f"{TEXT} lần nữa",
    ]


def test_the_text_lies_encrypted(note: Note) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM core_note WHERE id = %s", [note.pk])
        assert "Hường".encode() not in bytes(cursor.fetchone()[0])


def test_a_changed_text_no_longer_fits_its_digest(note: Note) -> None:
    assert notes.is_unchanged(note)
    note.text = "Bà Hường không xin gì"
    assert not notes.is_unchanged(note)


def test_erasure_takes_the_text_and_leaves_the_chain(note: Note) -> None:
    erased = erase_note(BY, note=note, ground="12/QD-SNV")
    fresh = Note.objects.get(pk=note.pk)
    assert (fresh.text, fresh.salt, fresh.digest) == ("", "", note.digest)
    assert fresh.erased_at is not None
    last = LedgerEvent.objects.get(verb="privacy.erase_note")
    assert (last.subject, ledger.facts_of(last)["ground"]) == (note.about, "12/QD-SNV")
    assert verify().ok
    assert notes.is_unchanged(erased)


def test_erasure_needs_a_ground_and_happens_once(note: Note) -> None:
    with pytest.raises(Invalid):
        erase_note(BY, note=note, ground=" ")
    erase_note(BY, note=note, ground="12/QD-SNV")
    with pytest.raises(Conflict):
        erase_note(BY, note=note, ground="12/QD-SNV")


def test_the_command_erases_on_a_decision(note: Note, capsys: pytest.CaptureFixture[str]) -> None:
    command = next(one for one in COMMANDS if one.words == ("privacy", "erase-note"))
    assert command.run(Namespace(note=note.ref, ground="12/QĐ-SNV")) == 0
    said = capsys.readouterr().out
    assert "Đã xóa" in said and "0 bản in" in said and TEXT not in said
    fresh = Note.objects.get(pk=note.pk)
    assert (fresh.text, fresh.words) == ("", "Nội dung đã được xóa theo quyết định 12/QĐ-SNV.")
    assert ledger.facts_of(LedgerEvent.objects.get(verb="privacy.erase_note"))["ground"] == "12/QD-SNV"
    assert verify().ok
    with pytest.raises(CommandError):
        command.run(Namespace(note="note:none", ground="12/QĐ-SNV"))
    with pytest.raises(Invalid):
        command.run(Namespace(note=note.about, ground="theo đơn"))


@pytest.mark.parametrize("actor", [ONE, ANYONE])
def test_nobody_but_the_platform_erases(note: Note, actor: PlainActor) -> None:
    with pytest.raises(Denied):
        erase_note(Call(actor), note=note, ground="12/QD-SNV")
    assert Note.objects.get(pk=note.pk).text == note.text
    assert Denial.objects.get().verb == "privacy.erase_note"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=time.LOCAL_ZONE)


@pytest.mark.django_db
def test_reading_is_one_row_per_actor_subject_purpose_and_quarter() -> None:
    with time.travelling(moment("2025-04-24T09:01")):
        for actor in (ONE, ONE, OTHER):
            journal.read(actor, SUBJECT, "dossier.read")
        journal.read(ONE, SUBJECT, "dossier.print")
    with time.travelling(moment("2025-04-24T09:14:59")):
        journal.read(ONE, SUBJECT, "dossier.read")
    with time.travelling(moment("2025-04-24T09:15")):
        journal.read(ONE, SUBJECT, "dossier.read")
    found = [(row.actor, row.purpose, time.local(row.quarter).minute) for row in journal.readers_of(SUBJECT).entries]
    assert found == [
        ("account:one", "dossier.read", 15), ("account:one", "dossier.print", 0), ("account:one", "dossier.read", 0),
        ("account:other", "dossier.read", 0),
    ]


@pytest.mark.django_db(transaction=True)
def test_reading_costs_one_insert_and_then_nothing() -> None:
    actor = PlainActor(Ref("account:costs"), is_known=True)
    with time.travelling(moment("2025-04-24T09:01")):
        with CaptureQueriesContext(connection) as first:
            journal.read(actor, SUBJECT, "dossier.read")
        with CaptureQueriesContext(connection) as second:
            journal.read(actor, SUBJECT, "dossier.read")
    assert [query["sql"][:6] for query in first if query["sql"][:6] not in {"BEGIN", "COMMIT"}] == ["INSERT"]
    assert len(second) == 0
    assert AccessEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_reading_whose_transaction_was_rolled_back_is_written_the_next_time() -> None:
    from django.db import transaction

    actor = PlainActor(Ref("account:rolled"), is_known=True)
    with transaction.atomic():
        journal.read(actor, SUBJECT, "dossier.read")
        transaction.set_rollback(True)
    journal.read(actor, SUBJECT, "dossier.read")
    assert AccessEntry.objects.filter(actor=actor.ref).count() == 1


@pytest.mark.parametrize("minutes", [0, 14, 15, 31])
def test_quarters_begin_on_the_clock(minutes: int) -> None:
    start = moment("2025-04-24T09:00")
    assert journal.quarter_of(start + timedelta(minutes=minutes)) == start + timedelta(minutes=minutes // 15 * 15)
