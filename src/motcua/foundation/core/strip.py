"""The clock strip: one horizontal line of working time, cut where the dossier changed hands.

The axis is working minutes since receipt, suspended ones included, so that what a citizen waited is what is drawn.
`lay_out` turns minutes into fractions of the axis; drawing them is the template's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.foundation.core.words import WORKING_DAY, duration

#: Widths of the strip, in pixels, at which a label is tried: phone, tablet, desk.
LABEL_WIDTHS = (("s", 320), ("m", 640), ("l", 1000))
LETTER = 7.2
TICKS_AT_MOST = 10


class SegmentKind(StrEnum):
    """What a segment of the line stands for."""

    HELD = "held"
    SUSPENDED = "suspended"
    AHEAD = "ahead"
    """From now to the due date: nobody has used it yet."""
    OPEN = "open"
    """After now where no due date is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """What happened: one holder held the dossier for so many working minutes. `note` says the step or the ground."""

    holder: str
    minutes: int
    suspended: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class StripSegment:
    """A piece of the line; `start` and `width` are fractions of the axis, `fits` the narrowest strip for its label."""

    number: int
    kind: SegmentKind
    holder: str
    note: str
    minutes: int
    start: float
    width: float
    fits: str = ""
    current: bool = False

    @property
    def middle(self) -> float:
        return self.start + self.width / 2

    @property
    def text(self) -> str:
        """Return the working time of the segment in words."""
        return duration(self.minutes)


@dataclass(frozen=True, slots=True)
class Tick:
    """The end of a working day on the axis."""

    at: float
    day: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A laid out strip. Fractions run from 0 (receipt) to 1; the widths of the segments sum to 1.

    `first_due` is the date promised at receipt and never moves; `due` is today's. `now` is None once finished.
    """

    segments: tuple[StripSegment, ...]
    first_due: float | None
    due: float | None
    now: float | None
    late_from: float | None
    late_to: float | None
    ticks: tuple[Tick, ...]
    total_minutes: int
    summary: str = ""
    first_due_text: str = ""
    due_text: str = ""
    now_text: str = ""
    start_text: str = ""

    @property
    def is_late(self) -> bool:
        return self.late_from is not None

    @property
    def late_width(self) -> float:
        """Return the share of the axis that is late."""
        return 0.0 if self.late_from is None or self.late_to is None else self.late_to - self.late_from

    @property
    def moved(self) -> bool:
        """Return whether the due date is no longer the first one."""
        return self.first_due is not None and self.first_due != self.due

    @property
    def held(self) -> tuple[StripSegment, ...]:
        """Return what really happened, for the table."""
        return tuple(segment for segment in self.segments if segment.holder)


@dataclass(frozen=True, slots=True)
class Captions:
    """The words beside the marks: dates as the person should read them."""

    start: str = ""
    first_due: str = ""
    due: str = ""
    now: str = ""


def lay_out(
    spans: Sequence[Span],
    *,
    first_due: int | None,
    due: int | None,
    finished: bool = False,
    captions: Captions | None = None,
    working_day: int = WORKING_DAY,
) -> Strip:
    """Lay out the strip; all numbers are working minutes since receipt, and `now` is the end of the last span.

    Raises ValueError for negative minutes or a due date without a first one: those are faults of the caller.
    """
    _check(spans, first_due, due)
    used = sum(span.minutes for span in spans)
    axis = max(used, first_due or 0, due or 0)
    if due is None and not finished:
        axis = max(axis + working_day, used * 5 // 4)
    axis = max(axis, 1)
    tail = _tail(axis - used, due)
    segments = _segments(spans, tail, axis, finished)
    late = due is not None and used > due
    words = captions or Captions()
    return Strip(
        segments=segments,
        first_due=None if first_due is None else first_due / axis,
        due=None if due is None else due / axis,
        now=None if finished else used / axis,
        late_from=due / axis if late and due is not None else None,
        late_to=used / axis if late else None,
        ticks=_ticks(axis, working_day),
        total_minutes=axis,
        summary=_summary(spans, used, due, finished, working_day),
        start_text=words.start,
        first_due_text=words.first_due,
        due_text=words.due,
        now_text=words.now,
    )


def _check(spans: Sequence[Span], first_due: int | None, due: int | None) -> None:
    if any(span.minutes < 0 for span in spans) or (first_due or 0) < 0 or (due or 0) < 0:
        raise ValueError("working minutes cannot be negative")
    if due is not None and first_due is None:
        raise ValueError("a due date without a first due date")


def _tail(minutes: int, due: int | None) -> list[tuple[SegmentKind, Span]]:
    kind = SegmentKind.OPEN if due is None else SegmentKind.AHEAD
    return [(kind, Span("", minutes))] if minutes > 0 else []


def _segments(
    spans: Sequence[Span], tail: list[tuple[SegmentKind, Span]], axis: int, finished: bool
) -> tuple[StripSegment, ...]:
    kinds = [(SegmentKind.SUSPENDED if span.suspended else SegmentKind.HELD, span) for span in spans] + tail
    segments: list[StripSegment] = []
    passed = 0
    for number, (kind, span) in enumerate(kinds, start=1):
        width = span.minutes / axis
        segments.append(
            StripSegment(
                number=number,
                kind=kind,
                holder=span.holder,
                note=span.note,
                minutes=span.minutes,
                start=passed / axis,
                width=width,
                fits=_fits(span.holder, width),
                current=not finished and number == len(spans),
            )
        )
        passed += span.minutes
    return tuple(segments)


def _fits(label: str, width: float) -> str:
    """Return the narrowest of the strip's widths at which the label stands inside its segment, or nothing."""
    needed = len(label) * LETTER + 16
    return next((name for name, pixels in LABEL_WIDTHS if label and width * pixels >= needed), "")


def _ticks(axis: int, working_day: int) -> tuple[Tick, ...]:
    days = axis // working_day
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100) if days <= step * TICKS_AT_MOST), days or 1)
    return tuple(Tick(day * working_day / axis, day) for day in range(step, days + 1, step))


def _summary(spans: Sequence[Span], used: int, due: int | None, finished: bool, working_day: int) -> str:
    """Return the strip in one sentence, for those who hear it."""
    holder = spans[-1].holder if spans else ""
    if finished:
        said = f"Đã xong sau {duration(used, working_day)} làm việc"
    else:
        said = f"{holder} đang giữ hồ sơ; đã dùng {duration(used, working_day)} làm việc"
    if due is None:
        return f"{said}; chưa xác định thời hạn."
    if used > due:
        return f"{said}; quá hạn {duration(used - due, working_day)}."
    return f"{said}; {'sớm' if finished else 'còn'} {duration(due - used, working_day)}."
