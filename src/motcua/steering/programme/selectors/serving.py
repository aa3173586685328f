"""Targets with their measurable parts, what serves them, and what serves nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.steering.programme.models import Entry, Link, Measure, Programme, Target, Task


@dataclass(frozen=True, slots=True)
class MeasureNow:
    """A measurable part on a day: what was last entered by hand, and the rows that serve it.

    `latest` is None where nothing was entered, and where an indicator of the platform gives the number.
    """

    measure: Measure
    latest: Entry | None
    tasks: Sequence[Task]

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where nothing can be said. A bare number is met by reaching it."""
        value = self.latest.value if self.latest else self.measure.baseline
        wanted = self.measure.value
        if value is None or wanted is None:
            return None
        return _meets(value, self.measure.comparator, wanted)


def _meets(value: Decimal, comparator: str, wanted: Decimal) -> bool:
    if comparator in {">", "gt"}:
        return value > wanted
    if comparator in {"<", "lt"}:
        return value < wanted
    return value <= wanted if comparator in {"<=", "le"} else value >= wanted


@dataclass(frozen=True, slots=True)
class TargetNow:
    """A target and its parts."""

    target: Target
    measures: Sequence[MeasureNow]


@dataclass(frozen=True, slots=True)
class Serving:
    """All targets of a programme, and the rows that serve none."""

    targets: Sequence[TargetNow]
    idle: Sequence[Task]

    @property
    def unserved(self) -> list[MeasureNow]:
        """The measurable parts that no row serves."""
        return [one for target in self.targets for one in target.measures if not one.tasks]

    @property
    def unmet(self) -> list[MeasureNow]:
        """What is not reached yet, as far as anybody knows: below its value, or never measured."""
        return [one for target in self.targets for one in target.measures if not one.is_met]


def serving(programme: Programme, day: date) -> Serving:
    """Return what serves what in a programme on a day (5 queries)."""
    links: dict[int, list[Task]] = defaultdict(list)
    linked: set[int] = set()
    for link in Link.objects.filter(task__programme=programme).select_related("task").order_by("task__position"):
        links[link.measure_id].append(link.task)
        linked.add(link.task_id)
    latest: dict[int, Entry] = {}
    for entry in Entry.objects.filter(measure__target__programme=programme, on__lte=day).order_by("on", "pk"):
        latest[entry.measure_id] = entry
    measures: dict[int, list[MeasureNow]] = defaultdict(list)
    rows = Measure.objects.filter(target__programme=programme, ended_on__isnull=True).select_related("responsible")
    for row in rows.order_by("position"):
        entered = None if row.indicator else latest.get(row.pk)
        measures[row.target_id].append(MeasureNow(row, entered, links[row.pk]))
    targets = [TargetNow(target, measures[target.pk]) for target in programme.targets.all()]
    idle = [task for task in programme.tasks.filter(ended_on__isnull=True) if task.pk not in linked]
    return Serving(targets, idle)
