"""Handing a dossier over: to the next step of its process, at the same agency or another."""

from __future__ import annotations

from motcua.foundation.core import notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import clockwork, rules, steps, vouching
from motcua.service.dossiers.models import Dossier, HandOver
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Happening, State
from motcua.service.procedures.models import Step


@verb("dossier.hand_over", policy=DOSSIERS, locks=("dossier",))
def hand_over(
    act: Act, *, dossier: Dossier, to_step: Step | None = None, to_agency: Agency | None = None, note: str = ""
) -> Dossier:
    """Hand the dossier over. The unit that receives it holds it from this moment; its person is named by `accept`.

    Without `to_step` it goes to the next step of the process; an agency must be named where no process tells it.
    Legal source: Decree 61/2018/NĐ-CP, article 18. Raises NotNow, NoSuchStep, Invalid.
    """
    rules.check("dossier.hand_over", State(dossier.state), awaited=dossier.is_awaited)
    target = steps.target(dossier, to_step, to_agency)
    if target.agency_id == dossier.at_agency_id and target.step == dossier.at_step:
        raise Invalid(
            "Hồ sơ đang ở đúng bước này rồi nên chưa chuyển đi đâu; chưa ghi gì. Anh/chị chọn bước hoặc cơ quan khác.",
            field="to_step",
        )
    row = HandOver(
        dossier=dossier, from_agency_id=dossier.at_agency_id, from_step=dossier.at_step,
        giver_id=clockwork.account_of(act), to_agency_id=target.agency_id, to_step=target.step,
        given_at=act.happened_at, note=notes.keep(act, dossier, note) if note.strip() else None,
        step_due_at=clockwork.step_due(target.step, target.agency_id, act.happened_at).due_at,
    )
    kept = steps.leave(dossier, act.happened_at)
    row.save(force_insert=True)
    is_counter = target.step is not None and target.step.role == Role.RECEPTION
    clockwork.hold(
        dossier, act, holder=rules.holder_of_step(is_counter), agency_id=target.agency_id, step=target.step,
        awaited=True,
    )
    dossier.state = State.IN_PROCESS
    dossier.save()
    event = clockwork.happen(act, dossier, Happening.HOLD)
    act.record(
        dossier, what="hand-over", from_agency=row.from_agency.ref, to_agency=target.agency.ref,
        step=target.step.position if target.step else None, kept=kept, clock=vouching.clock(event),
        **notes.facts(row.note),
    )
    return dossier
