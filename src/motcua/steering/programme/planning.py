"""A year's plan, made from what falls due and from targets not reached: the steward's for all, or one agency's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family
from motcua.steering.programme.kinds import Part
from motcua.steering.programme.models import Assignment, Programme
from motcua.steering.programme.presenting import Badge, badge, said_of
from motcua.steering.programme.rules.states import DONE
from motcua.steering.programme.selectors import DueNow, Line, lines
from motcua.steering.programme.selectors.serving import MeasureNow, serving


@dataclass(frozen=True, slots=True)
class Planned:
    """One line of a plan."""

    line: Line
    due: DueNow
    part: Part
    badge: Badge
    said: str

    @property
    def due_on(self) -> date | None:
        return self.due.due_on or self.due.occurrence.due_on


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a plan under its heading, and why these lines are in it."""

    title: str
    why: str
    lines: Sequence[Planned]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for a year, or for the whole programme."""

    year: int | None
    agency: Agency | None
    parts: Sequence[PlanPart]
    targets: Sequence[MeasureNow]
    without_target: int

    @property
    def count(self) -> int:
        return sum(len(part.lines) for part in self.parts)

    @property
    def title(self) -> str:
        when = f"năm {self.year}" if self.year else "cả giai đoạn"
        return f"Kế hoạch {when}" + (f" của {self.agency.name}" if self.agency else "")


def plan_of(programme: Programme, day: date, year: int | None, agency: Agency | None = None) -> Plan:
    """Return the plan of a year (None: of the whole programme), for one agency or for all (about 10 queries)."""
    rows = lines(programme, day)
    mine = family(agency.pk) if agency else None
    helps = _helps(programme, mine) if mine else frozenset()
    planned = [
        one for line in rows for due in line.dues if (one := _planned(line, due, mine, helps)) is not None
    ]
    known = serving(programme, day)
    targets = known.unmet
    if mine is not None:
        led = {line.task.pk for line in rows if line.is_led_by(mine)}
        targets = [
            one for one in targets
            if one.measure.responsible_id in mine or any(task.pk in led for task in one.tasks)
        ]
    return Plan(year, agency, _parts(planned, year), targets, len(known.idle))


def _helps(programme: Programme, agencies: Collection[int]) -> frozenset[int]:
    rows = Assignment.objects.filter(
        task__programme=programme, part=Part.COORDINATING, agency__in=agencies
    )
    return frozenset(rows.values_list("task", flat=True))


def _planned(line: Line, due: DueNow, mine: Collection[int] | None, helps: frozenset[int]) -> Planned | None:
    """Return the line of a plan for one occurrence, None where the agency has no part in it."""
    if mine is None:
        return Planned(line, due, Part.LEAD, badge(due.state), said_of(due))
    shares = due.of(mine)
    if shares:
        at = shares[0].standing
        alone = DueNow(due.occurrence, tuple(shares), at.state, at.due_on, at.days_late)
        return Planned(line, alone, Part.LEAD, badge(at.state), said_of(alone))
    if line.task.pk in helps:
        return Planned(line, due, Part.COORDINATING, badge(due.state), said_of(due))
    return None


def _parts(planned: Sequence[Planned], year: int | None) -> list[PlanPart]:
    """Return the parts of a plan that hold anything: carried over, due, begun, awaited."""
    if year is None:
        ordered = sorted(planned, key=lambda one: (one.due_on or date.max, one.line.task.position))
        return [PlanPart("Toàn bộ việc phải làm", "theo thứ tự hạn", ordered)] if ordered else []
    undone = [one for one in planned if one.due.state not in DONE]
    over = [one for one in undone if one.due_on and one.due_on.year < year]
    due = [one for one in planned if one.due_on and one.due_on.year == year]
    later = [one for one in undone if one.due_on and one.due_on.year > year]
    begun = [one for one in later if one.due.occurrence.opens_on.year <= year]
    undated = [one for one in undone if one.due_on is None]
    parts = (
        PlanPart("Chuyển từ năm trước", "đến hạn trước năm này mà chưa xong", over),
        PlanPart("Đến hạn trong năm", "phải có sản phẩm trong năm", due),
        PlanPart("Làm dần trong năm", "đã bắt đầu, hạn ở năm sau", begun),
        PlanPart("Chờ hướng dẫn", "chưa có hạn", undated),
    )
    return [part for part in parts if part.lines]
