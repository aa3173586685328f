"""A changed calendar moves due dates; the first due date stays as it was promised."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import clockwork, counting
from motcua.service.dossiers.models import OPEN, Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import State


@verb("dossier.recompute", policy=DOSSIERS, locks=("dossier",))
def recompute(act: Act, *, dossier: Dossier) -> Dossier:
    """Set the due date anew under the present calendar; of a dossier that is over, nothing but its event is written."""
    if State(dossier.state).is_open:
        before = counting.due_of(dossier)
        clockwork.set_due(dossier, clockwork.moments_of(dossier))
        dossier.save()
        counting.due_moved(act, dossier, before)
    due = dossier.due_at.isoformat() if dossier.due_at else None
    act.record(dossier, what="recompute", due=due, calendar=dossier.calendar)
    return dossier


@verb("dossier.keep_dates", policy=DOSSIERS, on="agency")
def keep_dates(act: Act, *, agency: Agency, calendar: int, dossiers: Mapping[int, int]) -> Agency:
    """Note that these dossiers of an agency (keys, with the versions read) keep their dates under a newer calendar.

    One event of the agency for all of them: theirs would say that nothing happened. What moved on meanwhile may have
    been read under the older calendar: it is left alone, and looked at again by the next recomputation.
    """
    among = Dossier.objects.filter(OPEN, pk__in=dossiers, receiving=agency, calendar__lt=calendar)
    held = among.order_by("pk").select_for_update(of=("self",)).values_list("pk", "version")
    same = [key for key, version in held if dossiers[key] == version]
    noted = Dossier.objects.filter(pk__in=same).update(calendar=calendar)
    act.record(agency, what="dates-kept", calendar=calendar, dossiers=noted)
    return agency
