"""Open dossiers depend on the calendar: what a change would move, and setting the dates anew after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet

from motcua.foundation.calendar.errors import OutsideCalendar
from motcua.foundation.calendar.registry import Agencies, Move, TimeFor
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Due
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import clockwork
from motcua.service.dossiers.actions.recompute import keep_dates, recompute
from motcua.service.dossiers.models import OPEN, Dossier

AT_ONCE = 500


class OpenDossiers:
    """What the calendar's registry asks of this room."""

    label = "Hồ sơ đang giải quyết"

    def is_any_open(self) -> bool:
        """Return whether a dossier with a due date is open (1 query)."""
        return Dossier.objects.filter(OPEN, due_at__isnull=False).exists()

    def moves(self, time_for: TimeFor, agencies: Agencies) -> Iterable[Move]:
        """Yield the open dossiers whose due date would move."""
        for dossier in _dated(agencies).iterator(AT_ONCE):
            becomes = _due(dossier, time_for)
            if dossier.due_at is not None and (becomes is None or becomes.due_at != dossier.due_at):
                yield Move(dossier.ref, dossier.code, dossier.due_at, becomes.due_at if becomes else None)

    def recompute(self, agencies: Agencies) -> int:
        """Set the dates anew, one transaction a dossier. Those that stay only learn the calendar's number.

        A date that stays and is no longer only expected (dự kiến) is written too: its mark must go.
        """
        moved, kept = 0, defaultdict[int, list[tuple[int, int]]](list)
        differing = []
        for row in _dated(agencies).iterator(AT_ONCE):
            if _differs(row):
                differing.append(row)
            elif row.calendar != working_time_for(row.receiving_id).version:
                kept[row.receiving_id].append((row.pk, row.version))
        for dossier in differing:
            moved += recompute(Call(SYSTEM_ACTOR), dossier=dossier).due_at != dossier.due_at
        for agency in Agency.objects.filter(pk__in=kept).order_by("pk"):
            present = working_time_for(agency.pk).version
            for batch in batched(kept[agency.pk], AT_ONCE):
                keep_dates(Call(SYSTEM_ACTOR), agency=agency, calendar=present, dossiers=dict(batch))
        return moved


def batched(rows: Sequence[tuple[int, int]], size: int) -> Iterator[Sequence[tuple[int, int]]]:
    """Yield the rows so many at a time."""
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _due(dossier: Dossier, time_for: TimeFor) -> Due | None:
    """Return what the clock says under a working time, or None where the calendar does not reach so far."""
    try:
        return clockwork.due_under(dossier, clockwork.moments_of(dossier), time_for(dossier.receiving_id))
    except OutsideCalendar:
        return None


def _differs(dossier: Dossier) -> bool:
    """Return whether date or marks of the dossier are others under the present calendar."""
    due = _due(dossier, lambda agency_id: working_time_for(agency_id).time)
    kept = (dossier.due_at, dossier.due_is_provisional, dossier.ran_out)
    return due is not None and (due.due_at, due.provisional, due.ran_out) != kept


def _dated(agencies: Agencies) -> QuerySet[Dossier]:
    """Return the open dossiers with a due date, their clock events beside them."""
    rows = Dossier.objects.filter(OPEN, due_at__isnull=False).prefetch_related("clock")
    return rows if agencies is None else rows.filter(receiving__in=agencies)
