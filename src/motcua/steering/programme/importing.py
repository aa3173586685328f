"""Importing a file: opened, read against the agencies of its day, and entered as a draft or only reported."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.foundation.core.verbs import Call
from motcua.steering.programme import actions
from motcua.steering.programme.actions.enter import find
from motcua.steering.programme.models import Programme
from motcua.steering.programme.reading.blocks import Source
from motcua.steering.programme.reading.reader import decision_day, read
from motcua.steering.programme.reading.sources import open_document
from motcua.steering.programme.rosters import roster_on
from motcua.steering.programme.types import Reading, Task, Unit


class Outcome(StrEnum):
    """What an import wrote: nothing, a new draft, a draft read anew, or a reading that waits beside a programme."""

    NOTHING = "nothing"
    DRAFT = "draft"
    ANEW = "anew"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file; without `programme` it was only read."""

    source: Source
    reading: Reading
    programme: Programme | None = None
    outcome: Outcome = Outcome.NOTHING


def read_file(name: str, content: bytes) -> Imported:
    """Open a file and read it. Nothing is written. Raises BadDocument."""
    source = open_document(name, content)
    return Imported(source, read(source.blocks, roster_on(decision_day(source.blocks))))


def import_file(by: Call, name: str, content: bytes) -> Imported:
    """Read a file and enter it as a draft. The same file again changes nothing. Raises BadDocument, BadProgramme."""
    found = read_file(name, content)
    before = find(found.reading, found.source.sha256)
    programme = actions.enter(by, reading=found.reading, sha256=found.source.sha256, name=name)
    return Imported(found.source, found.reading, programme, _outcome(before, programme))


def _outcome(before: Programme | None, programme: Programme) -> Outcome:
    if before is None:
        return Outcome.DRAFT
    if before.version == programme.version:
        return Outcome.NOTHING
    return Outcome.ANEW if programme.is_draft else Outcome.WAITS


def report(reading: Reading) -> dict[str, Any]:
    """Return the machine's report of a reading: verbatim cells, and their readings beside them."""
    header, totals = reading.header, reading.totals
    return {
        "document": {
            "number": header.number, "type": header.type, "issuing_body": header.issuing_body, "place": header.place,
            "issue_date": header.issue_date, "effective_date": header.effective_date, "signer": header.signer,
            "title": header.title, "status": header.status,
        },
        "legal_bases": [
            {
                "type": one.type, "number": one.number, "date": one.date, "year": one.year, "issuer": one.issuer,
                "text": one.text,
            }
            for one in reading.bases
        ],
        "targets": [
            {
                "id": target.id, "text": target.text,
                "measures": [
                    {
                        "text": one.text, "comparator": one.comparator, "value": one.value, "unit": one.unit,
                        "scope": one.scope,
                    }
                    for one in target.measures
                ],
            }
            for target in reading.targets
        ],
        "solutions": [{"section": one.section, "text": one.text} for one in reading.solutions],
        "responsibilities": [
            {"agency": one.agency, "text": one.text, "units": _units(one.units)} for one in reading.duties
        ],
        "tasks": [_task(task) for task in reading.tasks],
        "budget": {
            "printed_vnd": totals.printed_vnd, "sum_vnd": totals.sum_vnd, "difference_vnd": totals.difference_vnd,
        },
        "anomalies": [
            {"kind": one.kind, "where": one.where, "text": one.text, "values": list(one.values)}
            for one in reading.anomalies
        ],
    }


def _task(task: Task) -> dict[str, Any]:
    period, budget = task.period, task.budget
    due = period.due
    return {
        "uid": task.uid, "number": task.number, "group": task.group, "text": task.text, "product": task.product,
        "lead": task.lead, "coordinating": task.coordinating, "lead_units": _units(task.lead_units),
        "coordinating_units": _units(task.coordinating_units),
        "period": {
            "text": period.text, "start_year": period.start_year, "end_year": period.end_year,
            "recurrence": period.recurrence,
            "due": due and {
                "text": due.text, "month": due.month, "day": due.day, "strictly_before": due.strictly_before,
            },
        },
        "budget": {
            "text": budget.text, "amount_vnd": budget.amount_vnd, "per_year_vnd": budget.per_year_vnd,
            "state": budget.state,
        },
    }


def _units(units: tuple[Unit, ...]) -> list[dict[str, Any]]:
    return [{"name": unit.name, "kind": unit.kind, "ids": list(unit.ids)} for unit in units]
