"""Open dossiers depend on the calendar: what a change would move, and setting the dates anew after it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.errors import OutsideCalendar
from motcua.foundation.calendar.registry import Agencies, Move, TimeFor
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import clockwork, rules
from motcua.service.dossiers.actions.recompute import recompute
from motcua.service.dossiers.models import OPEN, Dossier

AT_ONCE = 500


class OpenDossiers:
    """What the calendar's registry asks of this room."""

    label = "Hồ sơ đang giải quyết"

    def moves(self, time_for: TimeFor, agencies: Agencies) -> Iterable[Move]:
        """Yield the open dossiers whose due date would move."""
        for dossier in _dated(agencies).iterator(AT_ONCE):
            limit = clockwork.limit_of(dossier.limit_amount, dossier.limit_unit)
            pauses = rules.pauses(clockwork.moments_of(dossier))
            try:
                becomes = clock.due(dossier.received_at, limit, time_for(dossier.receiving_id), pauses).due_at
            except OutsideCalendar:
                becomes = None
            if dossier.due_at is not None and becomes != dossier.due_at:
                yield Move(dossier.ref, dossier.code, dossier.due_at, becomes)

    def recompute(self, agencies: Agencies) -> int:
        """Set the dates anew, one transaction a dossier. Those that do not move only learn the calendar's number."""
        moved = 0
        for move in list(self.moves(lambda agency_id: working_time_for(agency_id).time, agencies)):
            if move.becomes is not None:
                recompute(Call(SYSTEM_ACTOR), dossier=Dossier.objects.get(code=move.code))
                moved += 1
        for agency_id in _dated(agencies).order_by().values_list("receiving", flat=True).distinct():
            present = working_time_for(agency_id).version
            _dated(frozenset({agency_id})).exclude(calendar=present).update(calendar=present)
        return moved


def _dated(agencies: Agencies) -> QuerySet[Dossier]:
    """Return the open dossiers with a due date, their clock events beside them."""
    rows = Dossier.objects.filter(OPEN, due_at__isnull=False).prefetch_related("clock")
    return rows if agencies is None else rows.filter(receiving__in=agencies)
