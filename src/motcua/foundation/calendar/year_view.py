"""What the year's page draws: twelve small months, each day with a word, a colour and a pattern."""

from __future__ import annotations

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import date

from motcua.foundation.calendar.notation import write_line
from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.calendar.types import DayKind, DayPlan
from motcua.foundation.core.words import weekday

_MARKS = {
    DayKind.HOLIDAY: "Lễ",
    DayKind.IN_LIEU: "Bù",
    DayKind.SWAPPED_OFF: "Đổi",
    DayKind.SWAPPED_WORK: "Làm",
    DayKind.OWN: "Riêng",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: `look` is its class, `mark` the short word under its number, `label` all that is to be said."""

    day: date
    look: str
    mark: str
    label: str
    is_today: bool

    @property
    def iso(self) -> str:
        """Return the day as addresses carry it."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven, None where the day belongs to another month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    look: str
    mark: str
    text: str


LEGEND = (
    Key("holiday", "Lễ", "Nghỉ lễ, tết"),
    Key("in-lieu", "Bù", "Nghỉ bù"),
    Key("swapped-off", "Đổi", "Nghỉ hoán đổi"),
    Key("swapped-work", "Làm", "Ngày nghỉ đi làm bù"),
    Key("own", "Riêng", "Giờ riêng của cơ quan hoặc của ngày"),
    Key("open", "Mở", "Mở cửa tiếp nhận, không tính thời hạn"),
    Key("off", "", "Nghỉ hằng tuần"),
    Key("work expected", "", "Dự kiến: chưa có thông báo chính thức"),
)


def months_of(year: int, working_time: WorkingTime, today: date) -> tuple[Month, ...]:
    """Return the twelve months of a year inside the calendar."""
    return tuple(
        Month(
            month,
            tuple(
                tuple(_cell(working_time.plan(date(year, month, day)), today) if day else None for day in week)
                for week in monthcalendar(year, month)
            ),
        )
        for month in range(1, 13)
    )


def _cell(plan: DayPlan, today: date) -> Cell:
    look, mark = _look(plan)
    if plan.expected:
        look += " expected"
    return Cell(plan.day, look, mark, f"{weekday(plan.day)}: {said(plan)}", plan.day == today)


def _look(plan: DayPlan) -> tuple[str, str]:
    if plan.kind is not None:
        return plan.kind.value, _MARKS[plan.kind]
    if plan.counts:
        return "work", ""
    return ("open", "Mở") if plan.open else ("off", "")


def said(plan: DayPlan) -> str:
    """Say what a day is: "Nghỉ lễ, tết – Quốc khánh (dự kiến)", "07:00–11:30, 13:30–17:00"."""
    hours = write_line(plan.sessions)
    words = hours
    if plan.kind is not None:
        words = plan.name if plan.name.startswith(plan.kind.label) else f"{plan.kind.label} – {plan.name}"
    if plan.kind is not None and plan.sessions:
        words += f", {hours}"
    return words + (" (dự kiến)" if plan.expected else "")
