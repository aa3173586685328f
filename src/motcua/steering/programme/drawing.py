"""The time line as numbers: where each occurrence begins and ends between the first and the last year. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.steering.programme.kinds import State
from motcua.steering.programme.presenting import Badge, badge, said_of
from motcua.steering.programme.selectors.lines import DueNow, Line

LEAST = 0.012
"""The shortest bar, as a share of the whole line: one that is shorter could not be seen or touched."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One occurrence: from `start`, `width` wide, both as shares of the line."""

    start: float
    width: float
    state: State
    title: str

    @property
    def mark_at(self) -> float:
        return self.start + self.width / 2


@dataclass(frozen=True, slots=True)
class Lane:
    """A row's line."""

    line: Line
    bars: Sequence[Bar]
    badge: Badge
    said: str


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """The lanes of a group of the annex."""

    name: str
    lanes: Sequence[Lane]


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a year."""

    at: float
    year: int
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole time line. `now` is where the day stands, None outside."""

    ticks: Sequence[Tick]
    groups: Sequence[LaneGroup]
    now: float | None
    day: date


def draw(lines: Sequence[Line], years: range, day: date) -> Drawing:
    """Return the time line of rows over years; what is due later lengthens it."""
    last = max([years[-1], *(due.due_on.year for line in lines for due in line.dues if due.due_on)])
    first_day, last_day = date(years[0], 1, 1), date(last, 12, 31)
    length = (last_day - first_day).days + 1

    def at(when: date) -> float:
        return min(1.0, max(0.0, (when - first_day).days / length))

    starts = [(year, at(date(year, 1, 1))) for year in range(years[0], last + 1)]
    ends = [start for _, start in starts[1:]] + [1.0]
    ticks = [Tick(start, year, end - start) for (year, start), end in zip(starts, ends, strict=True)]
    groups = []
    for name in dict.fromkeys(line.task.group.name for line in lines):
        lanes = [
            Lane(line, [_bar(due, at, day) for due in line.dues], badge(line.state), said_of(line.now))
            for line in lines if line.task.group.name == name
        ]
        groups.append(LaneGroup(name, lanes))
    return Drawing(ticks, groups, at(day) if first_day <= day <= last_day else None, day)


def _bar(due: DueNow, at: Callable[[date], float], day: date) -> Bar:
    """Return the bar of an occurrence: from its opening to its day; without a day, to today."""
    until = due.due_on or due.occurrence.due_on or max(day, due.occurrence.opens_on)
    start = at(due.occurrence.opens_on)
    width = max(LEAST, at(until + timedelta(days=1)) - start)
    year = f"{due.occurrence.year}: " if due.occurrence.year else ""
    return Bar(min(start, 1 - LEAST), width, due.state, f"{year}{due.state.label}. {said_of(due)}")
