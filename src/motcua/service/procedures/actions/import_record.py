"""Take in one record of the national portal, or one line of the official list."""

from __future__ import annotations

from django.db import IntegrityError

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.foundation.indicators import changes
from motcua.service.procedures import storing
from motcua.service.procedures.models import Procedure, ProcedureVersion
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.reading.outcome import RecordReading
from motcua.service.procedures.reading.text import fold
from motcua.service.procedures.types import Change, Origin, ProcedureRecord, RecordKind, State


def take_in(by: Call, reading: RecordReading, *, is_trial: bool = False) -> Change | None:
    """Take one reading in, in a transaction of its own, and return what it changed; rejected ones change nothing.

    The same record again changes nothing. A trial only says what would happen.
    """
    if reading.record is None:
        return None
    change = change_of(reading.record)
    if change is Change.UNCHANGED or is_trial:
        return change
    try:
        import_record(by, reading=reading)
    except IntegrityError:
        # Somebody else took the same code in at the same instant: theirs stands, ours is compared with it.
        change = change_of(reading.record)
        if change is not Change.UNCHANGED:
            import_record(by, reading=reading)
    return change


def change_of(record: ProcedureRecord) -> Change:
    """Return what taking the record in would change (1 query)."""
    known = Procedure.objects.select_related("current").filter(code=str(record.code)).first()
    if known is None:
        return Change.NEW
    if record.record_kind is RecordKind.LIST_ROW:
        return Change.UNCHANGED if known.list_digest == record.digest else Change.CHANGED
    if known.current is None:
        return Change.NEW
    return Change.UNCHANGED if known.current.digest == record.digest else Change.CHANGED


@verb("procedure.import", policy=PROCEDURES)
def import_record(act: Act, *, reading: RecordReading) -> Procedure:
    """Take a record in as it stands: a ministry's record is in force, with its flags, until another replaces it.

    Raises AssertionError for a rejected reading; `take_in` never passes one on.
    """
    record = reading.record
    assert record is not None
    procedure = Procedure.objects.select_for_update().filter(code=str(record.code)).first()
    is_new = procedure is None
    if procedure is None:
        procedure = Procedure(code=str(record.code), name=record.name, field=record.field_name or "")
    if record.record_kind is RecordKind.LIST_ROW:
        _list(act, procedure, record, is_new=is_new)
    else:
        _full(act, procedure, reading, record, is_new=is_new)
    return procedure


def _list(act: Act, procedure: Procedure, record: ProcedureRecord, *, is_new: bool) -> None:
    """Keep what the official list says; a line of it never replaces what a whole record says."""
    procedure.issuing, procedure.listed = list(record.agencies.issuing), list(record.agencies.performing)
    procedure.list_digest = record.digest
    if procedure.current_id is None:
        procedure.name, procedure.field = record.name, record.field_name or ""
    _save(procedure)
    act.record(procedure, first=is_new, what="list-row", code=procedure.code, digest=record.digest)


def _full(act: Act, procedure: Procedure, reading: RecordReading, record: ProcedureRecord, *, is_new: bool) -> None:
    before = procedure.current
    procedure.name, procedure.field = record.name, record.field_name or ""
    procedure.levels = " ".join(level.value for level in record.levels)
    if is_new:
        _save(procedure)
    version = storing.version_of(record)
    version.procedure, version.number = procedure, procedure.versions.count() + 1
    version.origin, version.state, version.imported_at = Origin.MINISTRY, State.IN_FORCE, act.happened_at
    # The day on which a ministry's record took effect is not in it: it holds until a later one is taken in.
    day = time.local_day(act.happened_at)
    version.valid_from = day if before is not None else None
    version.save(force_insert=True)
    storing.store_parts(version, record, reading.reasons)
    if before is not None:
        storing.carry_over(before, version, day)
        _replace(act, before, version)
    procedure.current = version
    _save(procedure)
    act.record(version, first=True, procedure=procedure.ref, number=version.number, digest=record.digest)
    act.record(
        procedure,
        first=is_new,
        what="changed" if before else "new",
        code=procedure.code,
        outcome=reading.outcome.value,
        flags=len(reading.reasons),
        current=version.ref,
    )


def _replace(act: Act, before: ProcedureVersion, version: ProcedureVersion) -> None:
    before.state, before.valid_to = State.EXPIRED, version.valid_from
    before.save(update_fields=["state", "valid_to"])
    act.record(before, what="replaced", by=version.ref)


def _save(procedure: Procedure) -> None:
    if procedure.pk and Procedure.objects.filter(pk=procedure.pk).exclude(field=procedure.field).exists():
        changes.lines_moved()
    procedure.folded = fold(f"{procedure.code} {procedure.name} {procedure.field}")
    procedure.save()
