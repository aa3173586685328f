"""A changed calendar moves due dates; the first due date stays as it was promised."""

from __future__ import annotations

from motcua.foundation.core.verbs import Act, verb
from motcua.service.dossiers import clockwork
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import State


@verb("dossier.recompute", policy=DOSSIERS, locks=("dossier",))
def recompute(act: Act, *, dossier: Dossier) -> Dossier:
    """Set the due date anew under the present calendar; of a dossier that is over, nothing but its event is written."""
    if State(dossier.state).is_open:
        clockwork.set_due(dossier, clockwork.moments_of(dossier))
        dossier.save()
    due = dossier.due_at.isoformat() if dossier.due_at else None
    act.record(dossier, what="recompute", due=due, calendar=dossier.calendar)
    return dossier
