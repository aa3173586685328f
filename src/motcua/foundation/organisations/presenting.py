"""What the pages of the register tell at one glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.core import words
from motcua.foundation.law.types import TRUST_WORDS, Trust
from motcua.foundation.organisations import store
from motcua.foundation.organisations.models import Agency, AgencyState, RegisterEvent
from motcua.foundation.organisations.selectors import Branch, History, Relative
from motcua.foundation.organisations.types import Scheme, Share

SCHEMES = {
    Scheme.REGISTER: "Mã danh mục", Scheme.GSO: "Mã đơn vị hành chính (thống kê)",
    Scheme.QCVN: "Mã định danh kiểu cũ (QCVN 102:2016)", Scheme.D20: "Mã định danh (QĐ 20/2020/QĐ-TTg)",
}  # fmt: skip
HAPPENED = {
    "found": "Thành lập", "rename": "Đổi tên, đổi loại hình", "reparent": "Chuyển cơ quan cấp trên",
    "merge": "Nhập, hợp nhất", "adjust": "Điều chỉnh một phần", "split": "Chia, tách", "close": "Kết thúc hoạt động",
}  # fmt: skip


def flat(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield all branches, superiors first."""
    for branch in branches:
        yield branch
        yield from flat(branch.below)


def counts(by_kind: Counter[str]) -> list[tuple[str, int]]:
    """Return how many agencies of each kind are shown, in the order of the catalogue."""
    found = ((kind.name, by_kind[code]) for code, kind in store.catalogue().kinds.items() if by_kind[code])
    return [(name if name.startswith("UBND") else name.lower(), count) for name, count in found]


def stands_still(day: date) -> str:
    """Return the line that an exercise's screens carry whose register stands still on a day."""
    return f"Danh mục cơ quan của bài tập đứng ở ngày {day:%d/%m/%Y}; biến động được ghi theo ngày đó."


@dataclass(frozen=True, slots=True)
class Card:
    """An agency on the drawn line."""

    title: str
    public_id: str
    note: str
    is_part: bool
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the line: those who stood there, and the day on which they passed on to the next step."""

    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A period with what held in it, for the tables."""

    since: str
    until: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with the scheme it belongs to."""

    text: str
    scheme: str
    since: str
    until: str
    note: str


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on the page."""

    day: str
    text: str
    basis: str
    mark: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of an agency draws."""

    title: str
    answer: str
    is_ended: bool
    is_absent: bool
    """Whether the agency does not exist on the day of the page: it comes later, or is over."""
    stages: tuple[Stage, ...]
    states: tuple[Line, ...]
    codes: tuple[CodeLine, ...]
    happenings: tuple[Happening, ...]


def page(row: Agency, history: History, day: date) -> Page:
    """Return the page of an agency as of a day (2 queries)."""
    states = list(row.states.select_related("parent").order_by("valid_from"))
    shown = next((s for s in states if s.valid_from <= day and (s.valid_to is None or day < s.valid_to)), None)
    title = (shown or states[-1]).title or row.name
    return Page(
        title=title, answer=_answer(row, history, day), is_ended=row.valid_to is not None and row.valid_to <= day,
        is_absent=shown is None,
        stages=_stages(row, history, title, states),
        states=tuple(_state_line(state) for state in states),
        codes=tuple(_codes(history)), happenings=tuple(_happening(event, row) for event in history.events),
    )


def _answer(row: Agency, history: History, day: date) -> str:
    near = [relative.title for relative in history.after if relative.step == 1 and relative.day == row.valid_to]
    heirs = f" Nhiệm vụ chuyển về {', '.join(near)}." if near else ""
    if row.valid_from > day:
        return f"Bắt đầu hoạt động từ {words.day(row.valid_from)}, sau ngày đang xem."
    if row.valid_to is None:
        return f"Đang hoạt động, trong danh mục từ {words.day(row.valid_from)}."
    if row.valid_to <= day:
        return f"Đã kết thúc hoạt động từ {words.day(row.valid_to)}.{heirs}"
    return f"Đang hoạt động ở ngày {words.day(day)}; kết thúc từ {words.day(row.valid_to)}.{heirs}"


def _stages(row: Agency, history: History, title: str, states: Sequence[AgencyState]) -> tuple[Stage, ...]:
    """Return the line from the farthest predecessors through the agency itself to the farthest successors."""
    found = [_stage(history.before, step) for step in sorted({r.step for r in history.before}, reverse=True)]
    names = list(dict.fromkeys(state.title or state.name for state in states))
    former = f"trước là {', '.join(names[:-1])}; " if len(names) > 1 else ""
    own = Card(names[-1] if names else title, row.public_id, f"{former}{_life(row)}", is_part=False, is_self=True)
    found.append(Stage("", (own,)))
    found += [_stage(history.after, step) for step in sorted({r.step for r in history.after})]
    return tuple(found)


def _stage(relatives: Sequence[Relative], step: int) -> Stage:
    here = [relative for relative in relatives if relative.step == step]
    days = sorted({relative.day for relative in here})
    cards = tuple(
        Card(r.title, r.public_id, "" if len(days) == 1 else words.day(r.day), is_part=r.share == Share.PART)
        for r in here
    )
    return Stage(", ".join(words.day(day) for day in days), cards)


def _life(row: Agency) -> str:
    since = f"từ {words.day(row.valid_from)}"
    return f"{since} đến hết ngày trước {words.day(row.valid_to)}" if row.valid_to else since


def _state_line(state: AgencyState) -> Line:
    under = f"trực thuộc {state.parent.name}" if state.parent else "không có cấp trên"
    until = words.day(state.valid_to) if state.valid_to else "nay"
    return Line(words.day(state.valid_from), until, state.title or state.name, under)


def _codes(history: History) -> Iterator[CodeLine]:
    order = list(Scheme)
    for code in sorted(history.unit.codes, key=lambda code: (order.index(code.scheme), code.period.start)):
        until = words.day(code.period.end) if code.period.end else "nay"
        since = words.day(code.period.start)
        yield CodeLine(code.code, SCHEMES[code.scheme], since, until, TRUST_WORDS[code.trust])


def _happening(event: RegisterEvent, row: Agency) -> Happening:
    into = f" – vào {event.agency.name}" if event.agency_id != row.pk else ""
    trust = Trust(event.trust)
    mark = "" if trust in {Trust.LAW, Trust.SOURCE} else TRUST_WORDS[trust]
    return Happening(words.day(event.day), HAPPENED[event.what] + into, event.basis, mark)
