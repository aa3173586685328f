"""Answering a hand-over: `accept` names the person who holds the dossier now, `decline` gives it back with a reason."""

from __future__ import annotations

from motcua.foundation.core import notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.selectors import carrier
from motcua.service.dossiers import clockwork, rules, steps, vouching
from motcua.service.dossiers.models import Dossier, HandOver
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Happening, Holder, State


@verb("dossier.accept", policy=DOSSIERS, locks=("dossier",))
def accept(act: Act, *, dossier: Dossier) -> Dossier:
    """Accept a dossier that was handed over to the actor's unit. Raises NotNow where it waits for nobody."""
    rules.check("dossier.accept", State(dossier.state), awaited=dossier.is_awaited)
    row = _open_row(dossier)
    row.accepted_at, row.receiver_id = act.happened_at, clockwork.account_of(act)
    row.save(update_fields=["accepted_at", "receiver"])
    clockwork.hold(
        dossier, act, holder=Holder(dossier.holder), agency_id=dossier.at_agency_id, step=dossier.at_step,
        account_id=row.receiver_id,
    )
    dossier.save()
    event = clockwork.happen(act, dossier, Happening.HOLD)
    act.record(dossier, what="accept", agency=dossier.at_agency.ref, clock=vouching.clock(event))
    return dossier


@verb("dossier.decline", policy=DOSSIERS, locks=("dossier",))
def decline(act: Act, *, dossier: Dossier, reason: str) -> Dossier:
    """Give a dossier back to the one who handed it over. The time it lay here stays with the unit that declined it.

    The giver's step goes on, under its first promise (ADR 10).
    """
    if not reason.strip():
        raise Invalid(
            "Trả lại hồ sơ cho bên giao phải ghi lý do; chưa ghi gì. Anh/chị nhập lý do rồi bấm lại.",
            field="reason",
        )
    rules.check("dossier.decline", State(dossier.state), awaited=dossier.is_awaited)
    row = _open_row(dossier)
    row.declined_at, row.reason = act.happened_at, notes.keep(act, dossier, reason)
    row.save(update_fields=["declined_at", "reason"])
    steps.reopen(dossier)
    is_counter = row.from_step is not None and row.from_step.role == Role.RECEPTION
    # Who gave it may have ended meanwhile: then it goes back to the heir, where any colleague takes it up.
    giver = carrier(row.from_agency)
    clockwork.hold(
        dossier, act, holder=rules.holder_of_step(is_counter), agency_id=giver.pk, step=row.from_step,
        account_id=row.giver_id if giver == row.from_agency else None,
    )
    dossier.save()
    event = clockwork.happen(act, dossier, Happening.HOLD)
    act.record(
        dossier, what="decline", back_to=giver.ref, clock=vouching.clock(event), **notes.facts(row.reason)
    )
    return dossier


def _open_row(dossier: Dossier) -> HandOver:
    return HandOver.objects.select_related("from_agency", "from_step").get(
        dossier=dossier, accepted_at__isnull=True, declined_at__isnull=True
    )
