"""What intake offers: procedures in force, cases, limits with their due dates, papers, the competent agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.readings import readers
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Due
from motcua.foundation.core import time, words
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.foundation.organisations.selectors import register_day
from motcua.service.dossiers.clockwork import limit_of
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.types import Channel
from motcua.service.procedures.models import ChannelLimit, ProcedurePaper, ProcedureVersion, Process, Step
from motcua.service.procedures.places import Place
from motcua.service.procedures.reading.text import fold
from motcua.service.procedures.types import State

FOUND = 12


def procedures(text: str, day: date) -> list[ProcedureVersion]:
    """Return versions in force whose code, name or field hold every word, with or without marks (1 query)."""
    rows = ProcedureVersion.objects.on(day).filter(state=State.IN_FORCE).select_related("procedure")
    for word in fold(text).split():
        rows = rows.filter(procedure__folded__contains=word)
    return list(rows.order_by("procedure__code")[:FOUND])


def usual(agency_id: int) -> list[ProcedureVersion]:
    """Return the procedures this counter received last, each once, the latest first (2 queries)."""
    latest = Dossier.objects.filter(receiving=agency_id).order_by("-received_at", "-id")
    wanted = list(dict.fromkeys(latest.values_list("version_of", flat=True)[:60]))[:FOUND // 2]
    rows = ProcedureVersion.objects.filter(state=State.IN_FORCE).select_related("procedure").in_bulk(wanted)
    return [rows[key] for key in wanted if key in rows]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to hand in: a channel with its limit, and when a dossier received now would be due."""

    key: str
    channel: Channel
    limit: ChannelLimit | None
    agency: Agency
    now: datetime

    @property
    def due(self) -> Due | None:
        """Return when a dossier received now would be due; None where no limit is known."""
        return due_now(self.limit, self.agency, self.now) if self.limit else None

    @property
    def label(self) -> str:
        """Return channel, limit and due date in words; an unknown limit is said plainly."""
        due = self.due
        if self.limit is None or due is None or due.due_at is None:
            return f"{self.channel.label} – chưa xác định thời hạn"
        expected = " (lịch nghỉ dự kiến)" if due.provisional else ""
        return f"{self.channel.label} – {self.limit.words} – hẹn trả {words.moment(due.due_at)}{expected}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A procedure at this counter now, with all that intake needs of it (4 queries, 7 with a preset agency)."""

    version: ProcedureVersion
    agency: Agency
    cases: list[str]
    case: str
    ways: list[Way]
    papers: list[ProcedurePaper]
    process: Process | None
    steps: list[Step]
    competent: Agency | None

    @property
    def asks_case(self) -> bool:
        """Return whether the officer must first say which case it is."""
        return len(self.cases) > 1 and not self.case

    def way(self, key: str) -> Way:
        """Return the way of this key. Raises KeyError."""
        return {way.key: way for way in self.ways}[key]


def chosen(
    version: ProcedureVersion, agency: Agency, case_number: str, now: datetime, *, preset: bool = True
) -> Chosen:
    """Return what there is to fill in for a procedure; `case_number` counts from 1, anything else is none.

    Without `preset` the competent agency is not worked out: a form that was sent names its own.
    """
    parts = parts_of(version)
    limits, papers, process, steps = parts.limits, parts.papers, parts.process, parts.steps
    named = [*(paper.case for paper in papers), *(limit.case for limit in limits)]
    cases = list(dict.fromkeys(name for name in named if name))
    case = cases[int(case_number) - 1] if case_number.isdecimal() and 0 < int(case_number) <= len(cases) else ""
    case = cases[0] if len(cases) == 1 else case
    return Chosen(
        version=version, agency=agency, cases=cases, case=case, ways=ways(limits, case, agency, now),
        papers=[paper for paper in papers if paper.case in {"", case} and not paper.is_note],
        process=process, steps=list(steps), competent=competent(version, steps, agency) if preset else None,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a procedure never changes while its version counters stand."""

    limits: tuple[ChannelLimit, ...]
    papers: tuple[ProcedurePaper, ...]
    process: Process | None
    steps: tuple[Step, ...]


def parts_of(version: ProcedureVersion) -> Parts:
    """Return limits, papers and the process in force (4 queries, none while nothing was published since)."""
    return _parts(version.public_id, version.version, version.procedure.version, version.pk, version.procedure_id)


@lru_cache(maxsize=256)
def _parts(_id: str, _version: int, _procedure_version: int, version: int, procedure: int) -> Parts:
    process = Process.objects.filter(procedure=procedure, state=State.IN_FORCE).order_by("-number").first()
    return Parts(
        tuple(ChannelLimit.objects.filter(of=version)), tuple(ProcedurePaper.objects.filter(of=version)), process,
        tuple(process.steps.all()) if process else (),
    )


def ways(limits: Sequence[ChannelLimit], case: str, agency: Agency, now: datetime) -> list[Way]:
    """Return the published ways of the case, else those for every case; with none published, any without a limit."""
    fitting = [row for row in limits if row.case == case] or [row for row in limits if not row.case]
    if not fitting:
        return [Way(channel.value, channel, None, agency, now) for channel in Channel]
    ordered = sorted(fitting, key=lambda row: row.channel != Channel.DIRECT)
    return [Way(str(row.pk), Channel(row.channel), row, agency, now) for row in ordered]


def due_now(limit: ChannelLimit, agency: Agency, now: datetime) -> Due:
    """Return when a dossier received now would be due."""
    found, working = limit_of(limit.amount, limit.unit), working_time_for(agency.pk).time
    return clock.due(now, found, working, (), readers().on(time.local_day(now)))


def competent(version: ProcedureVersion, steps: Sequence[Step], agency: Agency) -> Agency | None:
    """Return the agency that settles, where the rule tells it, else None: the officer chooses (at most 4 queries).

    Nobody else where no step stands elsewhere; this agency where the procedure belongs to its level; the one named by
    the record; the agency above this one where the procedure belongs to that level and it has a counter; the one that
    settled the last such dossier from here.
    """
    if steps and not any(step.place == Place.COMPETENT for step in steps):
        return agency
    states = AgencyState.objects.on(register_day())
    own = states.filter(agency=agency).first()
    if own is not None and own.level in version.levels:
        return agency
    named = Agency.objects.on(register_day()).filter(name__in=version.competent)[:2]
    if len(named) == 1:
        return named[0]
    above = states.filter(agency=own.parent_id, has_one_stop=True).select_related("agency").first() if own else None
    if above is not None and above.level in version.levels:
        return above.agency
    last = Dossier.objects.filter(receiving=agency, version_of__procedure=version.procedure_id)
    latest = last.select_related("competent").order_by("-received_at").first()
    return latest.competent if latest else None
