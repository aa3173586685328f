"""Who depends on the calendar. Rooms above declare what has due dates; a change asks them before and after.

    registry.declare_dependants(OpenDossiers())

1. Before a change is confirmed, `preview` asks each for the due dates that would move.
2. After it, the job `jobs.recompute` lets each set its due dates anew. A room keeps the number of the version under
   which it computed a date, so that what was received while the job ran is found by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.core.refs import Ref

TimeFor = Callable[[int], WorkingTime]
"""The working time of an agency, by its key."""
Agencies = frozenset[int] | None
"""Whose calendar changes; None for everybody's."""
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Move:
    """One due date that a change would move. `becomes` is None where the new date lies outside the calendar."""

    ref: Ref
    code: str
    was: datetime
    becomes: datetime | None


class Dependants(Protocol):
    """A kind of thing with due dates."""

    label: str
    """What they are called, for the preview: "Hồ sơ đang giải quyết"."""

    def is_any_open(self) -> bool:
        """Return whether there is anything with a due date that may still move."""

    def moves(self, time_for: TimeFor, agencies: Agencies) -> Iterable[Move]:
        """Yield the open ones whose due date would move under this working time."""

    def recompute(self, agencies: Agencies) -> int:
        """Set due dates anew under the present calendar. Returns how many moved."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What would move of one kind: how many earlier, later, out of the calendar, and the first ones of them."""

    label: str
    earlier: int
    later: int
    lost: int
    shown: tuple[Move, ...]

    @property
    def total(self) -> int:
        """Return how many would move."""
        return self.earlier + self.later + self.lost

    @property
    def hidden(self) -> int:
        """Return how many of them are not shown."""
        return self.total - len(self.shown)


_declared: dict[str, Dependants] = {}


def declare_dependants(dependants: Dependants) -> None:
    """Add a kind; the same label declared twice (a module loaded again) counts once."""
    _declared[dependants.label] = dependants


def declared() -> tuple[Dependants, ...]:
    """Return all kinds in the order of their declaration."""
    return tuple(_declared.values())


def preview(time_for: TimeFor, agencies: Agencies) -> tuple[Moves, ...]:
    """Ask each kind what would move under this working time."""
    return tuple(_counted(kind, time_for, agencies) for kind in declared())


def _counted(kind: Dependants, time_for: TimeFor, agencies: Agencies) -> Moves:
    earlier = later = lost = 0
    shown: list[Move] = []
    for move in kind.moves(time_for, agencies):
        if move.becomes is None:
            lost += 1
        elif move.becomes < move.was:
            earlier += 1
        else:
            later += 1
        if len(shown) < SHOWN:
            shown.append(move)
    return Moves(kind.label, earlier, later, lost, tuple(shown))
