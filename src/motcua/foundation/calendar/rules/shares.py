"""Who held the dossier for how long, and whose the delay is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from motcua.foundation.calendar.rules.working_time import WorkingTime
from motcua.foundation.calendar.types import HolderShare, Span


def holder_shares(
    spans: Iterable[Span], due_at: datetime | None, until: datetime, working_time: WorkingTime
) -> tuple[HolderShare, ...]:
    """Return each holder's working minutes up to `until`, and his part of those after the due date.

    Holders stand in the order in which they first held it. Spans that do not count (the clock stood) add nothing. The
    shares of a late dossier sum to exactly 1; without delay they are all 0. Raises `OutsideCalendar`.
    """
    end = working_time.minute(until)
    late_from = None if due_at is None else working_time.elapsed(working_time.minute(due_at))
    held: dict[str, list[int]] = {}
    for span in spans:
        minutes = held.setdefault(span.holder, [0, 0])
        if not span.counts:
            continue
        began = working_time.elapsed(min(end, working_time.minute(span.began)))
        ended = working_time.elapsed(end if span.ended is None else min(end, working_time.minute(span.ended)))
        minutes[0] += max(0, ended - began)
        if late_from is not None:
            minutes[1] += max(0, ended - max(began, late_from))
    delay = sum(late for _, late in held.values())
    return tuple(
        HolderShare(holder, total, late, Fraction(late, delay) if delay else Fraction(0))
        for holder, (total, late) in held.items()
    )
