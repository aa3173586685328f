"""Who has things standing at an agency. Rooms above declare what must go on when an agency ends.

    registry.declare_dependants(DossiersAtAgencies())

1. Before a merger, division or end is entered, the preview tells of each kind how much stands there and what becomes
   of it; where something needs an heir and none is known, nothing is entered.
2. On the day itself `passing.run` lets each kind pass on, one transaction a thing. It may be cut off and begun again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from motcua.foundation.organisations.models import Agency


@dataclass(frozen=True, slots=True)
class Standing:
    """How many things of one sort stand at an agency. `what` follows the number, `passes` says what becomes of them."""

    count: int
    what: str
    passes: str
    needs_heir: bool = False


class Dependants(Protocol):
    """A kind of thing that stands at agencies."""

    name: str
    """A code of small letters, by which a passage remembers that the kind was to be carried."""
    order: int
    """Kinds pass on in this order: people before the work that they hold."""
    asks: str
    """The words of the tick box where the kind passes on only if asked for; empty where it always does."""

    def standing(self, agency: Agency, heir: str, *, carried: bool) -> Sequence[Standing]:
        """Return what stands at the agency and what becomes of it. `heir` is a title, empty where there is none."""

    def left(self, agencies: Collection[int]) -> int:
        """Return how much still has to pass on from these agencies, by their keys."""

    def pass_on(self, agency: Agency, heir: Agency) -> Iterator[int]:
        """Pass on to the heir, one transaction a thing; yield after each one how many passed by it (0 or 1)."""


_declared: dict[str, Dependants] = {}


def declare_dependants(dependants: Dependants) -> None:
    """Add a kind; the same name declared twice (a module loaded again) counts once."""
    _declared[dependants.name] = dependants


def declared() -> tuple[Dependants, ...]:
    """Return all kinds in the order in which they pass on."""
    return tuple(sorted(_declared.values(), key=lambda kind: kind.order))


def asking() -> tuple[Dependants, ...]:
    """Return the kinds that pass on only where it is asked for."""
    return tuple(kind for kind in declared() if kind.asks)


def passing(carried: Collection[str]) -> tuple[Dependants, ...]:
    """Return the kinds that pass on: those that always do, and those carried."""
    return tuple(kind for kind in declared() if not kind.asks or kind.name in carried)


def standing(agency: Agency, heir: str, carried: Collection[str]) -> tuple[Standing, ...]:
    """Return all that stands at an agency, first what needs an heir; what is not there is left out."""
    found = (line for kind in declared() for line in kind.standing(agency, heir, carried=kind.name in carried))
    return tuple(sorted((line for line in found if line.count), key=lambda line: not line.needs_heir))


def left(agencies: Collection[int], carried: Collection[str]) -> int:
    """Return how much of all kinds still has to pass on from these agencies."""
    return sum(kind.left(agencies) for kind in passing(carried))
