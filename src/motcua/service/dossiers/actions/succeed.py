"""An agency has ended: whoever takes it over goes on with its open dossiers from that instant."""

from __future__ import annotations

from django.db.models import Q

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.models import RoleGrant
from motcua.foundation.identity.selectors import running
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import clockwork, vouching
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Happening, Holder, State


@verb("dossier.succeed", policy=DOSSIERS, locks=("dossier",))
def succeed(act: Act, *, dossier: Dossier, predecessor: Agency, heir: Agency) -> Dossier:
    """Let the heir of an ended agency hold and settle what that agency held and settled.

    Time up to now stays with the predecessor, from now on it is the heir's. Code, receiving agency, limit, due date and
    first due date stay: an arrangement of offices is no ground to keep a citizen waiting. Raises NotNow where nothing
    of the dossier is the predecessor's (any more), so that a run may be begun again.
    """
    stands, settles = dossier.at_agency_id == predecessor.pk, dossier.competent_id == predecessor.pk
    if not State(dossier.state).is_open or not (stands or settles):
        raise NotNow(f"Hồ sơ {dossier.code} không còn ở {predecessor.name}. Chưa có gì thay đổi.")
    if settles:
        dossier.competent = heir
    if stands:
        _stand_at(act, dossier, heir)
    dossier.save()
    act.record(
        dossier, what="succeed", from_agency=predecessor.ref, to_agency=heir.ref, holds=stands, settles=settles,
        clock=vouching.clock(_happen(act, dossier)) if stands else None,
    )
    return dossier


def _stand_at(act: Act, dossier: Dossier, heir: Agency) -> None:
    """Move the dossier with whoever holds it; a hand-over that nobody answered yet waits at the heir."""
    waiting = HandOver.objects.filter(dossier=dossier, accepted_at__isnull=True, declined_at__isnull=True)
    waiting.update(to_agency=heir)
    clockwork.hold(
        dossier, act, holder=Holder(dossier.holder), agency_id=heir.pk, step=dossier.at_step,
        account_id=_who_stays(dossier, heir), awaited=dossier.is_awaited,
    )


def _who_stays(dossier: Dossier, heir: Agency) -> int | None:
    """Return the person who held it, if he works at the heir; else any colleague there takes it up."""
    if dossier.at_account_id is None:
        return None
    wanted = Q(role=dossier.at_step.role) if dossier.at_step else Q()
    held = RoleGrant.objects.filter(running(time.today()), wanted, account=dossier.at_account_id, agency=heir)
    return dossier.at_account_id if held.exists() else None


def _happen(act: Act, dossier: Dossier) -> ClockEvent:
    """Append the event. While the clock stands, it goes on standing on the same ground."""
    stopped: ClockEvent | None = None
    if State(dossier.state) is State.SUSPENDED:
        stopped = dossier.clock.filter(what=Happening.SUSPEND).order_by("-sequence").first()
    return clockwork.happen(
        act, dossier, Happening.SUCCEED, policy=PausePolicy(stopped.policy) if stopped else None,
        ground=stopped.ground if stopped else "",
    )
