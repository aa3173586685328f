"""Whose a delay is, in words and as a short bar each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.calendar.types import HolderShare, Unit, Verdict
from motcua.foundation.calendar.types import Span as ClockSpan
from motcua.foundation.core import words
from motcua.service.dossiers import clockwork, rules
from motcua.service.dossiers.models import ClockEvent, Dossier
from motcua.service.dossiers.presenting.line import holder_names, names_of
from motcua.service.dossiers.types import Happening, Holder, Moment


@dataclass(frozen=True, slots=True)
class Part:
    """One holder's part of the delay: `share` is 0 to 1."""

    name: str
    time: str
    share: float


def shares(dossier: Dossier, moments: Sequence[Moment], now: datetime, working: WorkingTime) -> tuple[HolderShare, ...]:
    """Return each holder's working minutes and his part of the delay, up to finishing or now."""
    spans = [
        ClockSpan(f"{span.holder}|{span.holder_key}", span.began, span.until, span.counts)
        for span in rules.spans(moments)
    ]
    return clock.holder_shares(spans, missed(dossier, moments), dossier.finished_at or now, working)


def missed(dossier: Dossier, moments: Sequence[Moment]) -> datetime | None:
    """Return the due date that was missed: of a dossier late before a suspension, the one that stood until then."""
    for number, moment in enumerate(moments) if dossier.ran_out else ():
        if moment.what is Happening.SUSPEND:
            stood = clockwork.due_of(dossier, list(moments[:number])).due_at
            if clock.judge(moment.at, stood, Unit(dossier.limit_unit)) is Verdict.LATE:
                return stood
    return dossier.due_at


def parts(
    dossier: Dossier, moments: Sequence[Moment], events: Sequence[ClockEvent], now: datetime, working: WorkingTime
) -> list[Part]:
    """Return the parts of a delay, the greatest first; nothing for a dossier that is not late."""
    names = names_of(events)
    found = []
    for share in shares(dossier, moments, now, working):
        if share.late_minutes:
            kind, _, key = share.holder.partition("|")
            who, step = holder_names(Holder(kind), key, names)
            name = f"{who} – {step}" if step else who
            found.append(Part(name, words.duration(share.late_minutes), float(share.late_share)))
    return sorted(found, key=lambda part: -part.share)
