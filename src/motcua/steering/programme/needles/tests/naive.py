"""The rules of needles written a second time, plodding: fractions, sorted lists, no formula shared with the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

DAYS_A_YEAR = Fraction(1461, 4)


def middle(values: Sequence[Fraction]) -> Fraction:
    ordered, count = sorted(values), len(values)
    if count % 2:
        return ordered[count // 2]
    return (ordered[count // 2 - 1] + ordered[count // 2]) / 2


def between(values: Sequence[Fraction], hundredths: int) -> Fraction:
    ordered = sorted(values)
    steps = hundredths * (len(ordered) - 1)
    whole, rest = divmod(steps, 100)
    if not rest:
        return ordered[whole]
    return (ordered[whole] * (100 - rest) + ordered[whole + 1] * rest) / 100


def theil_sen(days: Sequence[date], values: Sequence[Fraction], until: date) -> tuple[Fraction, Fraction, Fraction]:
    """Return low, middle and high at a day, and nothing held back."""
    slopes = []
    for later in range(len(days)):
        for earlier in range(later):
            years = Fraction((days[later] - days[earlier]).days) / DAYS_A_YEAR
            slopes.append((values[later] - values[earlier]) / years)
    slope = middle(slopes)
    pairs = zip(days, values, strict=True)
    feet = [value - slope * Fraction((day - days[0]).days) / DAYS_A_YEAR for day, value in pairs]
    foot = middle(feet)
    left = [one - foot for one in feet]
    last = foot + slope * Fraction((days[-1] - days[0]).days) / DAYS_A_YEAR
    ahead = Fraction((until - days[-1]).days) / DAYS_A_YEAR
    low = last + min(between(slopes, 10), slope) * ahead + min(between(left, 10), Fraction(0))
    high = last + max(between(slopes, 90), slope) * ahead + max(between(left, 90), Fraction(0))
    return low, last + slope * ahead, high


def reached(value: Fraction, comparator: str, wanted: Fraction) -> bool:
    if comparator == ">":
        return value > wanted
    if comparator == "<":
        return value < wanted
    if comparator == "<=":
        return value <= wanted
    return value >= wanted


def is_overdue(entered: Sequence[date], day: date) -> bool:
    """Walk back day by day: find the last quarter whose end lies at least fifteen days back."""
    at = day - timedelta(days=15)
    while not (at.day == 1 and at.month in {1, 4, 7, 10}):
        at -= timedelta(days=1)
    first = at - timedelta(days=1)
    while not (first.day == 1 and first.month in {1, 4, 7, 10}):
        first -= timedelta(days=1)
    return not any(one >= first for one in entered)
