"""Reads of procedures. Each has a query budget in `tests/test_queries.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from motcua.foundation.core.policies import Actor
from motcua.service.procedures.models import (
    ChannelLimit,
    ImportLine,
    ImportRun,
    Procedure,
    ProcedureVersion,
    Process,
    VersionFlag,
)
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.reading.reasons import EXPLANATIONS, ReasonCode
from motcua.service.procedures.reading.text import fold
from motcua.service.procedures.types import State

PAGE = 25


@dataclass(frozen=True, slots=True)
class Search:
    """What a list is narrowed to; nothing set means all."""

    words: str = ""
    field: str = ""
    level: str = ""
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of procedures and the code from which the next one goes on, or None at the end. There is no total."""

    rows: Sequence[Procedure]
    after: str | None


def catalogue(actor: Actor, search: Search, *, after: str = "", size: int = PAGE) -> Page:
    """Return a page of the procedures an actor may know of, by code (1 query; with `flags` of each: 2)."""
    open_flags = VersionFlag.objects.filter(settled_on__isnull=True)
    rows = (
        _narrowed(PROCEDURES.rows(actor, "procedure.read", Procedure.objects.all()), search)
        .select_related("current")
        .prefetch_related(Prefetch("current__flags", queryset=open_flags, to_attr="open_flags"))
        .order_by("code")
    )
    found = list(rows.filter(code__gt=after)[: size + 1] if after else rows[: size + 1])
    return Page(found[:size], found[size - 1].code if len(found) > size else None)


def _narrowed(rows: QuerySet[Procedure], search: Search) -> QuerySet[Procedure]:
    for word in fold(search.words).split()[:8]:
        rows = rows.filter(folded__contains=word)
    if search.field:
        rows = rows.filter(field=search.field)
    if search.level:
        rows = rows.filter(levels__contains=search.level)
    if search.flag:
        flagged = VersionFlag.objects.filter(of=OuterRef("current"), code=search.flag, settled_on__isnull=True)
        rows = rows.filter(Exists(flagged))
    return rows


def fields(actor: Actor) -> list[tuple[str, int]]:
    """Return the fields with their numbers of procedures (1 query)."""
    rows = PROCEDURES.rows(actor, "procedure.read", Procedure.objects.all()).exclude(field="")
    counted = rows.values_list("field").annotate(number=Count("id")).order_by("field")
    return [(name, number) for name, number in counted]


def open_flags() -> list[tuple[str, str, int]]:
    """Return code, words and number of procedures of every flag that nobody has settled, most first (1 query)."""
    counted = (
        VersionFlag.objects.filter(settled_on__isnull=True, of__state=State.IN_FORCE)
        .values_list("code")
        .annotate(number=Count("of", distinct=True))
        .order_by("-number", "code")
    )
    return [(code, EXPLANATIONS[ReasonCode(code)].what, number) for code, number in counted]


def whole_versions(actor: Actor) -> QuerySet[ProcedureVersion]:
    """Return the versions an actor may read, with all their parts (8 queries for one)."""
    limits = ChannelLimit.objects.prefetch_related("fees")
    rows = PROCEDURES.rows(actor, "procedure.read", ProcedureVersion.objects.select_related("procedure"))
    return rows.prefetch_related("papers", Prefetch("limits", queryset=limits), "bases", "results", "flags__limit")


def chain(procedure: Procedure, actor: Actor) -> list[ProcedureVersion]:
    """Return the versions of a procedure, the newest first (1 query)."""
    rows = PROCEDURES.rows(actor, "procedure.read", procedure.versions.all())
    return list(rows.defer("source", "steps", "requirements", "description").order_by("-number"))


def in_force(day: date) -> QuerySet[ProcedureVersion]:
    """Return the versions in force on a day, for the counter."""
    return (
        ProcedureVersion.objects.on(day).filter(state__in=[State.IN_FORCE, State.EXPIRED]).select_related("procedure")
    )


def process_in_force(procedure: Procedure) -> Process | None:
    """Return the published process of a procedure with its steps, or None (2 queries)."""
    return procedure.processes.filter(state=State.IN_FORCE).prefetch_related("steps__agency").first()


def processes(procedure: Procedure, actor: Actor) -> list[Process]:
    """Return the processes of a procedure with their steps, the newest first (2 queries)."""
    rows = PROCEDURES.rows(actor, "process.read", procedure.processes.all())
    return list(rows.prefetch_related("steps__agency").order_by("-number"))


def due_to_take_effect(day: date) -> QuerySet[ProcedureVersion]:
    """Return announced versions whose first day has come."""
    return ProcedureVersion.objects.filter(state=State.ANNOUNCED, valid_from__lte=day).order_by("valid_from", "id")


def latest_runs(actor: Actor, size: int = 10) -> list[ImportRun]:
    """Return the latest imports (1 query)."""
    rows = PROCEDURES.rows(actor, "procedure.read_import", ImportRun.objects.all())
    return list(rows.order_by("-started_at", "-id")[:size])


def run_counts(run: ImportRun) -> dict[str, int]:
    """Return how many lines of a run came to which outcome, and to which change (2 queries)."""
    outcomes = run.lines.values_list("outcome").annotate(number=Count("id"))
    changes = run.lines.exclude(change="").values_list("change").annotate(number=Count("id"))
    return {**dict(outcomes.order_by()), **dict(changes.order_by())}


def run_lines(run: ImportRun, outcome: str, *, after: int = 0, size: int = 50) -> tuple[list[ImportLine], int | None]:
    """Return a page of a run's lines by position, and where the next one goes on (1 query)."""
    rows = run.lines.filter(position__gt=after).filter(Q(outcome=outcome) if outcome else Q())
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].position if len(found) > size else None
