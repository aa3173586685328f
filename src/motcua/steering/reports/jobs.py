"""What this room does by the clock: take numbers anew when the days they tell of are over."""

from __future__ import annotations

from datetime import time as hour

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.verbs import Call
from motcua.steering.reports import actions, selectors


@periodic("refill-reports", daily_at=hour(0, 40))
def refill_reports() -> None:
    """Fill the open reports of each period that was opened before its last day, once, on the day after it."""
    for period in selectors.filled_too_early():
        actions.refill(Call(SYSTEM_ACTOR), period=period)
