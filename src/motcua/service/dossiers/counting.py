"""What each verb tells the registry of numbers: changes of kept sums, appended in the verb's own transaction.

Everything is counted where it was received, for of all agencies of a dossier that one never changes; and on the local
day on which it happened. `truth` counts the same from the rows.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Unit, Verdict
from motcua.foundation.core.registers import Kept
from motcua.foundation.core.time import local_day
from motcua.foundation.core.verbs import Act
from motcua.foundation.indicators import changes
from motcua.foundation.indicators.models import Delta
from motcua.service.dossiers import clockwork
from motcua.service.dossiers.models import DelayShare, Dossier, FormerDue
from motcua.service.dossiers.presenting import delay
from motcua.service.dossiers.types import State
from motcua.service.procedures.models import Procedure, ProcedureVersion

RECEIVED, ENDED, UNDATED, LATE_OPEN = "received", "ended", "undated", "late-open"
SETTLED = {verdict: f"settled-{verdict}" for verdict in Verdict}
DELAY = "delay-"
"""Before the holder's kind; the part is the key of the agency that held."""
_FIELD = Kept(lambda version: Procedure.objects.filter(versions=version).values_list("field", flat=True)[0])


def received(act: Act, dossier: Dossier, version: ProcedureVersion) -> None:
    """Count a reception. The day from which it will be late is told at once; the end of processing takes it back."""
    field = version.procedure.field if "procedure" in version._state.fields_cache else _FIELD(version.pk)
    day = local_day(dossier.received_at)
    told = [(RECEIVED, day)] if dossier.limit_amount is not None else [(RECEIVED, day), (UNDATED, day)]
    late = _late_from(dossier, due_of(dossier), day)
    if late is not None:
        told.append((LATE_OPEN, late))
    act.put(*(changes.of(name, agency=dossier.receiving_id, field=field, day=when) for name, when in told))


def due_of(dossier: Dossier) -> tuple[datetime | None, bool]:
    """Return what a dossier is late against. Ask it before a verb sets the due date anew, for `due_moved`."""
    return dossier.due_at, dossier.ran_out


def due_moved(act: Act, dossier: Dossier, before: tuple[datetime | None, bool]) -> None:
    """Keep the due date that held until now where another has taken its place (1 query where it has)."""
    if before == due_of(dossier):
        return
    since, day = _since(dossier), local_day(act.happened_at)
    FormerDue.objects.create(dossier=dossier, until=act.happened_at, due_at=before[0], ran_out=before[1])
    no_more, from_now = _late_from(dossier, before, since), _late_from(dossier, due_of(dossier), day)
    found = [] if no_more is None else [_late_open(dossier, max(no_more, day), -1)]
    _tell(act, found if from_now is None else [*found, _late_open(dossier, from_now, 1)])


def ended(act: Act, dossier: Dossier) -> None:
    """Count the end of processing: a verdict, or a withdrawal or stop; and what was late until now is so no more."""
    day, field = local_day(act.happened_at), _field(dossier)
    is_settled = State(dossier.state) is State.FINISHED
    name = SETTLED[Verdict(dossier.verdict)] if is_settled else ENDED
    found = [changes.of(name, agency=dossier.receiving_id, field=field, day=day)]
    if dossier.limit_amount is None:
        found.append(changes.of(UNDATED, agency=dossier.receiving_id, field=field, day=day, amount=-1))
    late = _late_from(dossier, due_of(dossier), _since(dossier))
    if late is not None:
        found.append(_late_open(dossier, max(late, day), -1))
    if is_settled and dossier.verdict == Verdict.LATE:
        found += [
            changes.of(
                DELAY + share.holder, agency=dossier.receiving_id, field=field, day=day, amount=share.minutes,
                part=str(share.agency_id),
            )
            for share in keep_shares(dossier)
        ]
    _tell(act, found)


def keep_shares(dossier: Dossier) -> list[DelayShare]:
    """Write who held a late dossier in how many working minutes of its delay (2 queries)."""
    moments, working = clockwork.moments_of(dossier), working_time_for(dossier.receiving_id).time
    assert dossier.finished_at is not None
    minutes: Counter[tuple[str, int]] = Counter()
    for share in delay.shares(dossier, moments, dossier.finished_at, working):
        holder, _, key = share.holder.partition("|")
        minutes[holder, int(key.partition("/")[0])] += share.late_minutes
    rows = [
        DelayShare(dossier=dossier, holder=holder, agency_id=agency, minutes=late)
        for (holder, agency), late in minutes.items() if late
    ]
    return DelayShare.objects.bulk_create(rows)


def late_from(due_at: datetime, unit: str) -> date:
    """Return the first day at whose end a dossier is late: limits in days compare days, limits in hours the hour."""
    return local_day(due_at + timedelta(hours=1 if unit == Unit.HOUR else 24))


def _late_from(dossier: Dossier, due: tuple[datetime | None, bool], since: date) -> date | None:
    """Return the first day at whose end a dossier would stand there late under a due date that holds since a day."""
    due_at, ran_out = due
    if due_at is None:
        return None
    return since if ran_out else max(since, late_from(due_at, dossier.limit_unit))


def _late_open(dossier: Dossier, day: date, amount: int) -> Delta:
    return changes.of(LATE_OPEN, agency=dossier.receiving_id, field=_field(dossier), day=day, amount=amount)


def _since(dossier: Dossier) -> date:
    """Return the day from which the present due date holds (1 query)."""
    last = FormerDue.objects.filter(dossier=dossier).order_by("-until", "-id").values_list("until", flat=True).first()
    return local_day(last or dossier.received_at)


def _field(dossier: Dossier) -> str:
    field: str = _FIELD(dossier.version_of_id)
    return field


def _tell(act: Act, found: list[Delta]) -> None:
    if found:
        act.put(*found)
