"""Who reads a programme, and who does what with it.

Everybody who signed in reads what is approved; a draft is for the steward and the auditor. The steward enters,
answers, approves, links and drops. Those who work at a lead agency submit and report; the coordinating ones read.
Products are accepted by an agency that does not lead the row (`rules.accepter`). Whoever carries on an ended agency's
work acts for it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.foundation.organisations.selectors import predecessors
from motcua.steering.programme.kinds import Part
from motcua.steering.programme.models import (
    Assignment,
    Entry,
    HandIn,
    Measure,
    Occurrence,
    Programme,
    Project,
    Reminder,
    Target,
    Task,
)

READING = frozenset({"programme.read"})
#: Only who drives the programme does these.
STEERING = frozenset({
    "programme.enter", "programme.answer", "programme.approve", "programme.amend", "programme.oversee",
    "programme.read_anew", "programme.correct_head", "programme.set_ladder", "programme.hand_in",
    "programme.end_hand_in",
    "occurrence.drop", "occurrence.add", "link.task_target",
    "link.undo", "measure.bind", "task.set_product", "reminder.issue",
})
#: What the lead agency of a row does; the steward may enter it for an agency that sent it on paper.
LEADING = frozenset({
    "occurrence.submit", "occurrence.issue", "occurrence.wait", "occurrence.resume", "task.plan_money", "task.spend",
    "project.enter", "project.progress",
})
#: What the accepting agency does.
ACCEPTING = frozenset({"occurrence.accept", "occurrence.return"})
WORKERS = (*LEADERS, Role.SPECIALIST, Role.CLERK, Role.STEWARD)
OVERSEERS = (Role.STEWARD, Role.AUDITOR)
_TO_PROGRAMME = {
    Programme: "", Task: "programme__", Occurrence: "task__programme__", Measure: "target__programme__",
    Project: "task__programme__", Target: "programme__", Reminder: "programme__", Entry: "measure__target__programme__",
}
_TO_TASK = {Task: "", Occurrence: "task__", Project: "task__"}


class ProgrammePolicy(Policy):
    """The one policy of this room."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if actor.ref.startswith("system:"):
            return None
        if not isinstance(actor, Officer):
            return "Anh/chị cần đăng nhập."
        if verb in READING:
            return None if not _is_draft(row) or actor.has_anywhere(*OVERSEERS) else _DRAFT
        if verb in STEERING:
            return None if actor.has_anywhere(Role.STEWARD) else _NOT_STEWARD
        return self._of_agency(actor, verb, row)

    def _of_agency(self, actor: Officer, verb: str, row: Any) -> str | None:
        if verb not in LEADING | ACCEPTING | {"entry.enter"}:
            return "Việc này hệ thống tự làm."
        at = working_at(actor)
        if row is None or not at:
            return None if at else "Tài khoản của anh/chị chưa có vai trò ở cơ quan nào."
        if verb == "entry.enter":
            return None if actor.has_anywhere(Role.STEWARD) or _answers_for(at, row) else _NOT_RESPONSIBLE
        if verb in ACCEPTING:
            # Which of them may accept this product the verb knows: it depends on whose share it is.
            return None if _accepts(at, _task_of(row).programme) else _NOT_ACCEPTER
        if actor.has_anywhere(Role.STEWARD):
            return None
        return None if leads_among(at, _task_of(row)).exists() else _NOT_LEAD

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if actor.ref.startswith("system:"):
            return among
        if not isinstance(actor, Officer):
            return among.none()
        if among.model is HandIn:
            return among if actor.has_anywhere(Role.STEWARD) else among.none()
        if not actor.has_anywhere(*OVERSEERS):
            among = among.exclude(**{f"{_TO_PROGRAMME[among.model]}state": "draft"})
        if verb in READING or (verb in STEERING | LEADING and actor.has_anywhere(Role.STEWARD)):
            return among
        if verb in LEADING and among.model in _TO_TASK:
            at = working_at(actor)
            led = Assignment.objects.filter(Q(agency__in=at) | Q(agency__in=predecessors(at)), part=Part.LEAD)
            return among.filter(**{f"{_TO_TASK[among.model]}pk__in": led.values("task")})
        return among.none()


def working_at(actor: Actor) -> frozenset[int]:
    """Return the agencies for which a person does programme work: those where he has a working role."""
    if not isinstance(actor, Officer):
        return frozenset()
    return frozenset(agency for agency in actor.works_at if actor.has(*WORKERS, agency_id=agency))


def leads_among(agencies: frozenset[int], task: Task) -> QuerySet[Assignment]:
    """Return the shares of a row that these agencies lead, for themselves or for whom they carry on (1 query)."""
    mine = Q(agency__in=agencies) | Q(agency__in=predecessors(agencies))
    return Assignment.objects.filter(mine, task=task, part=Part.LEAD)


def _accepts(agencies: frozenset[int], programme: Programme) -> bool:
    wanted = {programme.steward_id, programme.office_id, programme.issuer_id} - {None}
    return bool(wanted & agencies) or predecessors(agencies).filter(predecessor__in=wanted).exists()


def _answers_for(agencies: frozenset[int], measure: Measure) -> bool:
    if measure.responsible_id is None:
        return False
    return measure.responsible_id in agencies or predecessors(agencies).filter(
        predecessor=measure.responsible_id
    ).exists()


def _task_of(row: Any) -> Task:
    task = row if isinstance(row, Task) else row.task
    assert isinstance(task, Task)
    return task


def _is_draft(row: Any) -> bool:
    if row is None:
        return False
    programme = row
    for name in ("measure", "target", "occurrence", "project", "task", "programme"):
        programme = getattr(programme, name, programme)
    return isinstance(programme, Programme) and programme.is_draft


_DRAFT = "Bản đọc này chưa duyệt; chỉ thường trực cải cách hành chính và kiểm tra xem được."
_NOT_STEWARD = "Chỉ thường trực cải cách hành chính mới làm được việc này."
_NOT_LEAD = "Dòng này do cơ quan khác chủ trì; anh/chị xem được, cơ quan chủ trì mới ghi được."
_NOT_ACCEPTER = "Sản phẩm do thường trực cải cách hoặc Văn phòng UBND tỉnh nghiệm thu; không cơ quan nào tự nghiệm thu."
_NOT_RESPONSIBLE = "Chỉ cơ quan được giao chỉ tiêu này hoặc thường trực cải cách mới nhập được số liệu."
PROGRAMMES = ProgrammePolicy()
