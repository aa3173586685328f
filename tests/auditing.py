"""The whole store looked over with plain means: SQL rows, hashlib and a patient clerk; no rule of the product."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core.models import Counter, LedgerEvent, LedgerHead
from motcua.service.dossiers.models import ClockEvent, Dossier, DossierPaper, HandOver
from motcua.service.dossiers.tests import oracle

ENDS = {"finish", "return", "withdraw", "stop"}
STATES = {
    "receive": {"received"}, "hold": {"in-process"}, "suspend": {"suspended"}, "resume": {"in-process"},
    "finish": {"finished"}, "return": {"returned"}, "withdraw": {"withdrawn"}, "stop": {"stopped"},
    "succeed": {"received", "in-process", "suspended"},
}


def audit() -> dict[str, Any]:
    """Return what was seen, and every fault in words."""
    from django.conf import settings

    from motcua.foundation.core import verification

    faults: list[str] = [*_chains(), *_dossiers(), *_codes()]
    outside = settings.HOME.seals
    report = verification.verify(outside if outside.exists() else None)
    faults += [f"verify: {fault.kind} {fault.where} {fault.text}" for fault in report.faults]
    return {
        "faults": faults, "dossiers": Dossier.objects.count(), "events": report.events, "seals": report.seals,
        "unsealed": report.unsealed, "references": list(Dossier.objects.values_list("public_id", flat=True)),
        "codes": sorted(Dossier.objects.values_list("code", flat=True)),
    }


def _chains() -> list[str]:
    faults, chains = [], defaultdict(list)
    for event in LedgerEvent.objects.order_by("subject", "sequence"):
        chains[event.subject].append(event)
    for subject, chain in chains.items():
        link, entered = bytes(32), 0
        for number, event in enumerate(chain, 1):
            link = hashlib.sha256(link + bytes(event.canonical)).digest()
            if event.sequence != number or bytes(event.hash) != link:
                faults.append(f"{subject}: event {number} is {event.sequence}, or does not follow")
            if event.entered_us < entered:
                faults.append(f"{subject}: event {number} was entered before the one before it")
            entered = event.entered_us
    heads = {head.subject: (head.sequence, bytes(head.hash)) for head in LedgerHead.objects.all()}
    ends = {subject: (len(chain), bytes(chain[-1].hash)) for subject, chain in chains.items()}
    return faults + [f"{subject}: head and chain differ" for subject in heads.keys() | ends.keys()
                     if heads.get(subject) != ends.get(subject)]


def _dossiers() -> list[str]:
    faults = []
    said = defaultdict(list)
    for event in LedgerEvent.objects.filter(subject__startswith="dossier:").order_by("sequence"):
        said[event.subject].append((event.verb, event.happened_us))
    rows = Dossier.objects.prefetch_related("clock", "papers")
    for row in rows:
        for fault in _dossier(row, list(row.clock.all()), said.pop(row.ref, [])):
            faults.append(f"{row.code}: {fault}")
        if not row.papers.all():
            faults.append(f"{row.code}: no papers")
    faults += [f"{subject}: events of no dossier" for subject in said]
    if ClockEvent.objects.exclude(dossier__in=rows).exists() or DossierPaper.objects.exclude(dossier__in=rows).exists():
        faults.append("rows of no dossier")
    return faults


def _dossier(row: Dossier, clock: list[ClockEvent], said: list[tuple[str, int]]) -> list[str]:
    if not clock or not said:
        return ["half-written: no clock event or no ledger event"]
    faults, last = [], clock[-1]
    if [event.sequence for event in clock] != list(range(1, len(clock) + 1)):
        faults.append("the clock's sequence has a gap or a double")
    if [event.at for event in clock] != sorted(event.at for event in clock):
        faults.append(f"time goes backwards: {[(event.what, event.at.isoformat()) for event in clock]}")
    passed = sum(1 for event in clock if event.what == "succeed")
    # Whoever only settles it passes on without another holder; every other event has its moment on the clock.
    said_passed = sum(1 for verb, _ in said if verb == "dossier.succeed")
    if len(said) - said_passed != len(clock) - passed or passed > said_passed or row.version != len(said):
        faults.append(f"{len(clock)} clock events, {len(said)} events, version {row.version}")
    if (row.holder, row.at_agency_id, row.at_step_id, row.at_account_id, row.held_since) != (
        last.holder, last.agency_id, last.step_id, last.account_id, last.at
    ):
        faults.append("the holder of the columns is not the last event's")
    if row.state not in STATES[last.what]:
        faults.append(f"state {row.state} after {last.what}")
    faults += _due(row, clock)
    waiting = HandOver.objects.filter(dossier=row, accepted_at__isnull=True, declined_at__isnull=True).count()
    if waiting != int(row.is_awaited):
        faults.append(f"{waiting} open hand-overs, awaited {row.is_awaited}")
    return faults


def _due(row: Dossier, clock: list[ClockEvent]) -> list[str]:
    case = oracle.Case(
        row.pk, row.ref, row.receiving_id, row.competent_id, [],
        Limit(row.limit_amount, Unit(row.limit_unit)) if row.limit_amount is not None else None,
        row.received_at, row.at_agency_id, None, None,
        events=[
            oracle.Noted(event.what, event.at, event.holder, event.agency_id, None, None, event.policy)
            for event in clock
        ],
    )
    answer, first = oracle.due(case), oracle.due(case, first=True)
    stored = tuple(value and oracle.cut(value) for value in (row.due_at, row.first_due_at))
    return [] if stored == (answer.due, first.due) else [f"due {stored}, recomputed {(answer.due, first.due)}"]


def _codes() -> list[str]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for code in Dossier.objects.values_list("code", flat=True):
        series, _, number = code.rpartition("-")
        numbers[series].append(int(number))
    faults = [f"{series}: {sorted(found)}" for series, found in numbers.items()
              if sorted(found) != list(range(1, len(found) + 1))]
    counted = {f"dossier:{series.replace('-', ':')}": len(found) for series, found in numbers.items()}
    kept = dict(Counter.objects.filter(series__startswith="dossier:").values_list("series", "value"))
    return faults + ([] if kept == counted else [f"counters {kept}, dossiers {counted}"])
