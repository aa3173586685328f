"""What this room does by the clock: fold what verbs appended, and compare the sums with the rows every night."""

from __future__ import annotations

from datetime import time, timedelta

from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.indicators import building, comparing, folding


@periodic("fold-numbers", every=timedelta(minutes=1))
def fold_numbers() -> None:
    """Sum what verbs appended; numbers are right before it as after it. Build anew what is marked for it."""
    folding.fold()
    for source in comparing.kept_sources():
        if building.is_stale(source):
            building.build(source)


@periodic("compare-numbers", daily_at=time(3, 10))
def compare_numbers() -> None:
    """Count all rows anew and keep what differs."""
    for source in comparing.kept_sources():
        comparing.compare(source)
