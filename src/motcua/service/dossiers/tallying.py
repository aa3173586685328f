"""Counting dossiers: kept sums for every measure, the rows behind each, and who may open them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.urls import reverse

from motcua.foundation.calendar.types import Verdict
from motcua.foundation.core import words
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.time import local_day, today
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.foundation.indicators import reading
from motcua.foundation.indicators.kept import KeptSource, Made
from motcua.foundation.indicators.types import Asked, By, Key, Line, Tallies, Tally, Timing
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.service.dossiers import truth
from motcua.service.dossiers.completing import complete
from motcua.service.dossiers.counting import DELAY, ENDED, LATE_OPEN, RECEIVED, SETTLED, UNDATED
from motcua.service.dossiers.models import DelayShare, Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Holder, State

IN_TIME = (SETTLED[Verdict.EARLY], SETTLED[Verdict.ON_TIME])
JUDGED = (*IN_TIME, SETTLED[Verdict.LATE])
DELAYS: dict[Holder, str] = {kind: DELAY + kind for kind in Holder if kind is not Holder.NOBODY}
ONE_STOP_USED = "agencies-receiving"
TOP = "province"

MADE = {
    "received": Made((RECEIVED,)),
    "settled": Made(tuple(SETTLED.values())),
    **{name: Made((name,)) for name in SETTLED.values()},
    "settled-in-time": Made(IN_TIME),
    "settled-judged": Made(JUDGED),
    "ended": Made((ENDED,)),
    "open": Made((RECEIVED,), (*SETTLED.values(), ENDED), Timing.AT),
    "open-undated": Made((UNDATED,), timing=Timing.AT),
    "open-late": Made((LATE_OPEN,), timing=Timing.AT),
    "delay": Made(tuple(DELAYS.values())),
    **{name: Made((name,)) for name in DELAYS.values()},
}


def _settled(verdict: Verdict, asked: Asked) -> QuerySet[Dossier]:
    return truth.settled(asked, verdict)


def _delayed_by(holder: Holder, asked: Asked) -> QuerySet[DelayShare]:
    return truth.delays(asked, holder)


_ROWS: dict[str, Callable[[Asked], QuerySet[Any]]] = {
    "received": truth.received,
    "settled": truth.settled,
    **{name: partial(_settled, verdict) for verdict, name in SETTLED.items()},
    "settled-in-time": lambda asked: truth.settled(asked, Verdict.EARLY, Verdict.ON_TIME),
    "settled-judged": lambda asked: truth.settled(asked, Verdict.EARLY, Verdict.ON_TIME, Verdict.LATE),
    "ended": truth.ended_otherwise,
    "open": truth.open_then,
    "open-undated": truth.undated_then,
    "open-late": truth.late_then,
    "delay": truth.delays,
    **{name: partial(_delayed_by, kind) for kind, name in DELAYS.items()},
}


class DossierSource(KeptSource):
    """Dossiers, counted where they were received."""

    code = "dossiers"
    made = MADE
    field_of = (
        "JOIN procedures_procedureversion v ON v.id = c.in_field JOIN procedures_procedure p ON p.id = v.procedure_id",
        "p.field",
    )

    def rows(self, measure: str, asked: Asked) -> QuerySet[Any]:
        return _agencies_receiving(asked) if measure == ONE_STOP_USED else _ROWS[measure](asked)

    def recount(self, measure: str, asked: Asked) -> int:
        rows = self.rows(measure, asked)
        return rows.aggregate(n=Sum("minutes"))["n"] or 0 if rows.model is DelayShare else rows.count()

    def tallies(self, measures: Collection[str], asked: Asked, by: By | None) -> Tallies:
        """Count all measures (1 query; 1 more for what is late now, 1 more for the agencies that receive)."""
        found = dict(super().tallies(set(measures) - {ONE_STOP_USED}, asked, by))
        if ONE_STOP_USED in measures:
            received = reading.sums([RECEIVED], asked, By.AGENCY)[Timing.DURING].get(RECEIVED, {})
            at = [agency for agency, amount in received.items() if amount]
            found[ONE_STOP_USED] = {agency: Tally(1) for agency in at} if by else {None: Tally(len(at))}
        return found

    def live(self, measures: Collection[str], asked: Asked, by: By | None) -> Mapping[str, Mapping[Key, int]]:
        """Take off what is due by the hour later today, where today is asked for (1 or 2 queries)."""
        if "open-late" not in measures or asked.as_of < local_day(asked.now):
            return {}
        rows = truth.due_later_today(asked)
        if by is None:
            return {"open-late": {None: -rows.count()}}
        line = "receiving" if by is By.AGENCY else "version_of__procedure__field"
        counted = rows.order_by().values(line).annotate(number=-Count("pk"))
        return {"open-late": Counter(dict(counted.values_list(line, "number")))}

    def cells(self) -> Sequence[QuerySet[Any, tuple[Any, ...]]]:
        return truth.cells()

    def stretches(self) -> Sequence[QuerySet[Any, tuple[Any, ...]]]:
        return truth.stretches()

    def prepare(self) -> int:
        return complete()

    def opened(self, rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
        """Return what the actor may read as dossiers; the parts of a delay open with their dossier.

        Who answers for the whole province's numbers sees of the others, too, which they are, without a person and
        without a link (1 query more).
        """
        if rows.model is Agency:
            return rows
        is_delay = rows.model is DelayShare
        rows = rows.select_related("dossier", "agency") if is_delay else rows.select_related("version_of", "receiving")
        readable: QuerySet[Dossier] = DOSSIERS.rows(actor, "dossier.read", Dossier.objects.all())
        if _answers_for_all(actor):
            of = OuterRef("dossier" if is_delay else "pk")
            marked: QuerySet[Any] = rows.annotate(may_open=Exists(readable.order_by().filter(pk=of)))
            return marked
        return rows.filter(dossier__in=readable) if is_delay else DOSSIERS.rows(actor, "dossier.read", rows)

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        return [_line(row) for row in rows]

    def named(self, by: By, keys: Collection[Key]) -> Mapping[Key, str]:
        if by is not By.PART:
            return super().named(by, keys)
        agencies = super().named(By.AGENCY, [int(key) for key in keys if key])
        return {key: agencies.get(int(key or 0), "") for key in keys}


def _agencies_receiving(asked: Asked) -> QuerySet[Agency]:
    used = Exists(truth.received(asked).filter(receiving=OuterRef("pk")))
    return Agency.objects.filter(used)


def _answers_for_all(actor: Actor) -> bool:
    """Tell who steers or audits the reform, or leads the province."""
    if not isinstance(actor, Officer):
        return False
    if actor.has_anywhere(Role.STEWARD, Role.AUDITOR):
        return True
    led = [agency for agency in actor.works_at if actor.has(*LEADERS, agency_id=agency)]
    return AgencyState.objects.on(today()).filter(agency__in=led, kind=TOP).exists()


def _line(row: Any) -> Line:
    if isinstance(row, Agency):
        return Line(row.pk, row.name, "", reverse("agency", args=[row.public_id]))
    if isinstance(row, DelayShare):
        who = f"{Holder(row.holder).label}, {row.agency.name}: chậm {words.duration(row.minutes)}"
        return Line(row.pk, row.dossier.code, who, _address(row, row.dossier))
    about = f"{row.version_of.name} · nhận {words.day(row.received_at)} · {State(row.state).label.lower()}"
    address = _address(row, row)
    return Line(row.pk, row.code, about if address else f"{row.receiving.name} · {about}", address)


def _address(row: Any, dossier: Dossier) -> str:
    return reverse("dossier", args=[dossier.public_id]) if getattr(row, "may_open", True) else ""


SOURCE = DossierSource()
