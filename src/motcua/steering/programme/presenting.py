"""What one glance must tell: looks of states, figures of the board, filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from motcua.foundation.core import words
from motcua.foundation.core.looks import Tone
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.kinds import Part, State
from motcua.steering.programme.models import TaskGroup
from motcua.steering.programme.selectors.lines import DueNow, Line

LOOKS: Mapping[State, tuple[Tone, str]] = {
    State.LATE: (Tone.BAD, "alert-triangle"), State.OPEN: (Tone.INK, "progress-check"),
    State.WAITING: (Tone.PLAIN, "player-pause"), State.SUBMITTED: (Tone.CARE, "send"),
    State.ISSUED: (Tone.GOOD, "file-check"), State.ACCEPTED: (Tone.GOOD, "circle-check"),
    State.NOT_DUE: (Tone.PLAIN, "calendar"), State.DROPPED: (Tone.PLAIN, "ban"),
}
#: In the order of the figures; what has no occurrence is asked.
SHOWN = (
    State.LATE, State.OPEN, State.WAITING, State.SUBMITTED, State.ISSUED, State.ACCEPTED, State.NOT_DUE, State.DROPPED,
)
ASKED, UNTOLD = "asked", "untold"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state as a badge."""

    text: str
    tone: Tone
    icon: str


def badge(state: State | None) -> Badge:
    """Return how a state looks; without one the row has still to be asked about."""
    if state is None:
        return Badge("Chưa xác định kỳ hạn", Tone.PLAIN, "help-circle")
    tone, icon = LOOKS[state]
    return Badge(state.label, tone, icon)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as lists show it."""

    line: Line
    badge: Badge
    said: str
    """When it is due, how late it is, or who holds it."""


def rows(lines: Iterable[Line]) -> list[Row]:
    """Return lines as rows of a list."""
    return [Row(line, badge(line.state), said_of(line.now)) for line in lines]


def said_of(due: DueNow | None) -> str:
    """Return in words when something is due, or who has had it since when."""
    if due is None:
        return "Cần trả lời câu hỏi về thời hạn"
    share = next((one for one in due.shares if one.standing.state is due.state), None)
    since = share.standing.since if share else due.occurrence.opens_on
    day = words.day(due.due_on) if due.due_on else ""
    many = f" · {due.done}/{len(due.shares)} cơ quan xong" if len(due.shares) > 1 else ""
    match due.state:
        case State.LATE:
            return f"Hạn {day}, quá {due.days_late} ngày{many}"
        case State.OPEN | State.NOT_DUE:
            return (f"Hạn {day}" if day else "Chưa có hạn") + many
        case State.SUBMITTED:
            last = share.last if share else None
            whom = last.to.name if last and last.to else "Cấp có thẩm quyền"
            return f"{whom} giữ từ {words.day(since)}{many}"
        case State.WAITING:
            return f"Chờ từ {words.day(since)}, không tính quá hạn"
        case _:
            return f"Từ {words.day(since)}{many}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the board is filtered by. `state` is a state, `untold` for rows without any, `asked` for open questions."""

    group: str = ""
    agency: str = ""
    state: str = ""

    def query(self, **other: str) -> str:
        """Return the filter as a query, with something chosen otherwise."""
        chosen = {"nhom": self.group, "co-quan": self.agency, "tinh-trang": self.state, **other}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the board and the rows it opens to."""

    label: str
    count: int
    href: str
    tone: Tone
    chosen: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the annex with those of its rows that are shown."""

    name: str
    rows: Sequence[Row]
    done: int


@dataclass(frozen=True, slots=True)
class Board:
    """The board: figures over all rows, and the rows that are chosen, by group."""

    day: date
    figures: Sequence[Figure]
    sections: Sequence[Section]
    groups: Sequence[TaskGroup]
    leads: Sequence[Agency]
    chosen: Chosen
    count: int
    total: int


def board(lines: Sequence[Line], chosen: Chosen, day: date) -> Board:
    """Return the board of these rows."""
    within = [line for line in lines if _fits(line, chosen)]
    shown = [line for line in within if not chosen.state or key_of(line, chosen.state)]
    groups = list(dict.fromkeys(line.task.group for line in lines))
    leads = {one.agency for line in lines for one in line.leads if one.agency is not None}
    sections = []
    for group in groups:
        mine = [line for line in shown if line.task.group_id == group.pk]
        if mine:
            sections.append(Section(group.name, rows(mine), sum(line.state is State.ACCEPTED for line in mine)))
    return Board(
        day, figures(within, chosen), sections, groups, sorted(leads, key=lambda agency: agency.name), chosen,
        len(shown), len(lines),
    )


def key_of(line: Line, state: str) -> bool:
    """Return whether a row belongs to a figure."""
    if state == ASKED:
        return bool(line.questions)
    return line.state is None if state == UNTOLD else line.state is not None and line.state.value == state


def _fits(line: Line, chosen: Chosen) -> bool:
    in_group = not chosen.group or str(line.task.group_id) == chosen.group
    mine = not chosen.agency or any(
        one.agency is not None and one.agency.public_id == chosen.agency and one.part == Part.LEAD for one in line.leads
    )
    return in_group and mine


def figures(lines: Sequence[Line], chosen: Chosen) -> list[Figure]:
    """Return how many rows stand in each state; each opens to them, and pressed again to all."""
    found = []
    for state in SHOWN:
        count = sum(key_of(line, state.value) for line in lines)
        if count or chosen.state == state:
            found.append(_figure(state.value, state.label, count, LOOKS[state][0], chosen))
    untold = sum(line.state is None for line in lines)
    if untold or chosen.state == UNTOLD:
        found.append(_figure(UNTOLD, badge(None).text, untold, Tone.PLAIN, chosen))
    asked = sum(bool(line.questions) for line in lines)
    if asked or chosen.state == ASKED:
        found.append(_figure(ASKED, "Có câu hỏi chưa trả lời", asked, Tone.CARE, chosen))
    return found


def _figure(key: str, label: str, count: int, tone: Tone, chosen: Chosen) -> Figure:
    is_chosen = chosen.state == key
    href = chosen.query(**{"tinh-trang": "" if is_chosen else key})
    return Figure(label, count, href, tone if tone is Tone.BAD and count else Tone.PLAIN, is_chosen)
