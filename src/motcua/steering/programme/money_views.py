"""Money of rows side by side: what the decision prints, what is planned, allocated and spent, by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from motcua.steering.programme.kinds import Money
from motcua.steering.programme.models import BudgetLine, Programme, Task
from motcua.steering.programme.types import BudgetState


@dataclass(frozen=True, slots=True)
class Amounts:
    """Three figures of a year, None where nothing was ever entered: that is not zero."""

    year: int | None
    planned: int | None
    allocated: int | None
    spent: int | None

    @property
    def share(self) -> float | None:
        """What part of the allocated money is spent, 0 to 1 and more."""
        return self.spent / self.allocated if self.spent is not None and self.allocated else None


@dataclass(frozen=True, slots=True)
class TaskMoney:
    """A row's money by year and in all, and the lines behind it."""

    task: Task
    years: Sequence[Amounts]
    total: Amounts
    lines: Sequence[BudgetLine]

    @property
    def has_any(self) -> bool:
        return bool(self.lines)


def reckon(lines: Iterable[BudgetLine]) -> dict[int, Amounts]:
    """Return the figures by year, of lines by day: of planned and allocated the last holds, spent ones add up."""
    latest: dict[tuple[int, str, str], int] = {}
    spent: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.what == Money.SPENT:
            spent[line.year] += line.amount_vnd
        else:
            latest[line.year, line.what, line.source] = line.amount_vnd
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for (year, what, _), amount in latest.items():
        found[year][what] = found[year].get(what, 0) + amount
    return {
        year: Amounts(year, found[year].get(Money.PLANNED), found[year].get(Money.ALLOCATED), spent.get(year))
        for year in sorted({*found, *spent})
    }


def total_of(years: Iterable[Amounts]) -> Amounts:
    """Return the sums; a figure that no year has stays unknown."""
    rows = list(years)

    def add(values: Iterable[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if known else None

    return Amounts(
        None, add(row.planned for row in rows), add(row.allocated for row in rows), add(row.spent for row in rows)
    )


def money_of(task: Task) -> TaskMoney:
    """Return a row's money (1 query)."""
    lines = list(task.budget_lines.order_by("on", "pk"))
    years = list(reckon(lines).values())
    return TaskMoney(task, years, total_of(years), lines)


@dataclass(frozen=True, slots=True)
class ProgrammeMoney:
    """The money page: rows with an amount, rows without, sums by year, the printed total against the rows'."""

    rows: Sequence[TaskMoney]
    without: Sequence[Task]
    by_rule: int
    years: Sequence[Amounts]
    total: Amounts
    printed_vnd: int | None
    sum_vnd: int
    count: int

    @property
    def difference_vnd(self) -> int | None:
        return None if self.printed_vnd is None else self.printed_vnd - self.sum_vnd

    @property
    def undivided_vnd(self) -> int:
        """What rows are to have that nobody has divided among the years: the plans by year leave it out."""
        return sum(max(0, (row.task.amount_vnd or 0) - (row.total.planned or 0)) for row in self.rows)


def programme_money(programme: Programme) -> ProgrammeMoney:
    """Return a programme's money (2 queries)."""
    known = programme.tasks.filter(ended_on__isnull=True).select_related("group")
    tasks = list(known.annotate(project_count=Count("projects")))
    lines: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(task__programme=programme).order_by("on", "pk"):
        lines[line.task_id].append(line)
    found = {task.pk: list(reckon(lines[task.pk]).values()) for task in tasks}
    rows = [
        TaskMoney(task, found[task.pk], total_of(found[task.pk]), lines[task.pk])
        for task in tasks if task.has_amount or lines[task.pk]
    ]
    by_year: dict[int, list[Amounts]] = defaultdict(list)
    for years in found.values():
        for amounts in years:
            by_year[amounts.year or 0].append(amounts)
    sums = [_of_year(year, total_of(by_year[year])) for year in sorted(by_year)]
    return ProgrammeMoney(
        rows=rows, without=[task for task in tasks if not task.has_amount],
        by_rule=sum(task.budget_state == BudgetState.BY_RULE for task in tasks), years=sums, total=total_of(sums),
        printed_vnd=programme.printed_vnd, sum_vnd=sum(task.amount_vnd or 0 for task in tasks), count=len(tasks),
    )


def _of_year(year: int, sums: Amounts) -> Amounts:
    return Amounts(year, sums.planned, sums.allocated, sums.spent)
