"""After a change: every room that declared due dates sets them anew, outside the request."""

from __future__ import annotations

from datetime import time

from motcua.foundation.calendar import registry, selectors
from motcua.foundation.core.jobs.queue import enqueue, job
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.verbs import Act


def recompute_later(act: Act, agency_id: int | None) -> None:
    """Queue the recomputation for one agency, or for all, in the transaction of the change."""
    enqueue(act, recompute, agency_id)


@job
def recompute(agency_id: int | None) -> dict[str, int]:
    """Let each kind of dependant recompute; returns how many due dates moved, by kind. May be run again at any time."""
    agencies = None if agency_id is None else frozenset({agency_id})
    with selectors.remembering():
        return {kind.label: kind.recompute(agencies) for kind in registry.declared()}


@periodic("recompute-due-dates", daily_at=time(1, 30))
def recompute_all() -> None:
    """Find what was received under the former calendar in the very moment of a change."""
    recompute.call(None)
