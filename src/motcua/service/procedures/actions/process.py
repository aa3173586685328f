"""Draft and publish an internal process (quy trình nội bộ)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from motcua.foundation.calendar.types import Limit
from motcua.foundation.core import time
from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.service.procedures import rules
from motcua.service.procedures.errors import Frozen, TimesDisagree
from motcua.service.procedures.models import Procedure, Process, Step
from motcua.service.procedures.places import Place
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.storing import plan_of
from motcua.service.procedures.types import State


@verb("process.draft", policy=PROCEDURES, locks=("procedure",))
def draft_process(act: Act, *, procedure: Procedure, steps: Sequence[StepPlan]) -> Process:
    """Draft a process beside the live one. Raises Conflict where a draft lies there already."""
    if procedure.processes.filter(state=State.DRAFT).exists():
        raise Conflict("Thủ tục này đang có một quy trình dự thảo. Anh/chị sửa tiếp bản đó; chưa tạo bản mới.")
    process = Process(procedure=procedure, number=procedure.processes.count() + 1, state=State.DRAFT)
    process.save()
    _write(process, steps)
    act.record(process, first=True, procedure=procedure.ref, number=process.number, steps=len(steps))
    return process


@verb("process.edit", policy=PROCEDURES, locks=("process",))
def edit_process(act: Act, *, process: Process, steps: Sequence[StepPlan]) -> Process:
    """Change the steps of a draft. Raises Frozen for what is published."""
    if process.state != State.DRAFT:
        raise Frozen("Quy trình đã ban hành không sửa được. Anh/chị soạn một phiên bản mới bên cạnh.")
    process.save()
    _write(process, steps)
    act.record(process, what="edited", steps=len(steps))
    return process


def _write(process: Process, steps: Sequence[StepPlan]) -> None:
    process.steps.all().delete()
    Step.objects.bulk_create(
        Step(
            process=process,
            position=at,
            name=step.name.strip()[:300],
            place=step.place,
            agency_id=step.agency_id if step.place is Place.FIXED else None,
            role=step.role,
            amount=step.time.amount if step.time else None,
            unit=step.time.unit if step.time else "",
            output=step.output.strip()[:300],
        )
        for at, step in enumerate(steps, 1)
    )


@verb("process.publish", policy=PROCEDURES, locks=("procedure", "process"), on="process")
def publish_process(act: Act, *, procedure: Procedure, process: Process, decision: str, valid_from: date) -> Process:
    """Publish a process from a day on; its steps are frozen and the one before it ends that day.

    The steps' times must come to one of the procedure's time limits, unless none of these is known. Approved by
    decision of the provincial chairman. Raises Frozen, Invalid, TimesDisagree.
    """
    if process.procedure_id != procedure.pk:
        raise Invalid("Quy trình này không thuộc thủ tục đã chọn. Chưa ghi gì; anh/chị tải lại trang rồi làm lại.")
    if process.state != State.DRAFT:
        raise Frozen("Quy trình này đã ban hành rồi. Chưa ghi gì thêm.")
    if not decision.strip():
        raise Invalid(
            "Chưa có số quyết định ban hành quy trình; bản dự thảo giữ nguyên. Anh/chị nhập số quyết định.",
            field="decision",
        )
    if valid_from > time.local_day(act.happened_at):
        raise Invalid(
            "Quy trình được đưa vào dùng từ hôm nay trở về trước; chưa ghi gì. Anh/chị chọn lại ngày.",
            field="valid_from",
        )
    _check_steps(process)
    before = procedure.processes.select_for_update().filter(state=State.IN_FORCE).first()
    if before is not None:
        if before.valid_from is not None and valid_from < before.valid_from:
            raise Invalid(
                "Ngày bắt đầu không thể trước ngày bắt đầu của quy trình đang dùng; chưa ghi gì. Anh/chị chọn lại "
                "ngày.",
                field="valid_from",
            )
        before.state, before.valid_to = State.EXPIRED, valid_from
        before.save()
        act.record(before, what="replaced", by=process.ref)
    process.state, process.decision, process.valid_from = State.IN_FORCE, decision.strip()[:120], valid_from
    process.save()
    procedure.save()  # its version counts up, so that no process keeps the former steps in mind
    act.record(
        process,
        what="published",
        valid_from=valid_from.isoformat(),
        decision=sha256(process.decision.encode()).hexdigest(),
    )
    return process


def _check_steps(process: Process) -> None:
    plans = [plan_of(step) for step in process.steps.all()]
    faults = rules.step_faults(plans)
    if faults:
        raise Invalid(
            f"Chưa ban hành được: {' '.join(faults)} Bản dự thảo vẫn giữ nguyên; anh/chị bổ sung rồi ban hành lại."
        )
    limits = limits_of(process.procedure)
    times = [plan.time for plan in plans if plan.time is not None]
    if not rules.adds_up(times, limits):
        whole = rules.total(times)
        raise TimesDisagree(
            f"Tổng thời gian các bước ({whole or 'không cộng được vì khác đơn vị'}) không khớp thời hạn giải quyết "
            f"({', '.join(dict.fromkeys(map(str, limits)))}). Bản dự thảo giữ nguyên; anh/chị sửa thời gian từng bước."
        )


def limits_of(procedure: Procedure) -> list[Limit]:
    """Return the known time limits of what is in force (1 query)."""
    rows = [] if procedure.current is None else procedure.current.limits.all()
    return [row.limit for row in rows if row.limit is not None]
