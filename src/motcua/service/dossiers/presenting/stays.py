"""Each step's own time: what was promised, when it was due, how it was kept, and its part of the whole (ADR 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

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
    """A stay as far as one agency had it. `number` is the hand-over that began the stay, 0 the receipt.

    `due` is the date after pauses where it is not the one promised; shares are 0 to 1.
    """

    number: int
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
    """Return the stays of a dossier in the order of their beginning, up to its end or to now.

    A stay that passed to the heir of an ended agency has a line for each of the two; it is judged where it was left.
    """
    rows = list(dossier.hand_overs.all())
    kept = {one.hand_over_id: one for one in dossier.step_times.all()}
    ended = None if State(dossier.state).is_open else dossier.finished_at or moments[-1].at
    given = steps.given(rows)
    numbers = rules.stay_numbers(moments, given)
    parts = _parts(dossier, numbers, moments, events, until=ended or now, working=working)
    whole = sum(part.minutes for part in parts.values())
    found = []
    for stay in rules.stays(dossier.received_at, given, ended):
        row = rows[stay.number - 1] if stay.number else None
        holdings = _holdings(stay, numbers, events)
        time = _Time.of(stay, row, kept.get(row.pk if row else None), holdings[0][0], moments)
        for holding, following in zip(holdings, [*holdings[1:], None], strict=True):
            part = _Part.of(parts.get(_key(stay.number, holding[0])), whole)
            if following is None:
                found.append(_line(stay, row, holding, time, part))
            else:
                found.append(_passed(stay, holding, following, until=_until(holding, events), time=time, part=part))
    return sorted(found, key=lambda line: line.began)


Holding = Sequence[ClockEvent]
"""The events of a stay while one agency had it, never none."""


def _holdings(stay: Stay, numbers: Sequence[int], events: Sequence[ClockEvent]) -> list[Holding]:
    """Return the stay as each agency had it: one, unless it passed to an heir, or was declined back to one."""
    own = [event for event, number in zip(events, numbers, strict=False) if number == stay.number] or [events[0]]
    return [list(group) for _, group in groupby(own, key=lambda event: event.agency_id)]


def _until(holding: Holding, events: Sequence[ClockEvent]) -> datetime:
    """Return until when an agency had it that had it no longer afterwards."""
    return next(event.at for event in events if event.sequence > holding[-1].sequence)


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
        step: Step | None = first.step
        promised = row.step_due_at if row else clockwork.step_due(step, first.agency_id, stay.began).due_at
        if stay.is_declined or stay.left is not None:
            return cls(promised, promised)
        pauses = rules.pauses_of(stay, rules.pauses(moments))
        due = clockwork.step_due(step, first.agency_id, stay.began, pauses).due_at
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


def _line(stay: Stay, row: HandOver | None, holding: Holding, time: _Time, part: _Part) -> StepLine:
    return StepLine(
        number=stay.number, who=_who(holding), person="" if stay.is_declined else _person(holding),
        began=holding[0].at, left=stay.left, promised=time.promised,
        due=time.due if time.due != time.promised else None, verdict=time.verdict, says=_says(stay, row, time),
        used=words.duration(part.minutes), share=part.share, late_share=part.late_share,
    )


def _passed(
    stay: Stay, holding: Holding, following: Holding, *, until: datetime, time: _Time, part: _Part
) -> StepLine:
    """Return the line of an agency that ended: what it had goes on elsewhere, and is judged there."""
    return StepLine(
        number=stay.number, who=_who(holding), person=_person(holding), began=holding[0].at, left=until,
        promised=time.promised, due=None, verdict="", says=f"chuyển sang {following[0].agency}",
        used=words.duration(part.minutes), share=part.share, late_share=part.late_share,
    )


def _who(holding: Holding) -> str:
    agency, step = holding[0].agency, holding[0].step
    return f"{agency} – {step.name}" if step else str(agency)


def _person(holding: Holding) -> str:
    return next((event.account.full_name for event in reversed(holding) if event.account), "")


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


def _key(stay: int, event: ClockEvent) -> str:
    return f"{stay}/{event.agency_id}"


def _parts(
    dossier: Dossier, numbers: Sequence[int], moments: Sequence[Moment], events: Sequence[ClockEvent], *,
    until: datetime, working: WorkingTime,
) -> dict[str, HolderShare]:
    """Return the working minutes of each agency in each stay, and its part of the delay."""
    spans = [
        ClockSpan(_key(number, event), span.began, span.until, span.counts)
        for span, number, event in zip(rules.spans(moments), numbers, events, strict=False)
    ]
    found = clock.holder_shares(spans, delay.missed(dossier, moments), until, working)
    return {share.holder: share for share in found}
