"""Lawful erasure: the text goes, the fact that there was one and on what ground it went stays.

Legal source: Decree 13/2023/NĐ-CP, article 16 (erasure of personal data).
"""

from __future__ import annotations

from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.models import Note
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.subjects import resolve
from motcua.foundation.core.verbs import Act, verb


@verb("privacy.erase_note", policy=SYSTEM_ONLY, locks=("note",))
def erase_note(act: Act, *, note: Note, ground: str) -> Note:
    """Erase a note's text and salt. `ground` is the code of the decision that orders it. Raises Invalid, Conflict."""
    if not ground.strip():
        raise Invalid("Xóa nội dung phải ghi căn cứ (số quyết định). Chưa có gì bị xóa.", field="ground")
    if note.erased_at is not None:
        raise Conflict("Nội dung này đã được xóa trước đó.")
    note.text, note.salt, note.erased_at = "", "", act.entered_at
    note.save()
    act.record(resolve(Ref(note.about)), what="erase-note", note=note.ref, ground=ground.strip())
    return note
