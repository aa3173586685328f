"""Endings without a result: the citizen withdraws, or the agency stops with a reason."""

from __future__ import annotations

from motcua.foundation.core import notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.selectors import carrier
from motcua.service.dossiers import clockwork, counting, letters, rules, vouching
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Happening, Holder, LetterKind, State


@verb("dossier.withdraw", policy=DOSSIERS, locks=("dossier",))
def withdraw(act: Act, *, dossier: Dossier, reason: str) -> Dossier:
    """Take the dossier back at the citizen's wish (national status 7)."""
    _end(act, dossier, state=State.WITHDRAWN, what=Happening.WITHDRAW, reason=reason)
    return dossier


@verb("dossier.stop", policy=DOSSIERS, locks=("dossier",))
def stop(act: Act, *, dossier: Dossier, reason: str, as_refusal: bool = False) -> Dossier:
    """Stop the dossier (national status 8), and tell the applicant by a numbered letter why.

    A notice (form 05 of Circular 03/2025/TT-VPCP; no set before has a form for it), or, where the conditions are not
    met, a refusal (form 03).
    """
    agency, what = dossier.at_agency, LetterKind.REFUSAL if as_refusal else LetterKind.STOP
    why = _end(act, dossier, state=State.STOPPED, what=Happening.STOP, reason=reason)
    letters.write(act, what, agency, letters.Contents(reason=why, dossier=dossier))
    return dossier


def _end(act: Act, dossier: Dossier, *, state: State, what: Happening, reason: str) -> ClockEvent:
    if not reason.strip():
        raise Invalid("Việc này phải ghi lý do; chưa ghi gì. Anh/chị nhập lý do rồi bấm lại.", field="reason")
    rules.check(act.verb, State(dossier.state), awaited=dossier.is_awaited)
    HandOver.objects.filter(dossier=dossier, accepted_at__isnull=True, declined_at__isnull=True).update(
        declined_at=act.happened_at
    )
    dossier.state = state
    clockwork.hold(dossier, act, holder=Holder.NOBODY, agency_id=carrier(dossier.receiving).pk)
    dossier.save()
    note = notes.keep(act, dossier, reason)
    event = clockwork.happen(act, dossier, what, note=note)
    counting.ended(act, dossier)
    act.record(dossier, what=what, clock=vouching.clock(event), **notes.facts(note))
    return event
