"""The result is ready (`finish`, which is judged), and the citizen has it (`return_result`, which is not)."""

from __future__ import annotations

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.types import Unit, Verdict
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.selectors import carrier
from motcua.service.dossiers import clockwork, counting, rules, steps, telling, vouching
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Happening, Holder, State


@verb("dossier.finish", policy=DOSSIERS, locks=("dossier",))
def finish(act: Act, *, dossier: Dossier) -> Dossier:
    """Finish processing: the result lies at the counter. Judged against the due date by the day of finishing.

    Limits in hours are judged by the hour; without a known limit the verdict is *undetermined*, neither on time nor
    late (one-stop.md 5.10).
    """
    rules.check("dossier.finish", State(dossier.state), awaited=dossier.is_awaited)
    kept = steps.leave(dossier, act.happened_at)
    dossier.state, dossier.finished_at = State.FINISHED, act.happened_at
    dossier.verdict = Verdict.UNDETERMINED
    if dossier.limit_amount is not None:
        unit = Unit(dossier.limit_unit)
        dossier.verdict = clock.judge(act.happened_at, dossier.due_at, unit, ran_out=dossier.ran_out)
    clockwork.hold(dossier, act, holder=Holder.COUNTER, agency_id=carrier(dossier.receiving).pk)
    dossier.save()
    event = clockwork.happen(act, dossier, Happening.FINISH)
    counting.ended(act, dossier)
    act.record(dossier, what="finish", verdict=dossier.verdict, kept=kept, clock=vouching.clock(event))
    telling.tell(act, dossier, telling.READY)
    return dossier


@verb("dossier.return", policy=DOSSIERS, locks=("dossier",))
def return_result(act: Act, *, dossier: Dossier) -> Dossier:
    """Hand the result to the citizen. Coming late to collect it makes no dossier late."""
    rules.check("dossier.return", State(dossier.state), awaited=dossier.is_awaited)
    dossier.state, dossier.returned_at = State.RETURNED, act.happened_at
    clockwork.hold(dossier, act, holder=Holder.NOBODY, agency_id=carrier(dossier.receiving).pk)
    dossier.save()
    event = clockwork.happen(act, dossier, Happening.RETURN)
    act.record(dossier, what="return", clock=vouching.clock(event))
    return dossier
