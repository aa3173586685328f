"""What needles are made of: values with their days, paces, forecasts, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Counting(StrEnum):
    """How a reading turns an indicator into one number."""

    WHOLE = "whole"
    EACH = "each"
    REACH = "reach"

    @property
    def label(self) -> str:
        return {
            "whole": "đếm một lần trên cả phạm vi", "each": "cộng theo từng cơ quan", "reach": "đếm cơ quan đạt ngưỡng",
        }[self.value]


class Verdict(StrEnum):
    """How a needle stands. Unknown is not zero, and not behind either."""

    MET = "met"
    ON_PACE = "on-pace"
    BEHIND = "behind"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"met": "Đã đạt", "on-pace": "Đúng nhịp", "behind": "Chậm nhịp", "unknown": "Chưa biết"}[self.value]

    @property
    def tone(self) -> str:
        return {"met": "good", "on-pace": "ink", "behind": "bad", "unknown": "plain"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "met": "circle-check", "on-pace": "progress-check", "behind": "alert-triangle", "unknown": "help-circle",
        }[self.value]


class Kind(StrEnum):
    """From where a needle's value comes; both look different on screen."""

    LIVE = "live"
    ENTERED = "entered"

    @property
    def label(self) -> str:
        return {"live": "Số trực tiếp", "entered": "Nhập tay"}[self.value]


@dataclass(frozen=True, slots=True)
class Value:
    """A value on a day. A share that was counted has both sides."""

    on: date
    value: Decimal
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted, by when. A bare number or “=” is met by reaching it."""

    comparator: str
    value: Decimal
    by: date

    @property
    def falls(self) -> bool:
        """Tell whether less is better."""
        return self.comparator in {"<", "<="}

    @property
    def is_strict(self) -> bool:
        """Tell whether reaching the value is not enough: “trên 80%” is more than 80."""
        return self.comparator in {"<", ">"}


@dataclass(frozen=True, slots=True)
class Pace:
    """How much must be gained in a year and in a quarter, in points of the unit, to be there on the day."""

    per_year: Decimal
    per_quarter: Decimal
    gap: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the values lead to by the day, with its spread. `slope` is per year."""

    on: date
    middle: Decimal
    low: Decimal
    high: Decimal
    slope: Decimal
    points: int
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How a needle stands on a day, and why. Without a forecast `no_forecast` says why there is none."""

    verdict: Verdict
    why: str
    pace: Pace | None = None
    forecast: Forecast | None = None
    no_forecast: str = ""
    expected: Decimal | None = None
    """Where a straight line from the baseline to the goal would be today."""
