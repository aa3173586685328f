"""A needle and its history as numbers for SVG: shares of a width. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from motcua.steering.programme.needles.selectors import Needle
from motcua.steering.programme.needles.types import Goal, Value


@dataclass(frozen=True, slots=True)
class Dial:
    """The line of one needle from nothing to `most`; places are shares of it, None where there is nothing to draw."""

    most: Decimal
    now: float | None
    goal: float | None
    baseline: float | None
    low: float | None
    high: float | None
    middle: float | None
    others: Sequence[float]
    ticks: Sequence[tuple[float, Decimal]]

    @property
    def band_at(self) -> float | None:
        """Return where the spread begins: what is narrow at the very end is drawn before it."""
        return None if self.low is None or self.band is None else min(self.low, 1 - self.band)

    @property
    def band(self) -> float | None:
        """How wide the forecast's spread is; never so narrow that it could not be seen."""
        return None if self.low is None or self.high is None else max(self.high - self.low, 0.006)


def is_share(needle: Needle) -> bool:
    """Tell whether a needle runs to the hundred."""
    return needle.measure.unit == "%" or (not needle.measure.unit and needle.holding is not None)


def dial(needle: Needle) -> Dial:
    """Return the line of a needle. Shares reach to the hundred, other values a little beyond the greatest."""
    ahead = needle.standing.forecast
    known = [
        needle.now.value if needle.now else None, needle.goal.value if needle.goal else None,
        needle.baseline.value if needle.baseline else None, ahead.high if ahead else None,
    ]
    most = Decimal(100) if is_share(needle) else round_up(max([one for one in known if one] or [Decimal(1)]))

    def at(value: Decimal | None) -> float | None:
        return None if value is None else float(min(max(value / most, Decimal()), Decimal(1)))

    def of(held: Value | Goal | None) -> float | None:
        return at(held.value) if held else None

    others = [at(one.counted.value) for one in needle.others]
    return Dial(
        most=most, now=of(needle.now), goal=of(needle.goal), baseline=of(needle.baseline),
        low=at(ahead.low if ahead else None), high=at(ahead.high if ahead else None),
        middle=at(ahead.middle if ahead else None),
        others=[one for one in others if one is not None],
        ticks=[(step / 4, most * step / 4) for step in range(5)],
    )


def round_up(value: Decimal) -> Decimal:
    """Return the next of 1, 2, 4, 5, 8, 10, 20 … that is not below a value: a scale people can read."""
    scale = Decimal(10) ** (value.adjusted())
    return next(step * scale for step in map(Decimal, (1, 2, 4, 5, 8, 10)) if step * scale >= value)


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in the chart; shares of width and height from the top left."""

    x: float
    y: float
    value: Value


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch between two spots."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class History:
    """The chart of one measure: what was, the goal, the straight way to it, and the forecast's fan."""

    spots: Sequence[Spot]
    path: Sequence[Line]
    goal: float | None
    way: Line | None
    fan: Sequence[Line]
    years: Sequence[tuple[float, int]]
    ticks: Sequence[tuple[float, Decimal]]
    today: float


def history(needle: Needle, first: date, last: date, day: date) -> History | None:
    """Return the chart from a first day to a last; nothing where there is no value to draw."""
    values = [*([needle.baseline] if needle.baseline else []), *needle.history]
    if not values:
        return None
    first = min([first, *(one.on for one in values)])
    span, most = max((last - first).days, 1), dial(needle).most
    most = max([most, *(one.value for one in values)])

    def x(on: date) -> float:
        return min(max((on - first).days / span, 0.0), 1.0)

    def y(value: Decimal) -> float:
        return float(1 - min(max(value / most, Decimal()), Decimal(1)))

    spots = [Spot(x(one.on), y(one.value), one) for one in needle.history]
    path = [Line(a.x, a.y, b.x, b.y) for a, b in pairwise(spots)]
    goal, ahead = needle.goal, needle.standing.forecast
    way = None
    if goal and needle.baseline:
        way = Line(x(needle.baseline.on), y(needle.baseline.value), x(goal.by), y(goal.value))
    fan = []
    if ahead and spots:
        fan = [Line(spots[-1].x, spots[-1].y, x(ahead.on), y(to)) for to in (ahead.low, ahead.middle, ahead.high)]
    years = [(x(date(year, 1, 1)), year) for year in range(first.year + 1, last.year + 1)]
    return History(
        spots, path, y(goal.value) if goal else None, way, fan, years,
        [(1 - step / 4, most * step / 4) for step in range(5)], x(day),
    )
