"""Texts that live outside the ledger, held against what the ledger says of them.

1. The events that speak of a note tell its subject, digest and time, or that it was erased and on what ground.
2. Every row is opened and its digest taken anew; an erased one must have a decision in the ledger.
3. Rows of other rooms must still show the note that was written for them.

It reads the same snapshot as the chains. Memory: about half a kilobyte a note.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from motcua.foundation.core import crypto, ledger, time
from motcua.foundation.core.models import Subject
from motcua.foundation.core.notes import BEARERS, Bearer
from motcua.foundation.core.privacy import in_ledger
from motcua.foundation.core.refs import ref
from motcua.foundation.core.verification.reading import Row, Source
from motcua.foundation.core.verification.types import Kind, Report

# Types are made sure of where the database does not.
NOTES = {
    "sqlite": (
        "SELECT CAST(public_id AS TEXT), CAST(about AS TEXT), CAST(digest AS TEXT), CAST(salt AS TEXT), "
        "COALESCE(CAST(text AS BLOB), x''), erased_at IS NOT NULL, CAST(ground AS TEXT) FROM core_note"
    ),
    "postgresql": (
        "SELECT public_id, about, digest, salt, COALESCE(text, ''), erased_at IS NOT NULL, ground FROM core_note"
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What the ledger says of a note when it was written."""

    subject: str
    digest: str
    happened_us: int


@dataclass(slots=True)
class Said:
    """What the ledger says of all notes: those written, and the grounds of those erased."""

    written: dict[str, Written] = field(default_factory=dict)
    erased: dict[str, str] = field(default_factory=dict)


def look_over(source: Source, report: Report, noting: list[tuple[str, bytes]]) -> None:
    """Find notes that are not as the ledger has them, and rows that show another note than their own.

    `noting` are the events that speak of a note, as the walk met them: subject and canonical bytes.
    """
    said = _said(noting)
    missing = set(said.written)
    for page in source.pages(NOTES):
        for row in page:
            name = ref("note", row[0])
            missing.discard(name)
            text = _fault(row, said.written.get(name), said.erased.get(name))
            if text:
                report.find(Kind.NOTE, name, text)
    for lost in sorted(missing):
        about = said.written[lost].subject
        report.find(Kind.NOTE, lost, f"Sổ có ghi nội dung này của {about}, nay không còn dòng nào.")
    _shown(source, report, {name: one for name, one in said.written.items() if name not in missing})


def _said(noting: list[tuple[str, bytes]]) -> Said:
    said = Said()
    for subject, canonical in noting:
        happened, facts = _happened(canonical), _facts(canonical)
        name = facts.get("note")
        if not isinstance(name, str):
            continue  # changed bytes, which the walk has found
        if "digest" in facts:
            said.written[name] = Written(subject, str(facts["digest"]), happened)
        else:
            said.erased[name] = str(facts.get("ground", ""))
    return said


def _happened(canonical: bytes) -> int:
    """Return when an event happened, which is the eighth thing that its bytes say."""
    try:
        return int(canonical.split(b"\n", 9)[8])
    except (IndexError, ValueError):
        return 0


def _facts(canonical: bytes) -> dict[str, Any]:
    try:
        found = json.loads(bytes(canonical).rpartition(b"\n")[2])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _fault(row: Row, written: Written | None, erased: str | None) -> str:
    """Return what is wrong with a note's row, or nothing."""
    _, about, digest, salt, sealed, is_erased, ground = row
    if written is None:
        return "Không sự kiện nào trong sổ ghi nội dung này."
    if (about, digest) != (written.subject, written.digest):
        return f"Dòng nội dung nói khác sổ về đối tượng hoặc mã băm; sổ ghi nội dung này của {written.subject}."
    if is_erased or erased is not None:
        return _erasure_fault(about, erased, ground if is_erased else None, bool(sealed))
    if not _fits(salt, bytes(sealed), digest):
        return f"Nội dung của {about} đã bị sửa: không khớp mã băm trong sổ."
    return ""


def _erasure_fault(about: str, erased: str | None, ground: str | None, has_text: bool) -> str:
    """Return what is wrong where ledger (`erased`) or row (`ground`) say that the text went on a decision."""
    if erased is None:
        return f"Nội dung của {about} bị xóa mà sổ không có quyết định nào."
    if ground is None or has_text:
        return f"Nội dung của {about} đã xóa theo quyết định {erased} mà nay lại có."
    return "" if in_ledger(ground) == erased else f"Nội dung của {about} ghi căn cứ xóa khác với sổ."


def _fits(salt: str, sealed: bytes, digest: str) -> bool:
    try:
        text = crypto.unseal(sealed) if sealed else ""
    except crypto.SHUT:
        return False
    return ledger.digest(salt, text) == digest


def _shown(source: Source, report: Report, written: dict[str, Written]) -> None:
    """Find rows of other rooms that show somebody else's note, and notes that no row shows any more."""
    kinds = set()
    shown: set[str] = set()
    for bearer in BEARERS:
        kinds.add(_subject_model(bearer).kind)
        for name, subject, at in _bearing(source, bearer):
            own = written.get(name)
            if own is None:
                continue  # found above
            if name in shown or (own.subject, own.happened_us) != (subject, at):
                report.find(Kind.NOTE, name, f"Nội dung bị gắn sang việc khác của {subject}.")
            shown.add(name)
    for name, own in written.items():
        if name not in shown and own.subject.partition(":")[0] in kinds:
            report.find(Kind.NOTE, name, f"Nội dung bị gỡ khỏi việc của {own.subject} mà nó được viết cho.")


def _subject_model(bearer: Bearer) -> type[Subject]:
    model: Any = bearer.model._meta.get_field(bearer.subject).related_model if bearer.subject else bearer.model
    if not issubclass(model, Subject):
        raise ValueError(f"{bearer.model.__name__} has no chain of its own")
    return cast(type[Subject], model)


def _bearing(source: Source, bearer: Bearer) -> Iterator[tuple[str, str, int | None]]:
    """Yield note, subject and time of every row that shows one."""
    kind = _subject_model(bearer).kind
    rows = bearer.model._base_manager.filter(**{f"{bearer.note}__isnull": False}).values_list(
        f"{bearer.note}__public_id", f"{bearer.subject}__public_id" if bearer.subject else "public_id", bearer.at
    )
    sql = str(rows.query)  # it has no parameters
    for page in source.pages(dict.fromkeys(NOTES, sql)):
        for note, subject, at in page:
            yield ref("note", note), ref(kind, subject), _microseconds(at)


def _microseconds(at: datetime | str | None) -> int | None:
    """Return an instant as the ledger counts it; SQLite's instants are in UTC and do not say so."""
    try:
        instant = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    except ValueError:
        return None
    return time.microseconds(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
