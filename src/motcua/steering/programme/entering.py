"""From a reading to rows: agencies by their codes of the day, kinds of product, groups, cells, anomalies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from motcua.foundation.organisations.models import Agency, AgencyCode
from motcua.foundation.organisations.names import fold
from motcua.foundation.organisations.types import Scheme
from motcua.steering.programme.correcting import corrected
from motcua.steering.programme.kinds import Answers, Part
from motcua.steering.programme.models import AnomalyRow, Assignment, Measure, Programme, Target, Task, TaskGroup
from motcua.steering.programme.reading.text import fold as bare
from motcua.steering.programme.rules import product_kind
from motcua.steering.programme.types import Anomaly, Header, Reading, Unit
from motcua.steering.programme.types import Measure as ReadMeasure
from motcua.steering.programme.types import Task as ReadTask

HEADER = {
    "number": "number", "type": "type", "issuing_body": "issuing_body", "place": "place", "issued_on": "issue_date",
    "effective_on": "effective_date", "signer": "signer", "signer_office": "signer_office", "title": "title",
    "document_status": "status", "first_year": "first_year", "last_year": "last_year",
}  # fmt: skip


_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan"}
_SHORT_NAME = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")


def header_fields(header: Header) -> dict[str, Any]:
    """Return the columns of a programme that its document's header fills."""
    fields = {column: getattr(header, name) for column, name in HEADER.items()}
    return {**fields, "number": number_of(header), "body_key": body_key(header.issuing_body)}


def number_of(header: Header) -> str:
    """Return the document's number; one left blank before “/QĐ-UBND” is none, or all such drafts would be one."""
    return header.number if any(map(str.isdigit, header.number)) else ""


def body_key(name: str) -> str:
    """Return by what a body is known however it is spelled: Uỷ = Ủy, UBND = Ủy ban nhân dân."""
    return _SHORT_NAME.sub(lambda found: _SHORT[found[0]], bare(name))[:200]


def cells(task: ReadTask) -> dict[str, Any]:
    """Return the columns of a row that its printed cells and their reading fill."""
    period, budget, due = task.period, task.budget, task.period.due
    return {
        "number": task.number, "text": task.text, "product": task.product, "lead": task.lead,
        "coordinating": task.coordinating, "period_text": period.text, "budget_text": budget.text,
        "recurrence": period.recurrence.value, "start_year": period.start_year, "end_year": period.end_year,
        "due_text": due.text if due else "", "due_month": due.month if due else None,
        "due_day": due.day if due else None, "due_strictly_before": bool(due and due.strictly_before),
        "budget_state": budget.state.value, "amount_vnd": budget.amount_vnd, "per_year_vnd": budget.per_year_vnd,
    }  # fmt: skip


def kind_of(task: ReadTask, answers: Answers) -> str:
    """Return the kind of product: as the steward said, else as the cell says, else ""."""
    kind = answers.kinds.get(task.uid) or product_kind(task.product, task.text)
    return kind.value if kind else ""


def agencies_of(reading: Reading, answers: Answers, day: date) -> dict[str, Agency]:
    """Return the agencies behind all codes that a reading and the answers name on the day (2 queries)."""
    codes = {code for task in reading.tasks for unit in units(task) for code in unit.ids}
    codes |= {code for named in answers.units.values() for code in named}
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    rows = AgencyCode.objects.filter(held, scheme=Scheme.REGISTER, code__in=codes).select_related("agency")
    found = {row.code: row.agency for row in rows.exclude(valid_from__gt=day)}
    for agency in Agency.objects.filter(Q(key__in=codes) | Q(code__in=codes)):
        for name in (agency.key, agency.code):
            found.setdefault(name, agency)
    return found


def units(task: ReadTask) -> Iterator[Unit]:
    """Yield all units of a row."""
    yield from task.lead_units
    yield from task.coordinating_units


def answered(unit: Unit, answers: Answers) -> tuple[str, ...]:
    """Return the codes of a unit: as the steward answered for its printed name, else as they were read."""
    folded = {fold(name): codes for name, codes in answers.units.items()}
    return folded.get(fold(unit.name), unit.ids)


def assignments(task: Task, read: ReadTask, answers: Answers, known: Mapping[str, Agency]) -> list[Assignment]:
    """Return the unsaved assignments of a row, one for each agency; an agency that leads does not also coordinate."""
    made: list[Assignment] = []
    seen: set[int] = set()
    for part, named in ((Part.LEAD, read.lead_units), (Part.COORDINATING, read.coordinating_units)):
        for unit in named:
            agencies = [known[code] for code in answered(unit, answers) if code in known]
            new = list({one.pk: one for one in agencies if one.pk not in seen}.values())
            seen |= {agency.pk for agency in new}
            made += [_assigned(task, part, unit, agency, len(made) + at) for at, agency in enumerate(new)]
            if not agencies:
                made.append(_assigned(task, part, unit, None, len(made)))
    return made


def _assigned(task: Task, part: Part, unit: Unit, agency: Agency | None, position: int) -> Assignment:
    return Assignment(
        task=task, part=part.value, name=unit.name[:300], unit_kind=unit.kind.value, agency=agency, position=position
    )


def fill(programme: Programme, reading: Reading, answers: Answers) -> None:
    """Write targets, groups, rows, assignments and anomalies of a draft anew (about 12 queries)."""
    reading = corrected(reading, answers)
    programme.targets.all().delete()
    programme.tasks.all().delete()
    programme.groups.all().delete()
    fill_targets(programme, reading, 0)
    day = reading.header.issue_date or date.max
    known = agencies_of(reading, answers, day)
    groups = groups_of(programme, [task.group for task in reading.tasks])
    tasks = [new_task(programme, groups, read, at, answers) for at, read in enumerate(reading.tasks)]
    Task.objects.bulk_create(tasks)
    pairs = zip(tasks, reading.tasks, strict=True)
    Assignment.objects.bulk_create([one for task, read in pairs for one in assignments(task, read, answers, known)])
    fill_anomalies(programme, reading.anomalies, answers)


def new_task(
    programme: Programme, groups: Mapping[str, TaskGroup], read: ReadTask, position: int, answers: Answers
) -> Task:
    """Return the unsaved row."""
    return Task(
        programme=programme, group=groups[read.group], position=position, uid=read.uid,
        product_kind=kind_of(read, answers), **cells(read),
    )


def groups_of(programme: Programme, names: Iterable[str]) -> dict[str, TaskGroup]:
    """Return the groups of these names, new ones made at the end of the others."""
    found = {group.name: group for group in programme.groups.all()}
    new = [name for name in dict.fromkeys(names) if name not in found]
    rows = [
        TaskGroup(programme=programme, position=len(found) + at, name=name[:300]) for at, name in enumerate(new)
    ]
    TaskGroup.objects.bulk_create(rows)
    return found | dict(zip(new, rows, strict=True))


def fill_targets(programme: Programme, reading: Reading, position: int) -> None:
    """Write the targets of a reading that the programme has not got yet."""
    known = set(programme.targets.values_list("code", flat=True))
    new = [target for target in reading.targets if target.id not in known]
    rows = [
        Target(programme=programme, position=position + at, code=target.id, text=target.text)
        for at, target in enumerate(new)
    ]
    Target.objects.bulk_create(rows)
    Measure.objects.bulk_create(
        Measure(target=row, position=at, code=f"{target.id}.{at + 1}", **measure_fields(measure))
        for row, target in zip(rows, new, strict=True) for at, measure in enumerate(target.measures)
    )


def measure_fields(measure: ReadMeasure) -> dict[str, Any]:
    """Return the columns of a measure that its reading fills."""
    return {
        "text": measure.text, "comparator": measure.comparator, "unit": measure.unit[:60], "scope": measure.scope[:300],
        "value": None if measure.value is None else Decimal(str(measure.value)),
    }


def anomaly_key(anomaly: Anomaly) -> str:
    """Return by what an anomaly is known again when the document is read anew."""
    said = "\n".join((anomaly.kind, anomaly.where, anomaly.text, *anomaly.values))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def fill_anomalies(programme: Programme, anomalies: Iterable[Anomaly], answers: Answers) -> None:
    """Write what disagrees, with what was found out about it before."""
    programme.anomalies.all().delete()
    by_key = {anomaly_key(anomaly): anomaly for anomaly in anomalies}
    AnomalyRow.objects.bulk_create(
        AnomalyRow(
            programme=programme, position=at, key=key, what=one.kind.value, where=one.where[:200], text=one.text,
            values=list(one.values), resolution=answers.settled.get(key, ""),
        )
        for at, (key, one) in enumerate(by_key.items())
    )
