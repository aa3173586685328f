"""The plain structures that the UI kit draws: states, rows of a queue, steps, stories, entries of the menu.

Rooms fill them; `templatetags/kit.py` draws them. Nothing here reads a store or a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.foundation.core.words import remaining


class TimeState(StrEnum):
    """How a dossier stands against its due date. Each has a word, an icon and a pattern, never colour alone."""

    ON_TIME = "on-time"
    DUE_SOON = "due-soon"
    LATE = "late"
    SUSPENDED = "suspended"
    UNDETERMINED = "undetermined"
    DONE = "done"

    @property
    def word(self) -> str:
        return STATE_LOOKS[self][0]

    @property
    def icon(self) -> str:
        return STATE_LOOKS[self][1]


STATE_LOOKS: dict[TimeState, tuple[str, str]] = {
    TimeState.ON_TIME: ("Đúng hạn", "circle-check"),
    TimeState.DUE_SOON: ("Sắp đến hạn", "clock-exclamation"),
    TimeState.LATE: ("Quá hạn", "alert-triangle"),
    TimeState.SUSPENDED: ("Tạm dừng", "player-pause"),
    TimeState.UNDETERMINED: ("Chưa xác định thời hạn", "clock-question"),
    TimeState.DONE: ("Đã xong", "check"),
}


class Tone(StrEnum):
    """The colour of a notice, a toast or a badge; the icon says the same."""

    PLAIN = "plain"
    INK = "ink"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"

    @property
    def icon(self) -> str:
        return TONE_ICONS[self]


TONE_ICONS = {
    Tone.PLAIN: "info-circle",
    Tone.INK: "info-circle",
    Tone.GOOD: "circle-check",
    Tone.CARE: "alert-triangle",
    Tone.BAD: "alert-circle",
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A line of the departure board. `minutes` is the working time left (negative: late; None: not known);
    `share` is the part of the limit already used, 0 to 1. `key` makes the row tickable for work in bulk; `mark` is a
    short label that must not be missed."""

    code: str
    url: str
    what: str
    who: str
    where: str
    due: datetime | None
    state: TimeState
    minutes: int | None = None
    share: float | None = None
    key: str = ""
    note: str = ""
    mark: str = ""

    @property
    def left(self) -> str:
        """Return the remaining time in words; a stopped clock says so instead."""
        if self.state in (TimeState.SUSPENDED, TimeState.DONE):
            return self.state.word.lower()
        return remaining(self.minutes)

    @property
    def bar(self) -> float:
        """Return the length of the short bar, 0 to 1: what is left, or all of it once late."""
        if self.state is TimeState.LATE or self.share is None:
            return 1.0 if self.state is TimeState.LATE else 0.0
        return min(1.0, max(0.03, 1 - self.share))


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """A part of the board under one heading: "Hôm nay", "Tuần này", "Đang chờ người khác"."""

    title: str
    rows: Sequence[QueueRow]
    hint: str = ""


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of a stepper or of a dossier's path through agencies."""

    label: str
    state: StepState
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class StoryItem:
    """One thing that happened, newest first on the page. `holder` is who had it; `note` is one more sentence."""

    at: datetime
    text: str
    who: str = ""
    note: str = ""
    icon: str = "circle"
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value in a definition list; a long value takes the whole line, a code is set tabular."""

    name: str
    value: object
    hint: str = ""
    wide: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry as the shell draws it. `count` is shown beside it, as in "Việc của tôi 12"."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning over the whole page: a stopped worker, a cut connection, a declared outage."""

    text: str
    tone: Tone = Tone.CARE
    url: str = ""
    url_text: str = ""
