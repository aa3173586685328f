"""What an ended agency leaves passes on at once where it is little, else outside the request; and by the clock."""

from __future__ import annotations

from datetime import timedelta

from motcua.foundation.core.jobs.queue import enqueue, job
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.logs import get_logger
from motcua.foundation.core.verbs import Act
from motcua.foundation.organisations import passing, registry, selectors
from motcua.foundation.organisations.models import Passage

AT_ONCE = 20
"""So many things pass on in the request itself; more of them are a job's work."""
log = get_logger(__name__)


def begin(act: Act, passage: Passage) -> None:
    """Pass on once the event is in the store; nothing before the day, and nothing without an heir."""
    if passage.heir_id is None or passage.day > selectors.register_day():
        return
    if registry.left([passage.predecessor_id], passage.carried) > AT_ONCE:
        enqueue(act, pass_on, passage.pk)
    else:
        act.after_commit(lambda: _at_once(passage.pk))


def _at_once(passage: int) -> None:
    """Pass on in the request. If that fails, the event stands all the same: the schedule takes it up."""
    try:
        passing.run(passage)
    except Exception as error:
        log.error("passing on was cut off", passage=passage, error=type(error).__name__)


@job
def pass_on(passage: int) -> int:
    """Pass on what stands at an ended agency; returns how many things passed. May be run again at any time."""
    return passing.run(passage)


@periodic("pass-on-from-ended-agencies", every=timedelta(minutes=5))
def pass_on_due() -> None:
    """Begin what falls on today, go on with what was cut off, and catch what came late."""
    passing.run_all(passing.due())
