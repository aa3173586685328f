"""A draft as its review shows it: what has to be asked, and each row's words beside what was read of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from motcua.foundation.core import words
from motcua.foundation.core.looks import Fact
from motcua.foundation.organisations.names import fold
from motcua.steering.programme import storing
from motcua.steering.programme.correcting import corrected
from motcua.steering.programme.entering import anomaly_key, units
from motcua.steering.programme.kinds import Answers, Asked, Question
from motcua.steering.programme.models import Programme
from motcua.steering.programme.models import Task as Row
from motcua.steering.programme.reading.money import printed
from motcua.steering.programme.types import (
    Anomaly,
    AnomalyKind,
    Budget,
    BudgetState,
    Period,
    Reading,
    Recurrence,
    Task,
    Unit,
    UnitKind,
)
from motcua.steering.programme.unfolding import frame_of, unfolded
from motcua.steering.programme.words import ANOMALY_WORDS

RECURRENCE_WORDS = {
    Recurrence.ONCE: "một lần", Recurrence.SPAN: "trong các năm", Recurrence.ANNUAL: "mỗi năm",
    Recurrence.CONTINUOUS: "thường xuyên, xác nhận mỗi năm", Recurrence.CONDITIONAL: "chờ điều kiện",
    Recurrence.NOT_STATED: "không ghi",
}
UNIT_WORDS = {
    UnitKind.AGENCY: "", UnitKind.CLASS: "nhóm cơ quan", UnitKind.BODY: "tổ chức phối hợp",
    UnitKind.OUTSIDE: "ngoài danh mục cơ quan", UnitKind.UNRESOLVED: "chưa xác định",
}
#: What a note is asked about; the rest has a question of its own, or is only told.
NOTED = frozenset(AnomalyKind) - {AnomalyKind.UNIT_UNRESOLVED, AnomalyKind.ROW_WITHOUT_PERIOD}


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that the register does not know, and the rows where it stands."""

    key: str
    name: str
    rows: tuple[str, ...]
    codes: tuple[str, ...] | None
    """What the steward chose; None where he has not answered, () where nobody of the register is meant."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that disagrees, and what was found out about it."""

    key: str
    words: str
    where: str
    text: str
    values: tuple[str, ...]
    note: str
    place: str
    """Where it stands, in words."""


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit in words."""

    name: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row: its printed cells, what was read, and what is asked about it."""

    task: Task
    period: str
    budget: str
    lead: tuple[UnitShown, ...]
    coordinating: tuple[UnitShown, ...]
    is_recut: bool
    questions: tuple[Question, ...] = ()
    oddities: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether somebody should look at it."""
        return bool(self.questions or self.oddities)


@dataclass(frozen=True, slots=True)
class Review:
    """All that the page shows."""

    reading: Reading
    names: tuple[OpenName, ...]
    noted: tuple[Noted, ...]
    groups: tuple[tuple[str, tuple[RowShown, ...]], ...]
    asked: dict[str, tuple[Question, ...]] = field(default_factory=dict)

    @property
    def open_count(self) -> int:
        """Return how much waits for an answer."""
        names = sum(name.codes is None for name in self.names)
        return names + sum(map(len, self.asked.values())) + sum(not one.note for one in self.noted)


def review_of(programme: Programme) -> Review:
    """Return the review of a draft (4 queries, 6 more where cells were laid out anew)."""
    answers = storing.answers_of(programme.answers)
    stored = storing.reading_of(programme.readings.get(is_current=True).content)
    reading = corrected(stored, answers)
    asked = dict(_asked(programme, programme.tasks.all(), answers))
    noted = tuple(_noted(reading.anomalies, answers))
    groups: dict[str, list[RowShown]] = {}
    for task in reading.tasks:
        odd = tuple(one.words for one in noted if task.uid in one.where.replace(",", " ").split() and not one.note)
        groups.setdefault(task.group, []).append(_row(task, answers, asked.get(task.uid, ()), odd))
    return Review(
        reading, tuple(_open_names(reading, answers)), noted,
        tuple((name, tuple(rows)) for name, rows in groups.items()), asked,
    )


def facts_of(review: Review, programme: Programme) -> list[Fact]:
    """Return the head of the document as facts; what was not found says so, what was set by hand says what was read."""
    header = review.reading.header
    totals = review.reading.totals
    years = f"{header.first_year}–{header.last_year}" if header.first_year else ""
    found = [
        _fact("Số văn bản", programme.number, header.number),
        _fact("Cơ quan ban hành", programme.issuing_body, header.issuing_body),
        _fact("Ngày ban hành", _day(programme.issued_on), _day(header.issue_date)),
        Fact("Có hiệu lực", words.day(header.effective_date) if header.effective_date else "không thấy"),
        _fact("Người ký", programme.signer, header.signer, hint=header.signer_office.capitalize()),
        Fact("Hiệu lực", header.status or "văn bản không ghi"),
        _fact("Các năm", f"{programme.first_year}–{programme.last_year}" if programme.first_year else "", years),
        Fact("Tổng các dòng", printed(totals.sum_vnd)),
    ]
    if totals.printed_vnd is not None:
        apart = totals.difference_vnd or 0
        hint = "khớp với tổng các dòng" if not apart else f"lệch {printed(abs(apart))} so với tổng các dòng"
        found.append(Fact("Tổng in trong văn bản", printed(totals.printed_vnd), hint=hint))
    return found


def _day(day: date | None) -> str:
    return words.day(day) if day else ""


def _fact(label: str, held: str, read: str, hint: str = "") -> Fact:
    return Fact(label, held or "không thấy", hint=f"máy đọc là {read or '(không thấy)'}" if held != read else hint)


def name_key(name: str) -> str:
    """Return a short key of a name, for a form's field."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:12]


def _open_names(reading: Reading, answers: Answers) -> Iterator[OpenName]:
    found: dict[str, tuple[str, list[str]]] = {}
    for task in reading.tasks:
        for unit in units(task):
            if unit.kind is UnitKind.UNRESOLVED:
                found.setdefault(fold(unit.name), (unit.name, []))[1].append(task.uid)
    chosen = {fold(name): codes for name, codes in answers.units.items()}
    for folded, (name, rows) in found.items():
        yield OpenName(name_key(name), name, tuple(dict.fromkeys(rows)), chosen.get(folded))


def _asked(programme: Programme, rows: Iterable[Row], answers: Answers) -> Iterator[tuple[str, tuple[Question, ...]]]:
    if programme.issued_on is None or not programme.years:
        return
    frame = frame_of(programme)
    for row in rows:
        found = tuple(one for one in unfolded(row, frame, answers).questions if one.kind is not Asked.NO_AGENCY)
        if found:
            yield row.uid, found


def _noted(anomalies: Iterable[Anomaly], answers: Answers) -> Iterator[Noted]:
    for one in anomalies:
        if one.kind in NOTED:
            key = anomaly_key(one)
            place = f"dòng {one.where.replace('#', ' – lần ')}" if one.where[:1].isdigit() else one.where
            yield Noted(
                key, ANOMALY_WORDS[one.kind], one.where, one.text, one.values, answers.settled.get(key, ""), place
            )


def _row(task: Task, answers: Answers, questions: tuple[Question, ...], odd: tuple[str, ...]) -> RowShown:
    chosen = {fold(name): codes for name, codes in answers.units.items()}
    return RowShown(
        task, period_words(task.period), budget_words(task.budget),
        tuple(_unit(unit, chosen) for unit in task.lead_units),
        tuple(_unit(unit, chosen) for unit in task.coordinating_units), task.uid in answers.cells, questions, odd,
    )


def _unit(unit: Unit, chosen: dict[str, tuple[str, ...]]) -> UnitShown:
    if unit.kind is UnitKind.UNRESOLVED and fold(unit.name) in chosen:
        codes = chosen[fold(unit.name)]
        return UnitShown(unit.name, f"đã chọn {len(codes)} cơ quan" if codes else "ngoài danh mục cơ quan", "plain")
    words = UNIT_WORDS[unit.kind]
    if unit.kind is UnitKind.CLASS:
        words = f"{len(unit.ids)} cơ quan" if unit.ids else words
    return UnitShown(unit.name, words, "care" if unit.kind is UnitKind.UNRESOLVED else "plain")


def period_words(period: Period) -> str:
    """Return the reading of a period in words."""
    words = RECURRENCE_WORDS[period.recurrence]
    if period.start_year and period.recurrence is Recurrence.ONCE:
        words = f"một lần, năm {period.start_year}"
    elif period.start_year:
        words += f" {period.start_year}" + (f"–{period.end_year}" if period.end_year else " trở đi")
    if period.due is not None:
        day = f"{period.due.day}/{period.due.month}" if period.due.day else f"tháng {period.due.month}"
        words += f", trước ngày {day}" if period.due.strictly_before else f", chậm nhất {day}"
    return words


def budget_words(budget: Budget) -> str:
    """Return the reading of a money cell in words: an amount, by rule, blank or not read are four things."""
    if budget.state is BudgetState.BLANK:
        return "để trống"
    if budget.state is BudgetState.BY_RULE:
        return "theo mức quy định, không có con số"
    parts = [printed(budget.amount_vnd)] if budget.amount_vnd is not None else []
    if budget.per_year_vnd:
        parts.append(f"mỗi năm {printed(budget.per_year_vnd)}")
    return ", ".join(parts) or "có chữ nhưng chưa đọc được số tiền"
