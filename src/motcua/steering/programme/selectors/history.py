"""What happened to a row, from the ledger, and what its references are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.refs import Ref, split
from motcua.foundation.identity.models import Account
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.models import Task

MOST = 80


def events_of(task: Task) -> list[LedgerEvent]:
    """Return the latest events of a row, its occurrences and its projects, newest first (3 queries)."""
    refs = [task.ref, *(row.ref for row in task.occurrences.all())]
    refs += [row.ref for row in task.projects.all()[:100]]
    return list(LedgerEvent.objects.filter(subject__in=refs).order_by("-happened_us", "-pk")[:MOST])


def names_of(references: Collection[str]) -> Mapping[str, str]:
    """Return what agencies and people are called (at most 2 queries)."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for reference in references:
        if ":" in reference:
            kind, public_id = split(Ref(reference))
            by_kind[kind].append(public_id)
    names: dict[str, str] = {}
    if by_kind["agency"]:
        rows = Agency.objects.filter(public_id__in=by_kind["agency"]).values_list("public_id", "name")
        names |= {f"agency:{public_id}": name for public_id, name in rows}
    if by_kind["account"]:
        people = Account.objects.filter(public_id__in=by_kind["account"]).values_list("public_id", "full_name")
        names |= {f"account:{public_id}": name for public_id, name in people}
    return names


def references_in(events: Sequence[LedgerEvent]) -> set[str]:
    """Return the agencies and people that events name as doers."""
    return {event.actor for event in events} | {event.agency for event in events if event.agency}
