"""`motcua ledger verify`: what in the ledger was changed, is missing, was dated back or is not yet sealed.

1. The seals of the database are checked: signature, root, order, and that each holds the one before it.
2. The outside copy is compared with them; where they differ the signed copy is believed, and its leaves count.
3. All chains are walked once: bytes, links, numbers, times; every leaf of a seal must be met on the way.
4. Columns are compared with bytes, heads with the ends of their chains.
5. What a seal holds and nobody met was deleted or rewritten.
6. Each text that lives outside the ledger is held against the digest that the ledger has of it, and each row that it
   vouches for against what it says of it.

It reads one snapshot and holds up nobody, and a large ledger with several processes (`crew`). Memory: about half a
kilobyte a subject and 150 bytes a leaf, leaves once a process.
"""

from __future__ import annotations

import gc
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection

from motcua.foundation.core.models import Subject
from motcua.foundation.core.refs import ref
from motcua.foundation.core.seal_lines import who
from motcua.foundation.core.verification import crew, notes_check, reading, sealed, vouching_check
from motcua.foundation.core.verification.chains import Walk, disagreement
from motcua.foundation.core.verification.reading import Source
from motcua.foundation.core.verification.sealed import BadSeals, Sealed
from motcua.foundation.core.verification.types import Fault, Kind, Report

__all__ = ["BadSeals", "Fault", "Kind", "Report", "verify"]


def verify(against: Path | None = None, processes: int = 0) -> Report:
    """Verify the whole ledger, and against an outside copy where one is named. Raises BadSeals, KeyMissing.

    What the database itself cannot read is a fault like any other. `processes` is how many may work at it; 0 means as
    many as suit store and machine.
    """
    was_collecting = gc.isenabled()
    gc.disable()  # millions of small tuples, and no cycle among them
    try:
        return _verify(against, reading.EVENTS, processes)
    except TypeError:
        # Somebody gave a column another type, as SQLite allows.
        return _verify(against, reading.CAREFUL_EVENTS, 1)
    finally:
        if was_collecting:
            gc.enable()


def _verify(against: Path | None, events: dict[str, str], processes: int) -> Report:
    report = Report()
    try:
        _look_over(report, against, events, processes)
    except (DatabaseError, connection.Database.Error) as error:  # type: ignore[attr-defined]
        report.find(Kind.UNREADABLE, "", f"Cơ sở dữ liệu không đọc được: {str(error)[:200]}")
    return report.close()


def _look_over(report: Report, against: Path | None, events: dict[str, str], processes: int) -> None:
    with crew.gathered(processes) as hands:
        known = sealed.read_database(hands.source, report)
        if against is not None:
            sealed.compare_outside(against, known, report)
        seen = hands.tally(known) if hands.helpers and report.ok else None
        if seen is not None and seen.holds(known):
            report.subjects, report.events, report.unsealed = seen.subjects, seen.events, seen.unsealed
            notes_check.look_over(hands.source, report, seen.noting)
        else:
            _walk_alone(report, known, hands.alone, events)


def _walk_alone(report: Report, known: Sealed, source: Source, events: dict[str, str]) -> None:
    """Walk the whole ledger in this process and name every fault."""
    with reading.disagreeing(source) as columns:
        walk = Walk(report, known, seals_are_whole=report.ok)
        walk.events(source, events)
        if known.leaves:
            _not_met(walk, source)
        walk.heads(source)
        walk.count_heads()
        for fault in filter(None, map(disagreement, columns())):
            report.find(Kind.COLUMNS, *fault)
        notes_check.look_over(source, report, walk.noting)
        vouching_check.look_over(source, report, walk.heard, walk.standing)


def _not_met(walk: Walk, source: Source) -> None:
    """Say what became of the leaves that no event answered: one fault a subject."""
    subjects = {who(subject): subject for subject in walk.standing}
    lost = sealed.named(source, walk.sealed, walk.sealed.leaves)
    rows = _rows_left(set(lost) - set(subjects))
    for digest, leaves in sorted(lost.items()):
        (first, number), (last, _) = min(leaves), max(leaves)
        subject = subjects.get(digest)
        if subject is None:
            name = rows.get(digest, f"digest {digest}")
            text = f"Niêm phong số {number} có {last.sequence} sự kiện của đối tượng này, nay mất cả chuỗi."
            walk.report.find(Kind.MISSING, name, text)
            continue
        walk.suspect.add(subject)
        if last.sequence > walk.standing[subject][0]:
            text = f"Niêm phong có đến sự kiện số {last.sequence}, nay chỉ còn đến số {walk.standing[subject][0]}."
            walk.report.find(Kind.MISSING, subject, text)
        else:
            text = f"Chuỗi đã bị viết lại: sự kiện không như khi niêm phong số {number}."
            walk.report.find(Kind.REWRITTEN, f"{subject}#{first.sequence}", text)


def _rows_left(digests: set[str]) -> dict[str, str]:
    """Return the references behind digests, for subjects whose chain is gone but whose row is still there."""
    found: dict[str, str] = {}
    if not digests:
        return found
    for model in apps.get_models():
        if issubclass(model, Subject):
            for public_id in model._base_manager.values_list("public_id", flat=True).iterator():
                name = ref(model.kind, public_id)
                if who(name) in digests:
                    found[who(name)] = name
    return found
