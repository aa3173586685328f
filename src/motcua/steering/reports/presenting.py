"""What one glance must tell: how a report stands, its figures with both sides, what may be done now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from motcua.foundation.core import time, words
from motcua.foundation.core.looks import Fact, StoryItem, TimeState, Tone
from motcua.foundation.core.policies import Actor
from motcua.steering.reports import rules, selectors
from motcua.steering.reports.content import Content, Part, Said
from motcua.steering.reports.documents.sheet import DIFFERENT, columns, notes_of, remarks, row_of
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.policies import REPORTS, states_for
from motcua.steering.reports.regimes import forms, regimes
from motcua.steering.reports.selectors import Board, Shown
from motcua.steering.reports.types import CellKind, Occasion, Rank, RemarkKind, State

SOON = 3
"""Days before the due date from which a report is about to be late."""


@dataclass(frozen=True, slots=True)
class Line:
    """A report in a list: how it stands against its day."""

    report: Report
    look: TimeState
    words: str
    url: str


def line(report: Report, today: date) -> Line:
    """Return a report as a list shows it."""
    look, said = _standing(report, today)
    return Line(report, look, said, reverse("report", args=[report.public_id]))


def _standing(report: Report, today: date) -> tuple[TimeState, str]:
    left = (report.due_on - today).days
    if report.is_counted:
        late = report.days_late(time.local_day(report.sent_at)) if report.sent_at else 0
        said = report.state_label.lower()
        if getattr(report, "is_behind", False):
            return TimeState.DUE_SOON, f"{said}, cần đính chính: đơn vị dưới đã thay đổi báo cáo sau khi tổng hợp"
        return TimeState.DONE, f"{said}, muộn {late} ngày" if late else said
    if left < 0:
        return TimeState.LATE, f"quá hạn {-left} ngày"
    if left <= SOON:
        return TimeState.DUE_SOON, f"còn {left} ngày" if left else "đến hạn hôm nay"
    return TimeState.ON_TIME, f"còn {left} ngày"


def lines(reports: Iterable[Report]) -> list[Line]:
    """Return reports as a list shows them."""
    today = time.today()
    return [line(report, today) for report in reports]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure on the report's page."""

    code: str
    name: str
    unit: str
    first: str
    second: str
    notes: tuple[str, ...]
    url: str
    differs: bool
    is_contested: bool
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the form on the page: its figures, and its texts as they stand."""

    title: str
    rows: tuple[FigureRow, ...]
    texts: tuple[tuple[str, str], ...]


def blocks(report: Report, content: Content) -> list[Block]:
    """Return the report part by part."""
    found = []
    for section in content.form.sections:
        figures = [said for cell in section.cells if (said := content.figure(cell.code)) is not None]
        rows = tuple(_row(report, said, content.cover) for said in figures)
        texts = tuple((cell.name, content.texts.get(cell.code, "")) for cell in section.cells if not cell.is_figure)
        found.append(Block(section.title, rows, texts))
    return found


def _row(report: Report, said: Said, cover: tuple[int, int] = (0, 0)) -> FigureRow:
    row = row_of(said)
    is_manual = said.cell.kind is CellKind.MANUAL
    return FigureRow(
        said.cell.code, said.cell.name, said.cell.unit, row.first_words, row.second_words,
        tuple(note for note in notes_of(said, cover) if note and note != DIFFERENT),
        reverse("report-cell", args=[report.public_id, said.cell.code]), said.differs,
        said.stated is not None and not is_manual, date.fromisoformat(said.as_of) if said.as_of else None,
    )


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one report."""

    report: Report
    line: Line
    blocks: Sequence[Block]
    columns: tuple[str, str]
    remarks: Sequence[str]
    missing: Sequence[Part]
    parts: int
    cover: tuple[int, int]
    story: Sequence[StoryItem]
    may: frozenset[str] = field(default_factory=frozenset)

    @property
    def missing_words(self) -> str:
        return f"{len(self.missing)}/{self.parts} đơn vị chưa gửi"


VERBS = (
    "report.write", "report.contest", "report.refresh", "report.send", "report.correct", "report.receive",
    "report.give_back",
)


def page(actor: Actor, report: Report, shown: Shown) -> Page:
    """Return a report's page for a person."""
    state, content = State(report.state), shown.content
    may = frozenset(
        verb.partition(".")[2] for verb in VERBS if state in states_for(verb) and REPORTS.may(actor, verb, report)
    )
    return Page(
        report, line(report, time.today()), blocks(report, content), columns(content), tuple(remarks(content)),
        content.missing, len(content.parts), content.cover, story(report, sent_only=shown.hides(report)), may,
    )


_TOLD = {
    RemarkKind.CONTEST: ("Nêu số của đơn vị", "flag", Tone.CARE),
    RemarkKind.RETURN: ("Cấp trên trả lại", "arrow-back-up", Tone.BAD),
    RemarkKind.CORRECT: ("Mở đính chính", "edit", Tone.CARE),
}


def story(report: Report, *, sent_only: bool = False) -> list[StoryItem]:
    """Return what happened with a report, newest first (2 queries); `sent_only` leaves out what no version told."""
    versions = list(report.editions.select_related("signer"))
    found = [
        StoryItem(
            one.sent_at, f"Đã ký gửi phiên bản {one.number}, số {one.code}", one.signer.full_name,
            f"Mã kiểm tra {one.sha256[:16]}", "send", Tone.GOOD,
        )
        for one in versions
    ]
    for remark in report.remarks.select_related("note", "signer"):
        if sent_only and remark.what == RemarkKind.CONTEST and not any(one.tells(remark) for one in versions):
            continue
        text, icon, tone = _TOLD[RemarkKind(remark.what)]
        cell = f" (ô {remark.cell}: {words.number(remark.value)})" if remark.cell else ""
        is_over = remark.ended_at is not None and not (sent_only and versions[-1].tells(remark))
        ended = " – đã thôi" if is_over else ""
        who = remark.signer.full_name if remark.signer else "hệ thống"
        found.append(StoryItem(remark.at, f"{text}{cell}{ended}", who, remark.note.words, icon, tone))
    return sorted(found, key=lambda item: item.at, reverse=True)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the roll-up: whether its report is in, and its figures."""

    name: str
    state: str
    url: str
    is_in: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RollUp:
    """A roll-up: a line a unit, the sum of what units sent, the registry's own numbers, and the texts."""

    heads: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    units: Sequence[UnitRow]
    sums: tuple[str, ...]
    covers: tuple[str, ...]
    registry: tuple[str, ...]
    texts: Sequence[tuple[str, Sequence[tuple[str, str]]]]

    @property
    def width(self) -> int:
        """How many columns stand behind a unit's name."""
        return len(self.heads) + 1


def roll_up(content: Content) -> RollUp:
    """Return the roll-up of a report that gathers others."""
    figures = content.figures
    heads = tuple((said.cell.code, said.cell.name) for said in figures)
    own = {said.cell.code: said.own if said.stated is None else said.stated for said in figures}
    units = [
        UnitRow(
            part.unit, State(part.state).label, reverse("report", args=[part.report]), part.is_in,
            tuple(row_of(said).spelled(part.sums.get(said.cell.code, rules.NO_SUM).value) for said in figures),
        )
        for part in content.parts
    ]  # fmt: skip
    texts = [
        (cell.name, [(part.unit, text) for part in content.parts if (text := part.texts.get(cell.code, "").strip())])
        for cell in content.form.texts
    ]
    return RollUp(
        heads, tuple(row_of(said).spelled(own[said.cell.code]) for said in figures), units,
        tuple(row_of(said).first_words for said in figures),
        tuple(f"{said.sum.counted}/{said.sum.expected}" if said.adds else "" for said in figures),
        tuple(row_of(said).second_words for said in figures),
        [(name, found) for name, found in texts if found],
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The units that report to one, and how many of them have sent."""

    title: str
    lines: Sequence[Line]
    sent: int
    late: int

    @property
    def late_words(self) -> str:
        return f"{self.late} quá hạn"


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board of a period."""

    period: Period
    total: int
    sent: int
    late: Sequence[Line]
    groups: Sequence[Group]
    top: Line | None


def board_page(board: Board) -> BoardPage:
    """Return the board: late units first, then unit by unit under whom they report to."""
    by_above: dict[int | None, list[Report]] = {}
    for report in board.reports:
        by_above.setdefault(report.above_id, []).append(report)
    groups = [_group(report, by_above[report.pk], board) for report in board.reports if report.pk in by_above]
    top = line(board.top, board.today) if board.top else None
    return BoardPage(board.period, len(board.reports), len(board.sent), lines(board.late), groups, top)


def _group(above: Report, below: Sequence[Report], board: Board) -> Group:
    late = {report.pk for report in board.late}
    return Group(
        f"Gửi {above.drafter.name}", lines(below), sum(report.is_counted for report in below),
        sum(report.pk in late for report in below),
    )


def desk_page(actor: Actor) -> dict[str, Sequence[Line]]:
    """Return the lists of a person's desk."""
    found = selectors.desk(actor)
    return {"owed": lines(found.owed), "waiting": lines(found.waiting), "sent": lines(found.sent)}


def cell_row(report: Report, said: Said) -> FigureRow:
    """Return a figure for the page of its own."""
    return _row(report, said)


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """A report of the year with its days."""

    name: str
    first: date
    last: date
    below: date
    direct: date
    top: date


@dataclass(frozen=True, slots=True)
class RegimeView:
    """A regime on its page."""

    name: str
    facts: Sequence[Fact]
    rows: Sequence[OccasionRow]
    is_default: bool


def regimes_page(today: date) -> dict[str, Any]:
    """Return the regimes in force with the days of this year."""
    found = []
    for regime in regimes().values():
        version = regime.on(today)
        if version is not None:
            facts = (
                Fact("Căn cứ", version.basis), Fact("Ai mở kỳ", regime.opened_by.label),
                Fact("Nơi nhận cuối", ", ".join(version.outside)), Fact("Biểu", forms()[regime.form].name),
            )
            rows = [_occasion(one, today.year) for one in version.occasions]
            found.append(RegimeView(regime.name, facts, rows, version.trust != "law"))
    return {"year": today.year, "regimes": found}


def _occasion(occasion: Occasion, year: int) -> OccasionRow:
    found = rules.window(occasion, year)
    return OccasionRow(
        f"Báo cáo {occasion.name}", found.first, found.last, found.due[Rank.BELOW], found.due[Rank.DIRECT],
        found.due[Rank.TOP],
    )
