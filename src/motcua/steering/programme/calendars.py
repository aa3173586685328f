"""What falls due, by month: the calendar of a year. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.steering.programme.presenting import Badge, badge, said_of
from motcua.steering.programme.selectors.lines import DueNow, Line


@dataclass(frozen=True, slots=True)
class Falling:
    """One occurrence that falls due."""

    line: Line
    due: DueNow
    on: date
    badge: Badge
    said: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what falls due in it."""

    first: date
    falling: Sequence[Falling]

    @property
    def name(self) -> str:
        return f"Tháng {self.first.month}"


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar, and what falls due without a day."""

    year: int
    months: Sequence[Month]
    undated: Sequence[Falling]

    @property
    def count(self) -> int:
        return sum(len(month.falling) for month in self.months)


def year_of(lines: Sequence[Line], year: int) -> Year:
    """Return what falls due in a year by its printed or moved day, all months in order."""
    by_month: dict[int, list[Falling]] = defaultdict(list)
    undated = []
    for line in lines:
        for due in line.dues:
            on = due.due_on or due.occurrence.due_on
            one = Falling(line, due, on or due.occurrence.opens_on, badge(due.state), said_of(due))
            if on is None:
                undated.append(one)
            elif on.year == year:
                by_month[on.month].append(one)
    months = [
        Month(date(year, month, 1), sorted(by_month[month], key=lambda one: (one.on, one.line.task.position)))
        for month in sorted(by_month)
    ]
    return Year(year, months, undated)
