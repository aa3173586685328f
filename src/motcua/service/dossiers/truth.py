"""The truth behind the numbers of dossiers: rows as of a day, and the kept sums counted from them by the database.

What happened counts on its own day, whenever it was entered. Nothing is told from the present state that the end of a
past day did not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

from motcua.foundation.calendar.types import Unit
from motcua.foundation.core.time import at_local, local_day
from motcua.foundation.indicators.local_days import LocalDay
from motcua.foundation.indicators.types import Asked
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers.counting import DELAY, ENDED, LATE_OPEN, RECEIVED, UNDATED
from motcua.service.dossiers.models import OPEN, DelayShare, Dossier, FormerDue
from motcua.service.dossiers.types import State

ENDED_OTHERWISE = Q(state__in=[State.WITHDRAWN, State.STOPPED])
# Nothing follows a withdrawal or a stop, so that nobody has held such a dossier since.
_ENDED_AT = Case(When(ENDED_OTHERWISE, then=F("held_since")), default=F("finished_at"))


def among(asked: Asked) -> QuerySet[Dossier]:
    """Return the dossiers of a scope."""
    rows = Dossier.objects.all()
    if asked.agencies is not None:
        rows = rows.filter(receiving__in=asked.agencies)
    return rows.filter(version_of__procedure__field=asked.field) if asked.field else rows


def received(asked: Asked) -> QuerySet[Dossier]:
    """Return what was received in the period."""
    return among(asked).filter(received_at__gte=asked.begins, received_at__lt=asked.until)


def settled(asked: Asked, *verdicts: str) -> QuerySet[Dossier]:
    """Return what was finished in the period, under these verdicts or any."""
    rows = among(asked).filter(finished_at__gte=asked.begins, finished_at__lt=asked.until)
    return rows.filter(verdict__in=verdicts) if verdicts else rows


def ended_otherwise(asked: Asked) -> QuerySet[Dossier]:
    """Return what was withdrawn or stopped in the period."""
    return among(asked).filter(ENDED_OTHERWISE, held_since__gte=asked.begins, held_since__lt=asked.until)


def open_then(asked: Asked) -> QuerySet[Dossier]:
    """Return what an office still owed a result for when the day ended."""
    later = OPEN | Q(finished_at__gte=asked.ends) | (ENDED_OTHERWISE & Q(held_since__gte=asked.ends))
    return among(asked).filter(later, received_at__lt=asked.ends)


def undated_then(asked: Asked) -> QuerySet[Dossier]:
    """Return what was open then without a known limit."""
    return open_then(asked).filter(limit_amount__isnull=True)


def late_then(asked: Asked) -> QuerySet[Dossier]:
    """Return what was open then and late against the due date of that day."""
    former = FormerDue.objects.filter(dossier=OuterRef("pk"), until__gte=asked.ends).order_by("until", "id")
    rows = open_then(asked).annotate(had=Exists(former)).annotate(
        due_then=Case(When(had=True, then=Subquery(former.values("due_at")[:1])), default=F("due_at")),
        ran_then=Case(When(had=True, then=Subquery(former.values("ran_out")[:1])), default=F("ran_out")),
    )
    return rows.filter(Q(due_then__isnull=False), Q(ran_then=True) | passed(asked, "due_then"))


def due_later_today(asked: Asked) -> QuerySet[Dossier]:
    """Return what is open and will be late by the hour before today ends, but is not yet.

    Kept sums tell of ends of days; only a limit in hours makes the present moment differ from today's end.
    """
    hour = asked.looks_from.replace(minute=0, second=0, microsecond=0)
    last = asked.ends - timedelta(hours=1)
    rows = among(asked).filter(OPEN, limit_unit=Unit.HOUR, ran_out=False, due_at__gte=hour, due_at__lt=last)
    # Named one by one, each agency is looked up in the index of what is open; without them it would be read whole.
    everywhere = Agency.objects.values_list("pk", flat=True)
    return rows if asked.agencies is not None else rows.filter(receiving__in=list(everywhere))


def passed(asked: Asked, due: str) -> Q:
    """Return the condition that a due date had passed: by the day, or by the hour where the limit is in hours."""
    seen = asked.looks_from
    hour = seen.replace(minute=0, second=0, microsecond=0)
    by_day = Q(**{f"{due}__lt": at_local(local_day(seen), time.min)})
    return Q(**{f"{due}__lt": hour}) & (Q(limit_unit=Unit.HOUR) | by_day)


def delays(asked: Asked, *holders: str) -> QuerySet[DelayShare]:
    """Return the parts of delay of what was finished late in the period, of these kinds of holder or any."""
    rows = DelayShare.objects.filter(dossier__in=settled(asked))
    return rows.filter(holder__in=holders) if holders else rows


# The kept sums from the rows, for building them anew and for comparing.


def cells() -> Sequence[QuerySet[Any, tuple[Any, ...]]]:
    """Return the queries that count every kept sum: measure, agency, version of a procedure, part, day, amount.

    Among millions of rows the version's key is grouped far quicker than the words of its field.
    """
    undated = Dossier.objects.filter(limit_amount__isnull=True)
    ended = Dossier.objects.annotate(ended_at=_ENDED_AT).filter(ended_at__isnull=False)
    return [
        _counted(Dossier.objects.all(), Value(RECEIVED), LocalDay("received_at")),
        _counted(Dossier.objects.filter(finished_at__isnull=False), _settled(), LocalDay("finished_at")),
        _counted(Dossier.objects.filter(ENDED_OTHERWISE), Value(ENDED), LocalDay("held_since")),
        _counted(undated, Value(UNDATED), LocalDay("received_at")),
        _counted(ended.filter(limit_amount__isnull=True), Value(UNDATED), LocalDay("ended_at"), sign=-1),
        _late_to_come(),
        _delay_cells(),
    ]


def stretches() -> Sequence[QuerySet[Any, tuple[Any, ...]]]:
    """Return the queries that count from which day until before which something stood there late."""
    ended = Dossier.objects.annotate(ended_at=_ENDED_AT).filter(ended_at__isnull=False)
    return [_late_stretches(_late_until_ended(ended), ""), _late_stretches(_late_until_moved(), "dossier__")]


def _settled() -> Concat:
    return Concat(Value("settled-"), F("verdict"), output_field=CharField())


def _counted(rows: QuerySet[Any], measure: Any, day: Any, *, sign: int = 1) -> QuerySet[Any, tuple[Any, ...]]:
    """Group rows by measure, agency, field and day and count them, or take them off."""
    return _grouped(rows, "", Count("pk") * sign, in_measure=measure, in_part=Value(""), on_day=day)


def _late_stretches(rows: QuerySet[Any], to_dossier: str) -> QuerySet[Any, tuple[Any, ...]]:
    return _grouped(
        rows.filter(late_day__lt=F("end_day")), to_dossier, Count("pk"), in_measure=Value(LATE_OPEN), in_part=Value(""),
        first_day=F("late_day"), end_day=F("end_day"),
    )


def _grouped(
    rows: QuerySet[Any], to_dossier: str, amount: Any, *, in_measure: Any, in_part: Any, **days: Any
) -> QuerySet[Any, tuple[Any, ...]]:
    names = ("in_measure", "in_agency", "in_field", "in_part", *days)
    own = {name: day for name, day in days.items() if name not in rows.query.annotations}
    placed = rows.order_by().annotate(
        in_agency=F(f"{to_dossier}receiving_id"), in_field=F(f"{to_dossier}version_of_id"), in_measure=in_measure,
        in_part=in_part, **own,
    )
    found: QuerySet[Any, tuple[Any, ...]] = placed.values(*names).annotate(amount=amount).values_list(*names, "amount")
    return found


def _late_day(to_dossier: str, since: str) -> Case:
    by_unit = Case(
        When(**{f"{to_dossier}limit_unit": Unit.HOUR}, then=LocalDay("due_at", ahead=1)),
        default=LocalDay("due_at", ahead=24), output_field=DateField(),
    )
    return Case(When(ran_out=True, then=F(since)), default=Greatest(F(since), by_unit), output_field=DateField())


def _late_to_come() -> QuerySet[Any, tuple[Any, ...]]:
    """Count what is open by the day from which it is late, or will be."""
    rows: QuerySet[Any] = _since_moved(Dossier.objects.filter(OPEN, due_at__isnull=False))
    return _counted(rows, Value(LATE_OPEN), _late_day("", "since"))


def _since_moved(rows: QuerySet[Dossier]) -> QuerySet[Any]:
    """Annotate dossiers with the day since when their present due date holds."""
    moved = FormerDue.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier").annotate(last=Max("until"))
    since: Any = LocalDay(Coalesce(Subquery(moved.values("last")), F("received_at")))
    found: QuerySet[Any] = rows.annotate(since=since)
    return found


def _late_until_ended(ended: QuerySet[Dossier]) -> QuerySet[Any]:
    """Return what has ended, with the day from which it was late under its last due date."""
    # What ended before its due date was never late; the database need not work its days out.
    may_be = Q(ran_out=True) | Q(ended_at__gt=F("due_at"))
    rows: QuerySet[Any] = _since_moved(ended.filter(may_be, due_at__isnull=False))
    found: QuerySet[Any] = rows.annotate(late_day=_late_day("", "since"), end_day=LocalDay("ended_at"))
    return found


def _late_until_moved() -> QuerySet[Any]:
    """Return the due dates that others took the place of, with the day from which each was late against."""
    before = FormerDue.objects.filter(dossier=OuterRef("dossier"), id__lt=OuterRef("id")).order_by().values("dossier")
    since = LocalDay(Coalesce(Subquery(before.annotate(last=Max("until")).values("last")), F("dossier__received_at")))
    return FormerDue.objects.filter(due_at__isnull=False).annotate(since=since).annotate(
        late_day=_late_day("dossier__", "since"), end_day=LocalDay("until")
    )


def _delay_cells() -> QuerySet[Any, tuple[Any, ...]]:
    return _grouped(
        DelayShare.objects.all(), "dossier__", Sum("minutes"), in_part=Cast("agency_id", CharField()),
        in_measure=Concat(Value(DELAY), F("holder"), output_field=CharField()), on_day=LocalDay("dossier__finished_at"),
    )
