"""Reads of dossiers. Each has a query budget in `tests/test_queries.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor
from motcua.foundation.identity.types import Officer
from motcua.service.dossiers.models import OPEN, Dossier
from motcua.service.dossiers.policies import DOSSIERS

PAGE = 25
LIST_ROWS = ("version_of__procedure", "at_agency", "at_step", "at_account")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list and the key from which the next one goes on, or None at the end. There is no total."""

    rows: list[Dossier]
    after: str | None


def readable(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers an actor may know of, with what a line of a list shows."""
    return DOSSIERS.rows(actor, "dossier.read", Dossier.objects.all()).select_related(*LIST_ROWS)


def queue(officer: Officer, *, after: str = "", size: int = PAGE) -> Page:
    """Return a page of what the officer's agency holds open, the most urgent first (1 query).

    Ordered by due date and key, from one partial index; dossiers without a due date stand at the end.
    """
    rows = Dossier.objects.filter(OPEN, at_agency=officer.agency_id).select_related(*LIST_ROWS)
    found: list[Dossier] = []
    due, key = _parse(after)
    if due is not None or not after:
        dated = rows.filter(due_at__isnull=False).order_by("due_at", "id")
        if due is not None:
            dated = dated.filter(due_at__gte=due).exclude(due_at=due, id__lte=key)
        found = list(dated[: size + 1])
    if len(found) <= size:
        undated = rows.filter(due_at__isnull=True).order_by("id")
        if due is None and after:
            undated = undated.filter(id__gt=key)
        found += list(undated[: size + 1 - len(found)])
    return Page(found[:size], _key(found[size - 1]) if len(found) > size else None)


def _key(dossier: Dossier) -> str:
    return f"{dossier.due_at.isoformat() if dossier.due_at else ''}~{dossier.pk}"


def _parse(after: str) -> tuple[datetime | None, int]:
    """Return due date and key of where a page ended; nonsense starts from the beginning."""
    due, _, key = after.partition("~")
    try:
        return (datetime.fromisoformat(due) if due else None), int(key or 0)
    except ValueError:
        return None, 0


def full() -> QuerySet[Dossier]:
    """Return dossiers with everything their page shows, apart from papers and events."""
    return Dossier.objects.select_related(
        "version_of__procedure", "receiving", "competent", "at_agency", "at_step", "at_account", "process"
    ).prefetch_related("clock__agency", "clock__step", "clock__account", "papers")
