"""From a read record to the rows of a version, and from rows of steps to values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.foundation.calendar.types import Limit, Unit
from motcua.service.procedures.models import (
    ChannelLimit,
    ProcedureBasis,
    ProcedureFee,
    ProcedurePaper,
    ProcedureResult,
    ProcedureVersion,
    Step,
    VersionFlag,
)
from motcua.service.procedures.places import Place
from motcua.service.procedures.reading.findings import CHANNEL_NAMES
from motcua.service.procedures.reading.reasons import Reason
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.types import ChannelEntry, Duty, Fee, Paper, ProcedureRecord

LimitKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Added:
    """A limit that the controller added to a row whose source text has not changed since."""

    amount: Decimal
    unit: str
    basis: str
    added_on: date | None


def version_of(record: ProcedureRecord) -> ProcedureVersion:
    """Return an unsaved version with the record's texts; numbers, dates and state are the verb's."""
    return ProcedureVersion(
        name=record.name,
        decision=(record.decision or "")[:120],
        digest=record.digest,
        levels=[level.value for level in record.levels],
        subjects=list(record.subjects),
        performing=list(record.agencies.performing),
        competent=list(record.agencies.competent),
        authorised=list(record.agencies.authorised),
        coordinating=list(record.agencies.coordinating),
        category=record.kind or "",
        address=record.address or "",
        steps=record.steps or "",
        requirements=record.requirements or "",
        related=record.related or "",
        description=record.description or "",
        sets=record.sets,
        source=dict(record.source),
    )


def store_parts(
    version: ProcedureVersion, record: ProcedureRecord, reasons: Iterable[Reason], added: Mapping[LimitKey, Added]
) -> None:
    """Write papers, channels with fees, bases, results and flags of a saved version."""
    ProcedurePaper.objects.bulk_create(_paper(version, at, paper) for at, paper in enumerate(record.papers, 1))
    limits = ChannelLimit.objects.bulk_create(
        _limit(version, at, entry, added) for at, entry in enumerate(record.channels, 1)
    )
    ProcedureFee.objects.bulk_create(
        _fee(limit, at, fee)
        for limit, entry in zip(limits, record.channels, strict=True)
        for at, fee in enumerate(entry.fees, 1)
    )
    ProcedureBasis.objects.bulk_create(
        ProcedureBasis(of=version, position=at, title=basis.title, number=(basis.number or "")[:120])
        for at, basis in enumerate(record.legal_bases, 1)
    )
    ProcedureResult.objects.bulk_create(
        ProcedureResult(of=version, position=at, name=result.name, code=result.code or "")
        for at, result in enumerate(record.results, 1)
    )
    VersionFlag.objects.bulk_create(_flag(version, reason, limits) for reason in reasons)


def _paper(version: ProcedureVersion, at: int, paper: Paper) -> ProcedurePaper:
    return ProcedurePaper(
        of=version,
        position=at,
        group=paper.group,
        case=paper.case or "",
        name=paper.name,
        originals=paper.originals,
        copies=paper.copies,
        copy_kind=paper.copy_kind,
        must_submit=paper.duty is Duty.SUBMIT,
        duty=paper.duty,
        forms=[form for form in paper.forms if form],
        verbatim=paper.verbatim,
    )


def _limit(version: ProcedureVersion, at: int, entry: ChannelEntry, added: Mapping[LimitKey, Added]) -> ChannelLimit:
    row = ChannelLimit(
        of=version,
        position=at,
        channel=entry.channel,
        case=entry.description if entry.description.startswith(("Đối với", "Trường hợp")) else "",
        unknown=entry.limit.gap or "",
        printed=entry.limit.printed[:200],
        fee_state=entry.fee_state,
        note=entry.note,
        description=entry.description,
        verbatim=entry.verbatim,
    )
    before = added.get((entry.channel.value, entry.verbatim))
    if entry.limit.limit is not None:
        row.amount, row.unit = entry.limit.limit.amount, entry.limit.limit.unit
    elif before is not None:
        row.amount, row.unit, row.basis, row.added_on = before.amount, before.unit, before.basis, before.added_on
    return row


def _fee(limit: ChannelLimit, at: int, fee: Fee) -> ProcedureFee:
    return ProcedureFee(
        of=limit,
        position=at,
        kind=fee.kind,
        state=fee.state,
        role=fee.role,
        found_in=fee.source,
        amount=fee.amount if fee.amount is None or fee.amount < 10**13 else None,
        currency=fee.currency,
        per=(fee.per or "")[:120],
        valid_from=fee.valid_from,
        valid_to=fee.valid_until,
        verbatim=fee.verbatim,
    )


def _flag(version: ProcedureVersion, reason: Reason, limits: list[ChannelLimit]) -> VersionFlag:
    """Return the flag, tied to its channel row where it speaks of a limit; settled where the limit was kept."""
    row = next(
        (
            limit
            for limit in limits
            if reason.code.startswith("limit_") and limit.unknown and CHANNEL_NAMES[limit.channel] == reason.where
        ),
        None,
    )
    return VersionFlag(
        of=version,
        code=reason.code,
        place=reason.where[:120],
        detail=reason.detail,
        limit=row,
        settled_on=row.added_on if row is not None else None,
    )


def added_limits(version: ProcedureVersion | None) -> dict[LimitKey, Added]:
    """Return what controllers added to a version, by channel and source text."""
    if version is None:
        return {}
    rows = version.limits.filter(added_on__isnull=False, amount__isnull=False)
    return {
        (row.channel, row.verbatim): Added(row.amount, row.unit, row.basis, row.added_on)
        for row in rows
        if row.amount is not None
    }


def plan_of(step: Step) -> StepPlan:
    """Return a stored step as a value."""
    return StepPlan(
        name=step.name,
        place=Place(step.place),
        role=step.role,
        time=None if step.amount is None else Limit(step.amount, Unit(step.unit)),
        output=step.output,
        agency_id=step.agency_id,
    )
