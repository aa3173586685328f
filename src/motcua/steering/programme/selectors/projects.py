"""Projects inside rows: money paid out beside the share built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.steering.programme.kinds import ProjectState
from motcua.steering.programme.models import Progress, Project, Task

#: From how many points of difference money and work do not go together any more.
APART = 15


@dataclass(frozen=True, slots=True)
class ProjectNow:
    """A project on a day. Shares run from 0 to 1; None where the capital is not known or nothing was reported."""

    project: Project
    last: Progress | None

    @property
    def paid(self) -> float | None:
        capital = self.project.capital_vnd
        return self.last.disbursed_vnd / capital if self.last and capital else None

    @property
    def built(self) -> float | None:
        return float(self.last.built) / 100 if self.last else None

    @property
    def paid_wide(self) -> float:
        """The length of the bar, 0 to 1."""
        return min(1.0, self.paid or 0.0)

    @property
    def ahead(self) -> int | None:
        """By how many points money runs ahead of work (negative: behind)."""
        if self.paid is None or self.built is None:
            return None
        return round((self.paid - self.built) * 100)

    @property
    def is_apart(self) -> bool:
        """Whether money and work are far from each other: to be looked at."""
        return self.ahead is not None and abs(self.ahead) >= APART


@dataclass(frozen=True, slots=True)
class Projects:
    """All projects of a row: how many stand where, money in all."""

    rows: Sequence[ProjectNow]
    counts: Sequence[tuple[ProjectState, int]]
    capital_vnd: int
    disbursed_vnd: int
    built: Decimal | None
    """The share built, weighed by capital, in percent."""

    @property
    def apart(self) -> int:
        return sum(row.is_apart for row in self.rows)


def projects_of(task: Task, day: date) -> Projects:
    """Return the projects of a row on a day, those with something to look at first (2 queries)."""
    last: dict[int, Progress] = {}
    for progress in Progress.objects.filter(project__task=task, on__lte=day).order_by("on", "pk"):
        last[progress.project_id] = progress
    rows = [ProjectNow(project, last.get(project.pk)) for project in task.projects.select_related("agency")]
    order = {state: at for at, state in enumerate(ProjectState)}
    rows.sort(key=lambda row: (not row.is_apart, -order[ProjectState(row.project.state)], row.project.name))
    counted = Counter(row.project.state for row in rows)
    capital = sum(row.project.capital_vnd or 0 for row in rows)
    weighed = sum((row.last.built * (row.project.capital_vnd or 0) for row in rows if row.last), Decimal(0))
    return Projects(
        rows, [(state, counted[state]) for state in ProjectState if counted[state]], capital,
        sum(row.last.disbursed_vnd for row in rows if row.last), weighed / capital if capital else None,
    )
