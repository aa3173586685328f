"""Needles in words: values with their unit, what is needed, where it leads, who has to do what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from motcua.foundation.core import words
from motcua.foundation.indicators import registry
from motcua.steering.programme.models import Measure, Target
from motcua.steering.programme.needles import gaps
from motcua.steering.programme.needles.drawing import Dial, dial
from motcua.steering.programme.needles.selectors import Needle, Reading
from motcua.steering.programme.needles.types import Goal, Kind, Value, Verdict

COMPARATORS = {">": "trên", ">=": "ít nhất", "=": "", "<": "dưới", "<=": "nhiều nhất", "": ""}


def amount(value: Decimal | None, unit: str, places: int = 2) -> str:
    """Return a value with its unit: “59,87%”, “5 huyện”, “chưa có”."""
    if value is None:
        return "chưa có"
    said = words.number(round(value, places).normalize() if value else Decimal())
    return f"{said}%" if unit == "%" else f"{said} {unit}".strip()


def unit_of(needle: Needle) -> str:
    """Return the unit of a value: the measure's own; where only words are printed, that of what is counted."""
    holding = needle.holding
    if needle.measure.unit or holding is None:
        return needle.measure.unit
    return registry.indicator(holding.formula.indicator).unit.label


def sides(value: Value | None) -> str:
    """Return both sides of a share: “819 trên 1.368”."""
    if value is None or value.numerator is None or value.denominator is None:
        return ""
    return f"{words.number(value.numerator)} trên {words.number(value.denominator)}"


def goal_words(goal: Goal | None, measure: Measure) -> str:
    """Return what is wanted: “trên 80% đến hết 2020”."""
    if goal is None:
        return "văn bản không nêu con số"
    return f"{COMPARATORS.get(goal.comparator, goal.comparator)} {amount(goal.value, measure.unit)}".strip()


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A reading with its result in words."""

    reading: Reading
    value: str
    sides: str
    missing: int | None
    noun: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A needle as a page shows it."""

    needle: Needle
    dial: Dial
    readings: Sequence[ReadingShown]

    @property
    def measure(self) -> Measure:
        return self.needle.measure

    @property
    def verdict(self) -> Verdict:
        return self.needle.verdict

    @property
    def is_live(self) -> bool:
        return self.needle.kind is Kind.LIVE

    @property
    def value(self) -> str:
        return amount(self.needle.now.value if self.needle.now else None, unit_of(self.needle))

    @property
    def sides(self) -> str:
        return sides(self.needle.now)

    @property
    def baseline(self) -> str:
        return amount(self.needle.baseline.value, self.measure.unit) if self.needle.baseline else "văn bản không nêu"

    @property
    def baseline_sides(self) -> str:
        return sides(self.needle.baseline)

    @property
    def goal(self) -> str:
        return goal_words(self.needle.goal, self.measure)

    @property
    def where(self) -> str:
        """Return from where the value comes, and of which day it is."""
        if self.is_live:
            return "từ dữ liệu của hệ thống, tính đến nay"
        latest = self.needle.latest
        if latest is None:
            return "cơ quan chưa nhập số nào"
        return f"nhập tay, tính đến {words.day(latest.on)}"

    @property
    def unknown(self) -> str:
        """Return why there is no value."""
        counted = self.needle.counted
        return counted.unknown if counted and self.needle.now is None else ""

    @property
    def unstated(self) -> str:
        counted = self.needle.counted
        if counted is None or not counted.unstated:
            return ""
        return f"trong đó {words.number(counted.unstated)} chưa ghi rõ"

    @property
    def pace(self) -> str:
        """Return what must be gained: “mỗi quý 2,9 điểm, mỗi năm 11,5 điểm”."""
        found = self.needle.standing.pace
        if found is None:
            return ""
        unit = " điểm %" if self.measure.unit == "%" else f" {self.measure.unit}"
        quarter, year = (
            words.number(abs(round(one, 1)).normalize()) for one in (found.per_quarter, found.per_year)
        )
        return f"{quarter}{unit} mỗi quý ({year}{unit} mỗi năm)"

    @property
    def direction(self) -> str:
        return "Phải giảm" if self.needle.goal and self.needle.goal.falls else "Phải tăng"

    @property
    def forecast(self) -> str:
        """Return where the values lead, with the spread: “86,2% (82,1 đến 90,3%)”."""
        found = self.needle.standing.forecast
        if found is None:
            return ""
        unit = self.measure.unit
        if found.low == found.high:
            return f"chạm {amount(found.middle, unit, 1)} trước thời hạn"
        middle, low, high = (amount(one, unit, 1) for one in (found.middle, found.low, found.high))
        return f"{middle} (từ {low} đến {high})"

    @property
    def spoken(self) -> str:
        """Return the drawing in words, for those who do not see it."""
        parts = [f"hiện nay {self.value}", f"cần {self.goal}", f"ban đầu {self.baseline}"]
        if self.forecast:
            parts.append(f"dự báo {self.forecast}")
        return f"{self.verdict.label}: " + ", ".join(parts)


def shown(needle: Needle) -> Shown:
    """Return a needle as a page shows it."""
    return Shown(needle, dial(needle), [_reading(one, needle) for one in needle.readings])


def _reading(one: Reading, needle: Needle) -> ReadingShown:
    counted = one.counted
    both = ""
    if counted.numerator is not None and counted.denominator is not None:
        both = f"{words.number(counted.numerator)} trên {words.number(counted.denominator)}"
        if counted.unstated:
            both += f", {words.number(counted.unstated)} chưa rõ"
    value = amount(counted.value, unit_of(needle))
    return ReadingShown(one, value, both, counted.missing, gaps.counted_noun(one.formula))


@dataclass(frozen=True, slots=True)
class TargetShown:
    """A target with the needles of its measurable parts."""

    target: Target
    needles: Sequence[Shown]


def by_target(needles: Iterable[Needle]) -> list[TargetShown]:
    """Return needles under their targets, in the order of the document."""
    groups = groupby(map(shown, needles), key=lambda one: one.measure.target)
    return [TargetShown(target, list(found)) for target, found in groups]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many needles stand in one way."""

    verdict: Verdict
    count: int


def sums(needles: Iterable[Needle]) -> list[Sum]:
    """Return how many needles stand how; all four are told, none included."""
    found = [needle.verdict for needle in needles]
    return [Sum(verdict, found.count(verdict)) for verdict in Verdict]
