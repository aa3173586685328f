"""The verb of the exercise, done once; it must come before all others, for it wants an empty store."""

from __future__ import annotations

from datetime import date

from motcua.demonstration.actions import open_exercise
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call

HOMES: frozenset[str] = frozenset()


def walk(mark: str) -> None:
    """Open an exercise; it takes no free text."""
    open_exercise(Call(SYSTEM_ACTOR), shape="2016", seed=1, began=date(2016, 1, 4), ended=date(2016, 6, 15))
