"""Notes and their erasure, and the access journal, done once with marked words."""

from __future__ import annotations

from motcua.foundation.core import journal, ledger, notes, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.models import Note
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.privacy import erase_note
from motcua.foundation.core.verbs import Act, Call, verb

#: Texts of notes lie encrypted, so the mark stands nowhere in clear.
HOMES: frozenset[str] = frozenset()


@verb("test.write_note", policy=SYSTEM_ONLY)
def write_note(act: Act, *, text: str) -> Note:
    """Make a subject and write two notes about it; core has no subject of its own, so an empty note is one."""
    subject = Note(by=act.actor.ref, at=time.now(), digest=ledger.digest("", ""))
    subject.about = subject.ref
    subject.save(force_insert=True)
    act.record(subject, first=True, **notes.facts(subject))
    notes.write(act, subject, text)
    return notes.write(act, subject, f"{text} lần nữa")


def walk(mark: str) -> None:
    """Write, read and erase."""
    by = Call(SYSTEM_ACTOR)
    note = write_note(by, text=f"Bà {mark} ở thôn {mark} đã đến hỏi")
    journal.read(SYSTEM_ACTOR, note.ref, "note.read")
    erase_note(by, note=note, ground="12/QD-SNV")
