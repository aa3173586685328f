"""Texts of the time before notes: carried over with an event that says since when the ledger answers for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.foundation.core import ledger, time
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import verify
from motcua.service.dossiers import actions
from motcua.service.dossiers.models import Dossier, HandOver
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BEFORE = [("dossiers", "0003_names_are_found_by_words")]


def migrate(*targets: tuple[str, str]) -> Any:
    """Bring the store to a shape, or to the newest one, and return its models."""
    executor = MigrationExecutor(connection)
    wanted = list(targets) or executor.loader.graph.leaf_nodes()
    executor.migrate(wanted)
    return MigrationExecutor(connection).loader.project_state(wanted).apps


def declined(place: Office) -> Dossier:
    dossier = actions.hand_over(Call(place.counter), dossier=received(place, when=at("2025-04-24T09:00")))
    return actions.decline(Call(place.specialist), dossier=dossier, reason="thiếu bản chính")


def ended_on_the_way(place: Office) -> Dossier:
    dossier = actions.hand_over(Call(place.counter), dossier=received(place, when=at("2025-04-24T09:00")))
    return actions.withdraw(Call(place.counter), dossier=dossier, reason="người nộp xin rút")


def test_old_texts_become_notes_that_the_chain_knows_from_now_on() -> None:
    place = office()
    with time.travelling(at("2025-04-24T10:00")):
        given_back, ended = declined(place), ended_on_the_way(place)
    salts = dict(Dossier.objects.values_list("pk", "salt"))  # not there before, and their dossiers not vouched for
    try:
        old = migrate(*BEFORE)
        assert old.get_model("dossiers", "ClockEvent").objects.get(what="withdraw").note == "người nộp xin rút"
        assert old.get_model("dossiers", "HandOver").objects.filter(dossier=ended.pk).update(note="gấp") == 1
    finally:
        with time.travelling(at("2025-04-30T08:00")):
            migrate()
    for pk, salt in salts.items():
        Dossier.objects.filter(pk=pk).update(salt=salt)
    assert verify().faults == [], "what was a note before is the same again"
    row = HandOver.objects.get(dossier=given_back)
    assert (row.note, row.reason and row.reason.text) == (None, "thiếu bản chính")
    row = HandOver.objects.get(dossier=ended)
    assert (row.note and row.note.text, row.reason) == ("gấp", None), "it was the giver's word, not a reason"
    last = LedgerEvent.objects.filter(subject=ended.ref).order_by("-sequence")[0]
    assert row.note is not None and ledger.facts_of(last)["note"] == row.note.ref
    assert (last.verb, time.from_microseconds(last.happened_us)) == ("dossier.keep_note", row.given_at)
    assert time.from_microseconds(last.entered_us) == at("2025-04-30T08:00")
