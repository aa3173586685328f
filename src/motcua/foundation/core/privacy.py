"""Lawful erasure: the text goes, the fact that there was one and on what ground it went stays.

Legal source: Decree 13/2023/NĐ-CP, article 16 (erasure of personal data).
"""

from __future__ import annotations

import re

from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.models import Note
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.subjects import resolve
from motcua.foundation.core.verbs import Act, verb

_NUMBER = re.compile(r"[A-Za-z0-9./\-]{1,60}")
_D = str.maketrans("đĐ", "dD")


@verb("privacy.erase_note", policy=SYSTEM_ONLY, locks=("note",))
def erase_note(act: Act, *, note: Note, ground: str) -> Note:
    """Erase a note's text and salt. `ground` is the number of the decision that orders it: 12/QĐ-SNV.

    The row keeps the number as it is written, the ledger in its own letters. Raises Invalid, Conflict.
    """
    ground = ground.strip()
    if not ground:
        raise Invalid("Xóa nội dung phải ghi căn cứ. Chưa có gì bị xóa; anh/chị nhập số quyết định.", field="ground")
    if not _NUMBER.fullmatch(in_ledger(ground)):
        words = "Căn cứ là số quyết định viết liền, ví dụ 12/QĐ-SNV, không phải câu văn. Chưa có gì bị xóa; nhập lại."
        raise Invalid(words, field="ground")
    if note.erased_at is not None:
        raise Conflict("Nội dung này đã được xóa trước đó.")
    note.text, note.salt, note.erased_at, note.ground = "", "", act.entered_at, ground
    note.save()
    act.record(resolve(Ref(note.about)), what="erase-note", note=note.ref, ground=in_ledger(ground))
    return note


def in_ledger(ground: str) -> str:
    """Return the number of a decision as the ledger can say it: every Đ is a D there."""
    return ground.translate(_D)
