"""Texts about a subject: in rows of their own, encrypted, with a salt. The ledger knows a text by its digest alone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from motcua.foundation.core import ledger
from motcua.foundation.core.ledger import Fact
from motcua.foundation.core.models import Note, Subject
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act


def write(act: Act, subject: Subject, text: str, **facts: Fact | list[Fact]) -> Note:
    """Keep a text about the subject and record its digest in an event of its own; `facts` join that event."""
    salt = secrets.token_hex(16)
    note = Note(
        about=subject.ref, by=act.actor.ref, at=act.entered_at, text=text, salt=salt, digest=ledger.digest(salt, text)
    )
    note.save(force_insert=True)
    act.record(subject, first=False, note=note.ref, digest=note.digest, **facts)
    return note


def about(subject: Ref) -> Sequence[Note]:
    """Return the notes about a subject, the oldest first; an erased one has no text."""
    return list(Note.objects.filter(about=subject).order_by("at", "id"))


def is_unchanged(note: Note) -> bool:
    """Return whether the text is the one whose digest was recorded; an erased text cannot be told."""
    return note.erased_at is not None or ledger.digest(note.salt, note.text) == note.digest
