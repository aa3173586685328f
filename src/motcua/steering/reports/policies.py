"""Who opens periods, writes, signs and receives.

Those at work in a unit write its report; its head or his deputy sends it. Who gathers reads what was sent to it, as it
was sent, and receives or gives back; what the unit writes until it sends again is the unit's own. Whoever holds the
role that opened a period sees all of it, the auditor sees everything; all others see
nothing. Whoever carries on an ended agency's work acts for it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.foundation.organisations.selectors import predecessors
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.types import COUNTED, OPEN, State

OPENERS = (Role.STEWARD, Role.CONTROLLER)
WORKERS = (*LEADERS, Role.SPECIALIST, Role.CLERK, *OPENERS)
PERIODS = frozenset({"report_period.open", "report_period.read", "report_period.refill"})
#: What those at work in a unit do while its report is open.
WRITING = frozenset({"report.write", "report.contest", "report.take_back", "report.refresh"})
CHANGING = WRITING | {"report.correct"}
RECEIVING = frozenset({"report.receive", "report.give_back"})
SHOWING = frozenset({"report.read", "report.print"})
#: Reading what was not sent: for who writes it, who opened the period, and the auditor.
DRAFT = "report.see"


class ReportPolicy(Policy):
    """The one policy of this room."""

    guards_registers = False

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:
        if actor.ref.startswith("system:"):
            return None
        if not isinstance(actor, Officer):
            return "Anh/chị cần đăng nhập."
        return _of_period(actor, verb, row) if verb in PERIODS else _of_report(actor, verb, row)

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        if actor.ref.startswith("system:"):
            return among
        if isinstance(actor, Officer) and among.model is Period:
            return _periods(actor, verb, among)
        if not isinstance(actor, Officer) or among.model is not Report or verb in PERIODS:
            return among.none()
        if verb in SHOWING or verb == DRAFT:
            return among.filter(_unsent(actor) if verb == DRAFT else _readable(actor))
        if verb in RECEIVING:
            return among.filter(_from_below(actor))
        return among.filter(_at("unit", leading(actor)) if verb == "report.send" else _mine(actor))


def working(actor: Officer) -> frozenset[int]:
    """Return the agencies for whose reports a person works."""
    return frozenset(agency for agency in actor.works_at if actor.has(*WORKERS, agency_id=agency))


def leading(actor: Officer) -> frozenset[int]:
    """Return the agencies whose reports a person signs."""
    return frozenset(agency for agency in actor.works_at if actor.has(*LEADERS, agency_id=agency))


def _of_period(actor: Officer, verb: str, row: Any) -> str | None:
    if verb == "report_period.read" and actor.has_anywhere(Role.AUDITOR):
        return None
    if isinstance(row, Period):
        return None if actor.has_anywhere(Role(row.opener)) else _NOT_OPENER
    return None if actor.has_anywhere(*OPENERS) else _NOT_OPENER


def _of_report(actor: Officer, verb: str, row: Report | None) -> str | None:
    if row is None:
        return None if actor.works_at else "Tài khoản của anh/chị chưa có vai trò ở cơ quan nào."
    here = Report.objects.filter(pk=row.pk)
    if verb in SHOWING:
        return None if here.filter(_readable(actor)).exists() else _NOT_YOURS
    if verb == DRAFT:
        return None if here.filter(_unsent(actor)).exists() else _NOT_SENT
    if verb in RECEIVING:
        return None if here.filter(_from_below(actor)).exists() else _NOT_ABOVE
    if verb == "report.send":
        return None if here.filter(_at("unit", leading(actor))).exists() else _NOT_HEAD
    return None if verb in CHANGING and here.filter(_mine(actor)).exists() else _NOT_YOURS


def _at(place: str, agencies: frozenset[int]) -> Q:
    """Return the condition that a report's place is one of the agencies, or one whose work they carry on."""
    return Q(**{f"{place}__in": agencies}) | Q(**{f"{place}__in": predecessors(agencies)})


def _mine(actor: Officer) -> Q:
    at = working(actor)
    return _at("unit", at) | _at("drafter", at)


def _from_below(actor: Officer) -> Q:
    at = working(actor)
    return Q(edition__gt=0) & (_at("above__unit", at) | _at("above__drafter", at))


def _readable(actor: Officer) -> Q:
    return _unsent(actor) if actor.has_anywhere(Role.AUDITOR) else _unsent(actor) | _from_below(actor)


def _unsent(actor: Officer) -> Q:
    if actor.has_anywhere(Role.AUDITOR):
        return Q()
    seen = [role.value for role in OPENERS if actor.has_anywhere(role)]
    return _mine(actor) | Q(period__opener__in=seen)


def _periods(actor: Officer, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
    if verb == "report_period.read" and actor.has_anywhere(Role.AUDITOR):
        return among
    return among.filter(opener__in=[role.value for role in OPENERS if actor.has_anywhere(role)])


def states_for(verb: str) -> frozenset[State]:
    """Return the states of a report in which a verb makes sense."""
    if verb in WRITING | {"report.send"}:
        return OPEN
    if verb == "report.correct":
        return COUNTED - {State.CORRECTING}
    if verb == "report.receive":
        return frozenset({State.SENT})
    return COUNTED - {State.CORRECTING} if verb == "report.give_back" else frozenset(State)


_NOT_OPENER = "Kỳ báo cáo do thường trực cải cách hành chính hoặc người kiểm soát thủ tục hành chính mở và theo dõi."
_NOT_YOURS = "Báo cáo này của đơn vị khác; anh/chị không xem hoặc ghi được."
_NOT_SENT = "Đơn vị chưa gửi nội dung này; anh/chị xem phiên bản đã gửi gần nhất."
_NOT_ABOVE = "Chỉ cấp trên tổng hợp báo cáo này mới nhận hoặc trả lại được."
_NOT_HEAD = "Chỉ người đứng đầu hoặc cấp phó của đơn vị mới ký gửi báo cáo."
REPORTS = ReportPolicy()
