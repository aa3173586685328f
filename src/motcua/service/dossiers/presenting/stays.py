"""Each step's own time: what was promised, when it was due, how it was kept, and its part of the whole (ADR 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.calendar.types import HolderShare, Verdict
from motcua.foundation.calendar.types import Span as ClockSpan
from motcua.foundation.core import words
from motcua.service.dossiers import clockwork, rules, steps
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver, StepTime
from motcua.service.dossiers.presenting import delay
from motcua.service.dossiers.types import Moment, State, Stay
from motcua.service.procedures.models import Step


@dataclass(frozen=True, slots=True)
class StepLine:
    """One holder's stay. `due` is the date after pauses where it is not the one promised; shares are 0 to 1."""

    who: str
    person: str
    began: datetime
    left: datetime | None
    promised: datetime | None
    due: datetime | None
    verdict: str
    says: str
    used: str
    share: float
    late_share: float


def lines(
    dossier: Dossier, moments: Sequence[Moment], events: Sequence[ClockEvent], now: datetime, working: WorkingTime
) -> list[StepLine]:
    """Return the stays of a dossier in their order, up to its end or to now."""
    rows = list(dossier.hand_overs.all())
    kept = {one.hand_over_id: one for one in dossier.step_times.all()}
    ended = None if State(dossier.state).is_open else dossier.finished_at or moments[-1].at
    stays = rules.stays(dossier.received_at, steps.given(rows), ended)
    parts = _parts(dossier, stays, moments, ended or now, working)
    whole = sum(part.minutes for part in parts.values())
    found = []
    for stay in stays:
        row = rows[stay.number - 1] if stay.number else None
        time = _Time.of(stay, row, kept.get(row.pk if row else None), events[0], moments)
        found.append(_line(stay, row, events[0], time, _Part.of(parts.get(str(stay.number)), whole)))
    return found


@dataclass(frozen=True, slots=True)
class _Time:
    promised: datetime | None
    due: datetime | None
    verdict: str = ""
    is_stopped: bool = False

    @classmethod
    def of(
        cls, stay: Stay, row: HandOver | None, kept: StepTime | None, first: ClockEvent, moments: Sequence[Moment]
    ) -> _Time:
        """Return what was written when the step was left; of one that goes on, what the clock says now."""
        if kept is not None and kept.left_at is not None:
            return cls(kept.promised_at, kept.due_at, kept.verdict)
        step: Step | None = row.to_step if row else first.step
        agency_id = row.to_agency_id if row else first.agency_id
        promised = row.step_due_at if row else clockwork.step_due(step, agency_id, stay.began).due_at
        if stay.is_declined or stay.left is not None:
            return cls(promised, promised)
        pauses = rules.pauses_of(stay, rules.pauses(moments))
        due = clockwork.step_due(step, agency_id, stay.began, pauses).due_at
        return cls(promised, due or promised, is_stopped=due is None and promised is not None)


@dataclass(frozen=True, slots=True)
class _Part:
    minutes: int
    share: float
    late_share: float

    @classmethod
    def of(cls, share: HolderShare | None, whole: int) -> _Part:
        """Return what of the whole a stay used; one that ended as it began used nothing."""
        if share is None or not whole:
            return cls(0, 0.0, 0.0)
        return cls(share.minutes, share.minutes / whole, float(share.late_share))


def _line(stay: Stay, row: HandOver | None, first: ClockEvent, time: _Time, part: _Part) -> StepLine:
    agency, step = (row.to_agency, row.to_step) if row else (first.agency, first.step)
    person = (row.receiver if row else first.account) if not stay.is_declined else None
    return StepLine(
        who=f"{agency} – {step.name}" if step else str(agency), person=person.full_name if person else "",
        began=stay.began, left=stay.left, promised=time.promised, due=time.due if time.due != time.promised else None,
        verdict=time.verdict, says=_says(stay, row, time), used=words.duration(part.minutes),
        share=part.share, late_share=part.late_share,
    )


def _says(stay: Stay, row: HandOver | None, time: _Time) -> str:
    if time.verdict:
        return Verdict(time.verdict).label
    if stay.is_declined:
        return "không nhận"
    if stay.left is not None:
        return ""
    if row is not None and row.accepted_at is None:
        return "chờ nhận"
    return "đang dừng" if time.is_stopped else "đang giữ"


def _parts(
    dossier: Dossier, stays: Sequence[Stay], moments: Sequence[Moment], until: datetime, working: WorkingTime
) -> dict[str, HolderShare]:
    """Return the working minutes of each stay and its part of the delay, by its number."""
    spans = [
        ClockSpan(str(rules.stay_at(stays, span.began).number), span.began, span.until, span.counts)
        for span in rules.spans(moments)
    ]
    found = clock.holder_shares(spans, delay.missed(dossier, moments), until, working)
    return {share.holder: share for share in found}
