"""What needles do by the clock: keep the month that is over."""

from __future__ import annotations

from datetime import time

from motcua.foundation.core.jobs.schedule import periodic
from motcua.steering.programme.needles import points
from motcua.steering.programme.selectors import approved


@periodic("keep-needles", daily_at=time(3, 40))
def keep_needles() -> None:
    """Keep what every reading gave at the ends of months; what is kept already costs nothing."""
    for programme in approved():
        points.fill(programme)
