"""Texts about a subject: in rows of their own, encrypted, with a salt. The ledger knows a text by its digest alone.

    note = notes.keep(act, dossier, reason)
    act.record(dossier, what="suspend", **notes.facts(note))

A verb says the digest in the event that it writes anyway. What is kept and said in no event, verification finds.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Model

from motcua.foundation.core import ledger
from motcua.foundation.core.ledger import Fact
from motcua.foundation.core.models import Note, Subject
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act


@dataclass(frozen=True, slots=True)
class Bearer:
    """A model of a higher room whose rows show a note, with the names of its fields.

    `note` is the key, `subject` the key of whom the note is about (empty: the row itself), `at` when it was written.
    Every note about such a subject is shown by exactly one row, of this subject and this instant, so that moving a key
    is found, too.
    """

    model: type[Model]
    note: str
    subject: str
    at: str


class NoteFacts(TypedDict, total=False):
    """How an event speaks of a note; verification looks for these two names."""

    note: str
    digest: str


BEARERS: list[Bearer] = []


def declare_bearer(bearer: Bearer) -> None:
    """Make a model known that shows notes."""
    if bearer not in BEARERS:
        BEARERS.append(bearer)


def keep(act: Act, subject: Subject, text: str) -> Note:
    """Keep a text about the subject. The verb must record its `facts` in its event about the same subject."""
    text, salt = text.strip(), secrets.token_hex(16)
    note = Note(
        about=subject.ref, by=act.actor.ref, at=act.entered_at, text=text, salt=salt, digest=ledger.digest(salt, text)
    )
    note.save(force_insert=True)
    return note


def facts(note: Note | None) -> NoteFacts:
    """Return what the ledger says of a note: its reference and digest; nothing where there is none."""
    return NoteFacts(note=note.ref, digest=note.digest) if note else NoteFacts()


def write(act: Act, subject: Subject, text: str, **others: Fact | list[Fact]) -> Note:
    """Keep a text about the subject and record its digest in an event of its own, which `others` join."""
    note = keep(act, subject, text)
    act.record(subject, first=False, **facts(note), **others)
    return note


def about(subject: Ref) -> Sequence[Note]:
    """Return the notes about a subject, the oldest first; an erased one has no text."""
    return list(Note.objects.filter(about=subject).order_by("at", "id"))


def is_unchanged(note: Note) -> bool:
    """Return whether the text is the one whose digest was recorded; an erased text cannot be told."""
    return note.erased_at is not None or ledger.digest(note.salt, note.text) == note.digest
