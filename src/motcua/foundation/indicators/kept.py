"""A source whose numbers move with the verbs: kept sums, and what time alone changes counted beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from motcua.foundation.indicators import reading
from motcua.foundation.indicators.sources import BaseSource
from motcua.foundation.indicators.types import Asked, By, Key, Tallies, Tally, Timing, Way


@dataclass(frozen=True, slots=True)
class Made:
    """How a measure is made of kept sums: what is added, what is taken off, over the period or since the beginning."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    timing: Timing = Timing.DURING


class KeptSource(BaseSource):
    """The base of such sources. `made` says of what each measure is made; `cells` counts the sums anew from the rows.
    """

    way = Way.LIVE
    made: Mapping[str, Made] = {}
    field_of: tuple[str, str] = ("", "c.in_field")
    """SQL that joins the field to counted cells where `in_field` is a key, and the column in which it then stands."""

    @property
    def kept(self) -> set[str]:
        """Return the names of all kept sums."""
        return {name for of in self.made.values() for name in (*of.plus, *of.minus)}

    def made_of(self, measure: str) -> set[str]:
        of = self.made.get(measure, Made(()))
        return {*of.plus, *of.minus}

    def tallies(self, measures: Collection[str], asked: Asked, by: By | None) -> Tallies:
        names = {name for measure in measures for name in self.made_of(measure)}
        found = reading.sums(names, asked, by) if names else {}
        aside = self.live(measures, asked, by)
        return {
            measure: _told(_made(self.made.get(measure, Made(())), found), aside.get(measure, {}))
            for measure in measures
        }

    def live(
        self, measures: Collection[str], asked: Asked, by: By | None  # noqa: ARG002 - most have none
    ) -> Mapping[str, Mapping[Key, int]]:
        """Count what no verb tells of: what the present hour changes. It is added to the kept sums."""
        return {}

    def cells(self) -> Sequence[QuerySet[Any, tuple[Any, ...]]]:
        """Return queries that count the kept sums from the rows.

        Each gives in_measure, in_agency, in_field, in_part, on_day (`LocalDay`) and amount, in this order.
        """
        raise NotImplementedError

    def stretches(self) -> Sequence[QuerySet[Any, tuple[Any, ...]]]:
        """Return queries that count what stood from one day until before another, as `cells` with two days each.

        They give in_measure, in_agency, in_field, in_part, first_day, end_day and amount.
        """
        return ()

    def prepare(self) -> int:
        """Write what the rows of earlier releases lack before they are counted; returns how many were completed."""
        return 0


def _made(of: Made, found: reading.Sums | Mapping[Timing, Any]) -> Counter[Key]:
    lines: Counter[Key] = Counter()
    for names, sign in ((of.plus, 1), (of.minus, -1)):
        for name in names:
            for line, amount in found.get(of.timing, {}).get(name, {}).items():
                lines[line] += sign * amount
    return lines


def _told(lines: Counter[Key], more: Mapping[Key, int]) -> dict[Key, Tally]:
    lines.update(more)
    return {line: Tally(amount) for line, amount in lines.items() if amount}
