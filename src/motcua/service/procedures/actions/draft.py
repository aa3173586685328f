"""Draft what the province itself regulates, and publish it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from motcua.foundation.calendar.types import Limit
from motcua.foundation.core import time
from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.indicators import changes
from motcua.service.procedures import rules
from motcua.service.procedures.errors import Frozen, Incomplete
from motcua.service.procedures.models import ChannelLimit, Procedure, ProcedureBasis, ProcedurePaper, ProcedureVersion
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.reading.codes import procedure_code
from motcua.service.procedures.reading.text import fold
from motcua.service.procedures.types import Channel, FeeState, Level, Origin, State


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """A paper as drafted."""

    name: str
    originals: int = 1
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft says, part by part; an empty part keeps it from being published, not from being saved."""

    name: str
    field: str = ""
    levels: Sequence[Level] = ()
    subjects: Sequence[str] = ()
    agencies: Sequence[str] = ()
    steps: str = ""
    requirements: str = ""
    sets: int | None = None
    papers: Sequence[PaperPlan] = ()
    limits: Sequence[tuple[Channel, Limit | None]] = ()
    fees: str = ""
    bases: Sequence[str] = ()


@verb("procedure.draft", policy=PROCEDURES)
def draft(act: Act, *, code: str, content: Content) -> ProcedureVersion:
    """Draft a procedure, or a new version of one beside what is in force.

    Raises Invalid for a wrong code or no name, Conflict where a draft of it lies there already.
    """
    number = procedure_code(code)
    if number is None:
        raise Invalid(
            "Mã thủ tục phải có dạng 1.001612 hoặc 1.001612.H03; chưa ghi gì. Anh/chị nhập lại mã.",
            field="code",
        )
    if not content.name.strip():
        raise Invalid("Chưa có tên thủ tục nên chưa ghi gì. Anh/chị nhập tên.", field="name")
    procedure = Procedure.objects.select_for_update().filter(code=str(number)).first()
    is_new = procedure is None
    if procedure is None:
        procedure = Procedure(code=str(number), name=content.name.strip(), field=content.field.strip())
        procedure.folded = fold(f"{procedure.code} {procedure.name} {procedure.field}")
        procedure.save()
    elif procedure.versions.filter(state=State.DRAFT).exists():
        raise Conflict("Thủ tục này đang có một bản dự thảo. Anh/chị sửa tiếp bản đó; chưa tạo bản mới.")
    version = ProcedureVersion(procedure=procedure, number=procedure.versions.count() + 1, state=State.DRAFT)
    version.origin = Origin.PROVINCE
    _write(version, content)
    act.record(version, first=True, procedure=procedure.ref, number=version.number, what="draft")
    act.record(procedure, first=is_new, what="draft", code=procedure.code, draft=version.ref)
    return version


@verb("procedure.edit_draft", policy=PROCEDURES, locks=("version",))
def edit_draft(act: Act, *, version: ProcedureVersion, content: Content) -> ProcedureVersion:
    """Change a draft. Raises Frozen for what is published."""
    if version.state != State.DRAFT:
        raise Frozen("Nội dung đã công bố không sửa được. Anh/chị soạn một phiên bản mới.")
    if not content.name.strip():
        raise Invalid(
            "Chưa có tên thủ tục. Bản dự thảo giữ nguyên như trước; anh/chị nhập tên rồi lưu lại.",
            field="name",
        )
    _write(version, content)
    act.record(version, what="edited")
    return version


def _write(version: ProcedureVersion, content: Content) -> None:
    version.name, version.steps = content.name.strip(), content.steps.strip()
    version.requirements, version.sets = content.requirements.strip(), content.sets
    version.levels = [level.value for level in content.levels]
    version.subjects, version.performing = list(content.subjects), list(content.agencies)
    version.source = {"linh_vuc": content.field.strip()}
    version.save()
    for old in (version.papers, version.limits, version.bases):
        old.all().delete()
    ProcedurePaper.objects.bulk_create(
        ProcedurePaper(of=version, position=at, name=paper.name, originals=paper.originals, copies=paper.copies)
        for at, paper in enumerate(content.papers, 1)
    )
    ChannelLimit.objects.bulk_create(
        ChannelLimit(
            of=version,
            position=at,
            channel=channel,
            amount=limit.amount if limit else None,
            unit=limit.unit if limit else "",
            fee_state=FeeState.BY_RULE if content.fees.strip() else FeeState.FREE,
            note=content.fees.strip(),
        )
        for at, (channel, limit) in enumerate(content.limits, 1)
    )
    ProcedureBasis.objects.bulk_create(
        ProcedureBasis(of=version, position=at, title=title) for at, title in enumerate(content.bases, 1)
    )


@verb("procedure.publish", policy=PROCEDURES, locks=("procedure", "version"), on="version")
def publish(
    act: Act,
    *,
    procedure: Procedure,
    version: ProcedureVersion,
    decision: str,
    decided_on: date,
    valid_from: date,
    published_on: date | None = None,
) -> ProcedureVersion:
    """Publish a draft from a day on. The version before it ends that day.

    Legal source: Decree 63/2010/NĐ-CP art. 8 and Decree 92/2017/NĐ-CP: a procedure that lacks a mandatory part is not
    complete and is refused here with all that is missing. Raises Incomplete, Invalid, Frozen.
    """
    _check_belongs(procedure, version)
    if version.state != State.DRAFT:
        raise Frozen("Phiên bản này đã công bố rồi. Chưa ghi gì thêm.")
    if not decision.strip():
        raise Invalid(
            "Chưa có số quyết định công bố; bản dự thảo giữ nguyên. Anh/chị nhập số quyết định.",
            field="decision",
        )
    if valid_from < decided_on:
        raise Invalid(
            "Ngày có hiệu lực không thể trước ngày ký quyết định; chưa công bố gì. Anh/chị chọn lại ngày.",
            field="valid_from",
        )
    before = procedure.current
    if before is not None and before.valid_from is not None and valid_from < before.valid_from:
        raise Invalid(
            "Ngày có hiệu lực không thể trước ngày của bản đang dùng; chưa công bố gì. Anh/chị chọn lại ngày.",
            field="valid_from",
        )
    missing = rules.missing_parts(parts_of(version))
    if missing:
        raise Incomplete(f"Chưa công bố được vì còn thiếu: {'; '.join(missing)}. Bản dự thảo vẫn giữ nguyên.")
    version.decision, version.decided_on = decision.strip()[:120], decided_on
    version.valid_from, version.published_on = valid_from, published_on
    version.state = rules.state_on(time.local_day(act.happened_at), valid_from=valid_from, valid_to=None)
    version.save()
    act.record(
        version,
        what="published",
        valid_from=valid_from.isoformat(),
        decided_on=decided_on.isoformat(),
        decision=sha256(version.decision.encode()).hexdigest(),
    )
    if version.state == State.IN_FORCE:
        _enter_into_force(act, procedure, version)
    return version


@verb("procedure.take_effect", policy=PROCEDURES, locks=("procedure", "version"), on="version")
def take_effect(act: Act, *, procedure: Procedure, version: ProcedureVersion) -> ProcedureVersion:
    """Let an announced version hold from its first day on; the platform does it by itself every day."""
    _check_belongs(procedure, version)
    day = time.local_day(act.happened_at)
    state = rules.state_on(day, valid_from=version.valid_from, valid_to=version.valid_to)
    if version.state != State.ANNOUNCED or state is not State.IN_FORCE:
        raise Invalid(
            "Phiên bản này chưa đến ngày có hiệu lực nên giữ nguyên. Đến ngày đó hệ thống tự áp dụng; anh/chị chờ."
        )
    version.state = State.IN_FORCE
    version.save()
    act.record(version, what="in-force")
    _enter_into_force(act, procedure, version)
    return version


def _check_belongs(procedure: Procedure, version: ProcedureVersion) -> None:
    """Raise Invalid where the two do not belong together. A procedure is locked before its versions, by all verbs."""
    if version.procedure_id != procedure.pk:
        raise Invalid("Phiên bản này không thuộc thủ tục đã chọn. Chưa ghi gì; anh/chị tải lại trang rồi làm lại.")


def _enter_into_force(act: Act, procedure: Procedure, version: ProcedureVersion) -> None:
    before = procedure.current
    if before is not None:
        before.state, before.valid_to = State.EXPIRED, version.valid_from
        before.save(update_fields=["state", "valid_to"])
        act.record(before, what="replaced", by=version.ref)
    procedure.current, procedure.name = version, version.name
    field = version.source.get("linh_vuc", procedure.field)
    if field != procedure.field:
        changes.lines_moved()
    procedure.levels, procedure.field = " ".join(version.levels), field
    procedure.folded = fold(f"{procedure.code} {procedure.name} {procedure.field}")
    procedure.save()
    act.record(procedure, what="in-force", current=version.ref)


@verb("procedure.expire", policy=PROCEDURES, locks=("procedure", "version"), on="version")
def expire(
    act: Act, *, procedure: Procedure, version: ProcedureVersion, decision: str, valid_to: date
) -> ProcedureVersion:
    """End a version without a successor from a day on (the day itself no longer counts). Raises Invalid."""
    _check_belongs(procedure, version)
    if version.state != State.IN_FORCE:
        raise Invalid("Chỉ nội dung đang có hiệu lực mới bãi bỏ được. Chưa ghi gì. Anh/chị xem lại phiên bản đang mở.")
    if not decision.strip():
        raise Invalid("Chưa có số quyết định bãi bỏ; chưa ghi gì. Anh/chị nhập số quyết định.", field="decision")
    if valid_to > time.local_day(act.happened_at) or (version.valid_from is not None and valid_to < version.valid_from):
        raise Invalid(
            "Ngày hết hiệu lực phải sau ngày có hiệu lực và không ở tương lai; chưa ghi gì. Anh/chị chọn lại.",
            field="valid_to",
        )
    version.state, version.valid_to = State.EXPIRED, valid_to
    version.save()
    procedure.current = None
    procedure.save()
    act.record(version, what="expired", valid_to=valid_to.isoformat(), decision=sha256(decision.encode()).hexdigest())
    act.record(procedure, what="expired")
    return version


@verb("procedure.record_dates", policy=PROCEDURES, locks=("version",))
def record_dates(
    act: Act,
    *,
    version: ProcedureVersion,
    decided_on: date | None,
    requested_on: date | None,
    published_on: date | None,
    sent_on: date | None,
    shown_on: date | None,
) -> ProcedureVersion:
    """Enter the days of a version's way: ministry's decision, request, local publication, sent, shown nationally."""
    days = {
        "decided_on": decided_on,
        "requested_on": requested_on,
        "published_on": published_on,
        "sent_on": sent_on,
        "shown_on": shown_on,
    }
    for name, day in days.items():
        setattr(version, name, day)
    version.save()
    act.record(version, what="dates", days=[f"{name}={day.isoformat()}" for name, day in days.items() if day])
    return version


def parts_of(version: ProcedureVersion) -> rules.Parts:
    """Return what a version holds of the mandatory parts (3 queries)."""
    limits = list(version.limits.all())
    return rules.Parts(
        name=version.name,
        steps=version.steps,
        channels=len(limits),
        papers=version.papers.count(),
        sets=version.sets,
        limits=sum(limit.amount is not None for limit in limits),
        subjects=version.subjects,
        agencies=[*version.performing, *version.competent],
    )
