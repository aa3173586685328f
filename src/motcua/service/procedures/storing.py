"""From a read record to the rows of a version, and from rows of steps to values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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
from motcua.service.procedures.types import ChannelEntry, Duty, Fee, FeeSource, Paper, ProcedureRecord


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


def store_parts(version: ProcedureVersion, record: ProcedureRecord, reasons: Iterable[Reason]) -> None:
    """Write papers, channels with fees, bases, results and flags of a saved version."""
    ProcedurePaper.objects.bulk_create(_paper(version, at, paper) for at, paper in enumerate(record.papers, 1))
    limits = ChannelLimit.objects.bulk_create(_limit(version, at, entry) for at, entry in enumerate(record.channels, 1))
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


def _limit(version: ProcedureVersion, at: int, entry: ChannelEntry) -> ChannelLimit:
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
    if entry.limit.limit is not None:
        row.amount, row.unit = entry.limit.limit.amount, entry.limit.limit.unit
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
    """Return the flag, tied to its channel row where it speaks of one."""
    is_limit = reason.code.startswith("limit_")
    of_channel = (limit for limit in limits if CHANNEL_NAMES[limit.channel] == reason.where)
    row = next((limit for limit in of_channel if limit.unknown or not is_limit), None)
    return VersionFlag(of=version, code=reason.code, place=reason.where[:120], detail=reason.detail, limit=row)


def carry_over(before: ProcedureVersion, version: ProcedureVersion, day: date) -> None:
    """Take what controllers added to the version before into the new one, where the channel's text has not changed."""
    rows = {(row.channel, row.verbatim): row for row in version.limits.all()}
    for old in before.limits.prefetch_related("fees"):
        new = rows.get((old.channel, old.verbatim))
        if new is not None:
            _carry_limit(old, new, day)
            _carry_fees(old, new, day)


def _carry_limit(old: ChannelLimit, new: ChannelLimit, day: date) -> None:
    if old.added_on is None or new.amount is not None:
        return
    new.amount, new.unit, new.basis, new.added_on = old.amount, old.unit, old.basis, old.added_on
    new.save(update_fields=["amount", "unit", "basis", "added_on"])
    new.flags.filter(code__startswith="limit_").update(settled_on=day)


def _carry_fees(old: ChannelLimit, new: ChannelLimit, day: date) -> None:
    added = [fee for fee in old.fees.all() if fee.found_in == FeeSource.CONTROLLER]
    if not added:
        return
    for fee in added:
        fee.pk, fee.of = None, new
        fee.save(force_insert=True)
    new.fee_state = old.fee_state
    new.save(update_fields=["fee_state"])
    new.flags.filter(code__startswith="fee_").update(settled_on=day)


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
