"""After a change: every room that declared due dates sets them anew, outside the request."""

from __future__ import annotations

from django_tasks import task

from motcua.foundation.calendar import registry, selectors


def recompute_later(agency_id: int | None) -> None:
    """Queue the recomputation for one agency, or for all."""
    recompute.enqueue(agency_id)


@task()
def recompute(agency_id: int | None) -> dict[str, int]:
    """Let each kind of dependant recompute; returns how many due dates moved, by kind. May be run again at any time."""
    agencies = None if agency_id is None else frozenset({agency_id})
    with selectors.remembering():
        return {kind.label: kind.recompute(agencies) for kind in registry.declared()}
