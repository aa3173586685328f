"""Each morning of a working day: reminders of what fell due, on the ladder of each programme."""

from __future__ import annotations

from datetime import timedelta

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.verbs import Call
from motcua.steering.programme import selectors, today
from motcua.steering.programme.actions.remind import remind
from motcua.steering.programme.reminding import is_quiet


@periodic("programme-reminders", every=timedelta(hours=1))
def remind_all() -> int:
    """Write the reminders of every programme at work whose steward is at work now; return how many.

    It looks every hour, so that a morning on which the platform stood still is made up for within working time; what
    was said once is not said again, so most hours say nothing. An exercise that stands still sends none by itself.
    """
    if today.is_still():
        return 0
    now, count = time.now(), 0
    for programme in selectors.approved():
        if not is_quiet(programme, now):
            count += len(remind(Call(SYSTEM_ACTOR), programme))
    return count
