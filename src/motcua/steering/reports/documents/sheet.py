"""What a report says on paper: plain values, ready to be set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.foundation.core import time, words
from motcua.foundation.core.settings_rows import exercise_note
from motcua.steering.reports import content as contents
from motcua.steering.reports import rules, signing
from motcua.steering.reports.content import Content, Said
from motcua.steering.reports.models import Edition, Period, Report
from motcua.steering.reports.types import CellKind, Contested, PeriodKind, State

_CALLED = re.compile(r"^báo cáo\s+(?:đột xuất\s+|chuyên đề\s+)?", re.IGNORECASE)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Cover = tuple[int, int]
UNKNOWN = "chưa rõ"
NO_SUM = "không cộng"
DIFFERENT = "hai số khác nhau"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of figures. `first` and `second` are the two sides as its heading names them."""

    code: str
    name: str
    unit: str
    first: Decimal | None
    second: Decimal | None
    note: str
    is_share: bool = False
    is_typed: bool = False
    adds: bool = True

    @property
    def first_words(self) -> str:
        """The side of the units as it is printed."""
        return self.spelled(self.first) if self.adds else NO_SUM

    @property
    def second_words(self) -> str:
        """The registry's side; what is typed has none."""
        return "" if self.is_typed else self.spelled(self.second)

    def spelled(self, value: Decimal | None) -> str:
        """Return a figure as it is printed."""
        if value is None:
            return UNKNOWN
        return f"{words.number(value, 1)}%" if self.is_share else words.number(value)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: paragraphs with what they are called, and a table of figures."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit whose report was taken up, for the annex."""

    name: str
    state: str
    figures: Mapping[str, Decimal | None]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands around a report's content: its heading and signature, number, times, and what is said of the copy."""

    seal: Mapping[str, Any]
    number: str
    at: datetime
    filled: datetime
    as_of: str
    mark: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is printed of a report."""

    file: str
    heading: tuple[tuple[str, bool], ...]
    number: str
    place_date: str
    abstract: str
    opening: tuple[str, ...]
    columns: tuple[str, str]
    parts: tuple[Part, ...]
    remarks: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str
    exercise: str
    mark: str
    at: datetime
    units: tuple[UnitLine, ...] = ()
    contested: tuple[Contested, ...] = ()


def of_edition(report: Report, edition: Edition) -> Sheet:
    """Return a version as it was sent, from its frozen bytes alone."""
    kept = edition.content
    content = contents.thawed(report.period.shape, kept)
    at = EPOCH + timedelta(microseconds=kept["sent_at"])
    filled = EPOCH + timedelta(microseconds=kept["filled_at"])
    number = f"Số: {kept['number']}"
    mark = f"Phiên bản {edition.number}, mã kiểm tra {edition.sha256[:16]}"
    stamp = Stamp(kept["signature"], number, at, filled, kept["as_of"], mark, str(edition.number))
    return _sheet(report, content, stamp)


def of_draft(report: Report) -> Sheet:
    """Return an open report as it stands now, marked as a draft."""
    stamp = Stamp(
        signing.unsigned(report.unit), "Số:       /BC", time.now(), report.filled_at, report.as_of.isoformat(),
        "Dự thảo, chưa ký gửi", "du-thao",
    )
    content = contents.content_of(report)
    # What nobody has written yet stands as the machine drafts it, so that one can see how it will read.
    texts = {cell.code: content.texts[cell.code] or contents.draft(content, cell) for cell in content.form.texts}
    return _sheet(report, replace(content, texts=texts), stamp)


def _sheet(report: Report, content: Content, stamp: Stamp) -> Sheet:
    period, seal = report.period, stamp.seal
    return Sheet(
        file=f"bao-cao-{period.regime}-{period.last:%Y%m%d}-{report.unit.code}-{stamp.suffix}",
        heading=tuple((text, bool(bold)) for text, bold in seal["heading"]), number=stamp.number,
        place_date=place_date(seal["place"], stamp.at), abstract=abstract(period),
        opening=_opening(report, content, stamp), columns=columns(content), parts=_parts(content),
        remarks=(*remarks(content), *contested_words(content)), recipients=recipients(report),
        signature=tuple(seal["lines"]),
        signer=seal["name"], exercise=exercise_note(), mark=stamp.mark, at=stamp.at, units=tuple(_units(content)),
        contested=content.contested,
    )


def place_date(place: str, at: datetime) -> str:
    """Return “Bắc Kạn, ngày 05 tháng 02 năm 2026”: days below 10 and the months 1 and 2 have a leading 0."""
    when = time.local(at)
    month = f"{when.month:02d}" if when.month < 3 else str(when.month)
    said = f"ngày {when.day:02d} tháng {month} năm {when.year}"
    return f"{place}, {said}" if place else said.capitalize()


def abstract(period: Period) -> str:
    """Return what the report is about: “Kết quả công tác cải cách hành chính quý III/2026”."""
    if period.what != PeriodKind.PERIODIC:
        bare = _CALLED.sub("", period.name)
        return bare[:1].upper() + bare[1:] if bare else period.name
    return f"{period.shape.title} {period.name.removeprefix('Báo cáo ')}"


def _opening(report: Report, content: Content, stamp: Stamp) -> tuple[str, ...]:
    period = report.period
    basis = f" theo {period.basis}" if period.basis else ""
    first = (
        f"Thực hiện chế độ báo cáo{basis}, {report.unit.name} báo cáo số liệu từ ngày {words.day(period.first)} đến "
        f"hết ngày {words.day(period.last)}."
    )
    taken = (
        f"Số liệu do hệ thống một cửa đếm đến hết ngày {words.day(date.fromisoformat(stamp.as_of))}, lấy lúc "
        f"{words.clock(stamp.filled)} ngày {words.day(stamp.filled)}."
    )
    if not content.gathers:
        return (first, taken)
    there = sum(1 for part in content.parts if part.is_in)
    missing = "; ".join(part.unit for part in content.missing)
    counted, expected = content.cover
    said = (
        f"Báo cáo tổng hợp {there}/{len(content.parts)} đơn vị trực tiếp; số cộng là của {counted}/{expected} đơn vị "
        "các cấp, cột bên cạnh là số hệ thống tự đếm cho mọi đơn vị."
    )
    return (first, taken, f"{said} Chưa có báo cáo của: {missing}." if missing else said)


def columns(content: Content) -> tuple[str, str]:
    """Return what the two sides of the figures are called."""
    return ("Cộng từ các đơn vị", "Hệ thống đếm") if content.gathers else ("Đơn vị báo cáo", "Hệ thống đếm")


def _parts(content: Content) -> tuple[Part, ...]:
    found = []
    for section in content.form.sections:
        figures = [said for cell in section.cells if (said := content.figure(cell.code)) is not None]
        rows = tuple(row_of(said, content.cover) for said in figures)
        texts = tuple(
            (cell.name, content.texts.get(cell.code, "") or "Không có.") for cell in section.cells if not cell.is_figure
        )
        found.append(Part(section.title, texts, rows))
    return tuple(found)


def row_of(said: Said, cover: Cover = (0, 0)) -> Row:
    """Return a figure with both sides and what is to be said of it; the usual `cover` is said elsewhere."""
    cell = said.cell
    second = None if cell.kind is CellKind.MANUAL else said.registry
    return Row(
        cell.code, cell.name, cell.unit, said.sum.value, second, "; ".join(filter(None, notes_of(said, cover))),
        is_share=cell.kind is CellKind.RATIO, is_typed=cell.kind is CellKind.MANUAL, adds=said.adds,
    )


def notes_of(said: Said, cover: Cover = (0, 0)) -> Iterable[str]:
    """Say what stands beside a figure: its reason, its cover, that the two sides differ, why it is unknown."""
    if said.note:
        yield f"Đơn vị nêu {words.number(said.stated)}, hệ thống đếm {words.number(said.own)}: {said.note}" + (
            f" ({said.signer})" if said.signer else ""
        )
    if not said.adds:
        yield "nhiều đơn vị cùng thực hiện nên không cộng được"
    if said.gathers and not said.sum.is_whole and (said.sum.counted, said.sum.expected) != cover:
        yield f"cộng được {said.sum.counted}/{said.sum.expected} đơn vị"
    if said.differs and not said.note:
        yield DIFFERENT
    if said.cell.kind is CellKind.MANUAL:
        yield "đơn vị tự nhập" if said.sum.value is not None else "đơn vị chưa nhập"
    elif said.registry is None:
        yield said.why or ("chưa có gì để tính" if said.cell.is_derived else "")
    if said.carried:
        yield "gồm " + "; ".join(
            f"{words.number(one.value)} của {one.name}, thôi hoạt động từ {words.day(date.fromisoformat(one.day))}"
            for one in said.carried
        )
    if said.unstated:
        yield f"{words.number(said.unstated)} dòng dữ liệu chưa ghi rõ"


def remarks(content: Content) -> Iterable[str]:
    """Say which checks do not come out, by the registry's numbers and by what units report."""
    sides = (
        ("Theo số hệ thống đếm", {said.cell.code: said.registry for said in content.figures}),
        ("Theo số đơn vị báo cáo", {said.cell.code: said.sum.value for said in content.figures}),
    )
    for name, figures in sides:
        for found in rules.broken(content.form.checks, figures):
            yield f"{name}: {found.name} không khớp ({words.number(found.left)} và {words.number(found.right)})."


def contested_words(content: Content) -> Iterable[str]:
    """Say how many figures units contest, where that is not told at the figures themselves."""
    if content.gathers and content.contested:
        units = len({one.unit for one in content.contested})
        said = f"{len(content.contested)} số do {units} đơn vị nêu khác số hệ thống"
        yield f"{said}; từng số, lý do và người nêu ở phụ lục."


def recipients(report: Report) -> tuple[str, ...]:
    """Return the lines of “Nơi nhận”."""
    if report.above is None:
        to = [str(one) for one in report.period.outside]
    else:
        to = list(dict.fromkeys([report.above.drafter.name, report.above.unit.name]))
    return (*(f"{name};" for name in to), "Lưu: VT.")


def _units(content: Content) -> Iterable[UnitLine]:
    for part in content.parts:
        figures = {code: one.value for code, one in part.sums.items()}
        yield UnitLine(part.unit, State(part.state).label, figures, part.texts)
