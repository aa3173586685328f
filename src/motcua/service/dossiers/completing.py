"""What dossiers of earlier releases lack to be counted: former due dates, and whose the delay was."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from motcua.foundation.calendar import selectors as calendar
from motcua.foundation.calendar.types import Verdict
from motcua.foundation.core import settings_rows
from motcua.service.dossiers import clockwork, counting
from motcua.service.dossiers.models import ClockEvent, DelayShare, Dossier, FormerDue
from motcua.service.dossiers.types import Happening

AT_ONCE = 500
DONE = "dossiers.completed"
"""The fact of the store that nothing is lacking: the verbs of this release leave no gap."""
_MOVES = (Happening.SUSPEND, Happening.RESUME)


def complete() -> int:
    """Write what is missing, one transaction a dossier; returns of how many. It may be cut off and begun again.

    Looked for once in the life of a store: among a million dossiers the search alone takes seconds.
    """
    if settings_rows.read(DONE):
        return 0
    with calendar.remembering():
        done = _shares() + _former_dues()
    settings_rows.write(DONE, True)
    return done


def _shares() -> int:
    lacking = Dossier.objects.filter(Exists(ClockEvent.objects.filter(dossier=OuterRef("pk"))), verdict=Verdict.LATE)
    lacking = lacking.exclude(
        Exists(DelayShare.objects.filter(dossier=OuterRef("pk")))
    )
    done = 0
    for dossier in lacking.prefetch_related("clock").iterator(AT_ONCE):
        with transaction.atomic():
            done += bool(counting.keep_shares(dossier))
    return done


def _former_dues() -> int:
    """Work out the due dates that stood before each suspension and after it, as the clock says today."""
    moved = ClockEvent.objects.filter(dossier=OuterRef("pk"), what__in=_MOVES)
    lacking = Dossier.objects.filter(Exists(moved)).exclude(
        Exists(FormerDue.objects.filter(dossier=OuterRef("pk")))
    )
    done = 0
    for dossier in lacking.prefetch_related("clock").iterator(AT_ONCE):
        rows = _former_of(dossier)
        FormerDue.objects.bulk_create(rows)
        done += bool(rows)
    return done


def _former_of(dossier: Dossier) -> list[FormerDue]:
    moments = clockwork.moments_of(dossier)
    found: list[FormerDue] = []
    for number, moment in enumerate(moments):
        if moment.what not in _MOVES:
            continue
        before = clockwork.due_of(dossier, moments[:number])
        after = clockwork.due_of(dossier, moments[: number + 1])
        if (before.due_at, before.ran_out) != (after.due_at, after.ran_out):
            found.append(
                FormerDue(dossier=dossier, until=moment.at, due_at=before.due_at, ran_out=before.ran_out)
            )
    return found
