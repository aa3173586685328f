"""What a bench gives back, and how two things are timed against each other."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One ratio with its bar. `detail` holds the absolute figures, which drift from minute to minute."""

    name: str
    ratio: float
    bar: float
    at_least: bool
    detail: str

    @property
    def holds(self) -> bool:
        return self.ratio >= self.bar if self.at_least else self.ratio <= self.bar

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "đạt " if self.holds else "CHƯA"
        return f"{verdict}  {self.ratio:7.2f} {sign} {self.bar:<5} {self.name}  [{self.detail}]"


def interleaved(one: Callable[[], float], other: Callable[[], float], rounds: int = 5) -> tuple[float, float, float]:
    """Return the median of one/other taken round by round, and both medians: the machine drifts, rounds do not."""
    pairs = [(one(), other()) for _ in range(rounds)]
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def per_second(work: Callable[[], int], seconds: float = 1.0) -> float:
    """Return how many pieces a second the work does; it returns how many it did in one go."""
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        done += work()
    return done / (time.perf_counter() - began)
