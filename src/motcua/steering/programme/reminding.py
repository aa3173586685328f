"""Who has to be reminded of what on a day: everything that reached a rung of the ladder, one digest for each reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.calendar import selectors as calendars
from motcua.foundation.core import time
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.foundation.organisations.selectors import carrier
from motcua.steering.programme import rules
from motcua.steering.programme.kinds import LADDER, Ladder, Rung
from motcua.steering.programme.models import Occurrence, Programme, ReminderLine
from motcua.steering.programme.selectors import Line, lines


@dataclass(frozen=True, slots=True)
class Reminded:
    """One share that is reminded of."""

    occurrence: Occurrence
    agency: Agency
    due_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one reader is told on one rung."""

    rung: Rung
    to: Agency
    items: Sequence[Reminded]


def ladder_of(programme: Programme) -> Ladder:
    """Return the programme's ladder in days after the due date; rungs it does not set keep the usual ones."""
    return {rung: int(programme.ladder.get(rung.value, days)) for rung, days in LADDER.items()}


def digests(programme: Programme, day: date) -> list[Digest]:
    """Return what is to be said on a day, rung by rung and reader by reader (about 7 queries)."""
    ladder, sent = ladder_of(programme), _sent(programme)
    found: dict[tuple[Rung, int], list[Reminded]] = defaultdict(list)
    readers: dict[int, Agency] = {}
    rows = lines(programme, day)
    superiors = _superiors(programme, rows_agencies(rows), day)
    for line in rows:
        for due in line.dues:
            for share in due.shares:
                agency, at = share.agency, share.standing
                if agency is None or at.due_on is None:
                    continue
                superior = superiors.get(agency.pk)
                rung = rules.rung_due(
                    at, day, ladder, sent[due.occurrence.pk, agency.pk, at.due_on], has_superior=superior is not None
                )
                if rung is not None:
                    reader = _reader(programme, rung, agency, superior)
                    readers[reader.pk] = reader
                    found[rung, reader.pk].append(Reminded(due.occurrence, agency, at.due_on, at.days_late))
    return [Digest(rung, readers[pk], items) for (rung, pk), items in found.items()]


def rows_agencies(rows: Iterable[Line]) -> set[int]:
    """Return the keys of all lead agencies of lines."""
    return {one.agency_id for line in rows for one in line.leads if one.agency_id}


def _sent(programme: Programme) -> Mapping[tuple[int, int, date], set[Rung]]:
    """Return to which rungs each share was brought for its present due date."""
    sent: dict[tuple[int, int, date], set[Rung]] = defaultdict(set)
    known = ReminderLine.objects.filter(reminder__programme=programme)
    for occurrence, agency, due_on, rung in known.values_list("occurrence", "agency", "due_on", "rung"):
        sent[occurrence, agency, due_on].add(Rung(rung))
    return sent


def _superiors(programme: Programme, agencies: set[int], day: date) -> dict[int, Agency]:
    """Return who stands above each agency on the day, below the issuer: for a commune its district (1 query)."""
    states = AgencyState.objects.on(day).filter(agency__in=agencies, parent__isnull=False).select_related("parent")
    return {
        state.agency_id: state.parent for state in states
        if state.parent is not None and state.parent_id != programme.issuer_id
    }


def _reader(programme: Programme, rung: Rung, agency: Agency, superior: Agency | None) -> Agency:
    if rung is Rung.SUPERIOR and superior is not None:
        return carrier(superior)
    if rung is Rung.STEWARD and programme.steward is not None:
        return carrier(programme.steward)
    if rung is Rung.CHAIRMAN and programme.issuer is not None:
        return carrier(programme.issuer)
    return carrier(agency)


def is_quiet(programme: Programme, instant: datetime) -> bool:
    """Return whether nobody should be reminded now: outside the steward's working sessions, on days off."""
    if programme.steward_id is None:
        return False
    plan = calendars.working_time_for(programme.steward_id).time.plan(time.local_day(instant))
    clock = time.local(instant).time()
    return not any(session.counts and session.opens <= clock < session.closes for session in plan.sessions)
