"""The clock strip of a dossier: working time since receipt, cut where it changed hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.core import strip, words
from motcua.foundation.core.strip import Captions, Strip
from motcua.service.dossiers import clockwork, rules
from motcua.service.dossiers.models import ClockEvent, Dossier
from motcua.service.dossiers.types import Ground, Holder, Moment, Span, State

Names = Mapping[str, tuple[str, str]]
"""Agency and step by a holder's key."""
OUTSIDE = frozenset({Holder.CITIZEN, Holder.PAYMENT, Holder.OTHER_AGENCY})
"""Whom an agency waits for."""


def names_of(events: Sequence[ClockEvent]) -> Names:
    """Return how each holder is called, from events whose agency and step are loaded."""
    return {
        clockwork.holder_key(event.agency_id, event.step_id): (event.agency.name, event.step.name if event.step else "")
        for event in events
    }


def laid_out(
    dossier: Dossier, moments: Sequence[Moment], events: Sequence[ClockEvent], now: datetime, working: WorkingTime
) -> Strip:
    """Return the strip, up to the end of processing or to now."""
    finished = not State(dossier.state).is_open
    names, grounds = names_of(events), {event.at: event.ground for event in events if event.ground}
    until = dossier.finished_at or now
    spans = [_span(span, names, grounds, until, working) for span in joined(rules.spans(moments))]
    return strip.lay_out(
        spans, first_due=_from_receipt(dossier, dossier.first_due_at, working), finished=finished,
        due=_from_receipt(dossier, dossier.due_at or (dossier.first_due_at if finished else None), working),
        captions=Captions(
            start=words.moment(dossier.received_at), now=f"bây giờ {words.short(now)}",
            first_due=words.short(dossier.first_due_at) if dossier.first_due_at else "",
            due=words.short(dossier.due_at) if dossier.due_at else "",
        ),
    )


def joined(spans: Sequence[Span]) -> list[Span]:
    """Return the spans with neighbours of one holder made one: taking over and accepting is one holding.

    Whoever outside is waited for stays the same when the agency that waits passes to its heir.
    """
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last and _who(last) == _who(span):
            found[-1] = Span(last.holder, last.holder_key, last.began, span.until, last.counts)
        else:
            found.append(span)
    return found


def _who(span: Span) -> tuple[Holder, str, bool]:
    return span.holder, "" if span.holder in OUTSIDE else span.holder_key, span.counts


def holder_names(span_holder: Holder, key: str, names: Names) -> tuple[str, str]:
    """Return who a holder is and what for: an agency and its step, or somebody outside whom it waits for."""
    agency, step = names.get(key, ("", ""))
    if span_holder in OUTSIDE:
        return span_holder.label, ""
    return agency, step


def _span(
    span: Span, names: Names, grounds: Mapping[datetime, str], until: datetime, working: WorkingTime
) -> strip.Span:
    holder, step = holder_names(span.holder, span.holder_key, names)
    ground = grounds.get(span.began, "")
    minutes = working.minutes_between(span.began, span.until or max(until, span.began))
    name = f"{holder} – {step}" if step else holder
    return strip.Span(name, max(0, minutes), suspended=not span.counts, note=Ground(ground).label if ground else "")


def _from_receipt(dossier: Dossier, instant: datetime | None, working: WorkingTime) -> int | None:
    return None if instant is None else max(0, working.minutes_between(dossier.received_at, instant))
