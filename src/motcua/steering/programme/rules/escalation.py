"""Who is reminded when: owner, head of the own agency, head of the superior agency, steward, chairman.

A department has no superior below the chairman, so its reminders pass from the steward straight to him.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from motcua.steering.programme.kinds import Ladder, Rung, Standing, State

#: From below to above.
RUNGS = tuple(Rung)
#: States in which the owner can still be reminded.
OWED = frozenset({State.OPEN, State.LATE})


def rung_due(
    at: Standing, day: date, ladder: Ladder, sent: Collection[Rung], *, has_superior: bool
) -> Rung | None:
    """Return the highest rung reached on the day, if no reminder went to it or above yet; else None.

    Rungs passed over while nobody looked are not sent afterwards: one letter says it all.
    """
    if at.state not in OWED or at.due_on is None:
        return None
    reached = [
        rung for rung in RUNGS
        if (has_superior or rung is not Rung.SUPERIOR) and day >= at.due_on + timedelta(days=ladder[rung])
    ]
    if not reached or any(RUNGS.index(rung) >= RUNGS.index(reached[-1]) for rung in sent):
        return None
    return reached[-1]


def superior_of_rung(rung: Rung) -> Rung | None:
    """Return the rung above, or None at the top."""
    at = RUNGS.index(rung) + 1
    return RUNGS[at] if at < len(RUNGS) else None
