"""What crosses the border of the calendar room: limits, sessions, days, pauses, due dates."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from motcua.foundation.calendar.errors import BadCalendar, BadLimit, BadSessions
from motcua.foundation.calendar.minutes import instant_of


class Unit(StrEnum):
    """In what a time limit is published. "Ngày" and "ngày làm việc" are two different units."""

    HOUR = "hour"
    WORKING_DAY = "working-day"
    CALENDAR_DAY = "calendar-day"
    MONTH = "month"

    @property
    def label(self) -> str:
        """Return the unit's Vietnamese name."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.HOUR: "giờ làm việc",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.CALENDAR_DAY: "ngày",
    Unit.MONTH: "tháng",
}
# Ten years: longer than any limit in the national database, short enough to catch a slip of the finger.
_MOST = {Unit.HOUR: 20_000, Unit.WORKING_DAY: 2_500, Unit.CALENDAR_DAY: 3_660, Unit.MONTH: 120}


DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Limit:
    """A published time limit. Raises `BadLimit` for zero, negative, endless or absurd amounts."""

    amount: Decimal
    unit: Unit
    whole: int = field(init=False, repr=False, compare=False)
    part: int | Fraction = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        amount, most = self.amount, _MOST[self.unit]
        if not amount.is_finite() or not 0 < amount <= most:
            raise BadLimit(
                f"Thời hạn “{amount}” {self.unit.label} không dùng được: phải lớn hơn 0 và không quá {most}. "
                "Anh/chị nhập lại thời hạn.",
                field="limit",
            )
        if amount != round(amount, DECIMALS):
            raise BadLimit(f"Thời hạn “{amount}” có quá {DECIMALS} chữ số thập phân. Anh/chị nhập lại.", field="limit")
        object.__setattr__(self, "whole", int(amount))
        object.__setattr__(self, "part", 0 if amount == int(amount) else Fraction(amount) - int(amount))

    @classmethod
    def parse(cls, text: str, unit: Unit) -> Limit:
        """Read an amount as people type it ("2", "0.5", "0,5"). Raises `BadLimit`."""
        try:
            amount = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            raise BadLimit(
                f"Thời hạn “{text.strip()[:40]}” không phải là một số. Ví dụ đúng: 2 hoặc 0,5.", field="limit"
            ) from None
        return cls(amount, unit)

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit.label}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of one day, from `opens` up to but without `closes` (local time).

    `open`: people may come. `counts`: the clock runs. A Saturday may be open and not count (Decision 14/2010/QĐ-TTg).
    """

    opens: time
    closes: time
    open: bool = True
    counts: bool = True

    def __post_init__(self) -> None:
        if self.opens >= self.closes or not (self.open or self.counts):
            raise BadSessions(
                f"Buổi {self.opens:%H:%M}–{self.closes:%H:%M} không hợp lệ: giờ đóng phải sau giờ mở, "
                "và buổi phải mở cửa hoặc tính thời hạn. Chưa thay đổi gì."
            )


Sessions = tuple[Session, ...]


def check_sessions(sessions: Sessions) -> None:
    """Raise `BadSessions` where sessions of one day are out of order or overlap."""
    for earlier, later in itertools.pairwise(sessions):
        if earlier.closes > later.opens:
            raise BadSessions(
                f"Buổi bắt đầu {later.opens:%H:%M} chồng lên buổi kết thúc {earlier.closes:%H:%M}. Chưa thay đổi gì."
            )


@dataclass(frozen=True, slots=True)
class WeeklySessions:
    """The sessions of the seven weekdays (Monday first), in force from a day until the next such entry."""

    valid_from: date
    days: tuple[Sessions, ...]

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise BadSessions("Lịch tuần phải có đủ bảy ngày, từ thứ Hai đến Chủ nhật. Chưa thay đổi gì.")
        for sessions in self.days:
            check_sessions(sessions)


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"  # Labour Code 2019, Art. 112
    IN_LIEU = "in-lieu"  # the day off for a holiday on a weekly rest day, Art. 111(3)
    SWAPPED_OFF = "swapped-off"  # a weekday off, exchanged for a Saturday by the yearly notice
    SWAPPED_WORK = "swapped-work"  # that Saturday
    OWN = "own"  # the agency's own sessions of that day

    @property
    def label(self) -> str:
        """Return the kind's Vietnamese name."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    DayKind.HOLIDAY: "Nghỉ lễ, tết",
    DayKind.IN_LIEU: "Nghỉ bù",
    DayKind.SWAPPED_OFF: "Nghỉ hoán đổi",
    DayKind.SWAPPED_WORK: "Làm bù",
    DayKind.OWN: "Lịch riêng",
}


@dataclass(frozen=True, slots=True)
class DayException:
    """A day that differs from its weekday.

    `sessions` of None on a working day means: as on the weekday of `in_place_of`, for each agency its own.
    `expected` marks a day that no government notice confirms yet (dự kiến).
    """

    day: date
    kind: DayKind
    name: str
    sessions: Sessions | None = None
    in_place_of: date | None = None
    source: str = ""
    expected: bool = False

    def __post_init__(self) -> None:
        check_sessions(self.sessions or ())
        off = self.kind in (DayKind.HOLIDAY, DayKind.IN_LIEU, DayKind.SWAPPED_OFF)
        if (off and self.sessions) or (self.kind is DayKind.OWN and self.sessions is None):
            raise BadCalendar(
                f"Ngày {self.day:%d/%m/%Y} ({self.kind.label}): các buổi không khớp với loại ngày. Chưa thay đổi gì."
            )


@dataclass(frozen=True, slots=True)
class CalendarData:
    """One version of the calendar that all agencies share: its reach, its exceptions, its expected years."""

    first: date
    last: date
    exceptions: tuple[DayException, ...]
    expected_years: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        seen: set[date] = set()
        for exception in self.exceptions:
            if exception.day in seen or not self.first <= exception.day <= self.last:
                raise BadCalendar(
                    f"Ngày {exception.day:%d/%m/%Y} có hai mục, hoặc nằm ngoài lịch "
                    f"{self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}. Chưa thay đổi gì."
                )
            seen.add(exception.day)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What one day is for one agency."""

    day: date
    sessions: Sessions
    kind: DayKind | None = None
    name: str = ""
    expected: bool = False

    @property
    def open(self) -> bool:
        """Say whether people may come at some hour of the day."""
        return any(session.open for session in self.sessions)

    @property
    def counts(self) -> bool:
        """Say whether the clock runs at some hour of the day."""
        return any(session.counts for session in self.sessions)


class PausePolicy(StrEnum):
    """What a pause does to the clock; each procedure names its own."""

    RESUME = "RESUME"
    RESTART = "RESTART"
    NO_STOP = "NO_STOP"


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension with its two instants; `ended` is None while it lasts."""

    began: datetime
    ended: datetime | None
    policy: PausePolicy


class OutsideSession(StrEnum):
    """When a dossier received outside counting sessions begins to run."""

    NEXT_OPENING = "next-opening"
    SAME_DAY = "same-day"


@dataclass(frozen=True, slots=True)
class Readings:
    """How the rule set of the day of receipt reads what the law leaves open. Dated data, never a constant."""

    outside_session: OutsideSession = OutsideSession.NEXT_OPENING
    first_day_counts: bool = False  # Civil Code 2015, Art. 147: it does not
    part_of_day_step: int = 30  # minutes; 0.5 day of 450 minutes is 240
    part_of_month_days: int = 30  # Civil Code 2015, Art. 146: half a month is 15 days
    least_after_pause: Decimal = Decimal(1)  # units of the limit that RESUME leaves at least
    minutes_in_day: int = 480  # for words only: "còn 1 ngày 3 giờ"

    def __post_init__(self) -> None:
        if min(self.part_of_day_step, self.part_of_month_days, self.minutes_in_day) < 1 or self.least_after_pause <= 0:
            raise BadCalendar("Cách tính thời hạn không hợp lệ: các con số phải lớn hơn 0. Chưa thay đổi gì.")


STANDARD = Readings()


class ClockState(StrEnum):
    """What can be said about a due date."""

    SET = "set"
    STOPPED = "stopped"  # a pause is open
    UNKNOWN = "unknown"  # the procedure publishes no limit (chưa xác định thời hạn)


class Due(NamedTuple):
    """The answer of the clock. Instants are UTC; days are local.

    `start_minute`: the local minute from which the clock runs. `provisional`: it leans on expected (dự kiến) days.
    `ran_out`: the limit was over before a pause began, so the dossier is late whatever the new date. `unused`: what an
    open pause has stopped (months are told in days).

    A named tuple, as a change of the calendar makes them by the million: a frozen dataclass takes thrice as long.
    """

    state: ClockState
    start_minute: int
    start_day: date
    due_at: datetime | None = None
    due_day: date | None = None
    provisional: bool = False
    ran_out: bool = False
    unused: Limit | None = None

    @property
    def start_at(self) -> datetime:
        """Return the instant from which the clock runs."""
        return instant_of(self.start_minute)


class Verdict(StrEnum):
    """How a finished dossier is counted. Undetermined is neither on time nor late."""

    EARLY = "early"
    ON_TIME = "on-time"
    LATE = "late"
    UNDETERMINED = "undetermined"

    @property
    def label(self) -> str:
        """Return the verdict's Vietnamese name."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    Verdict.EARLY: "trước hạn",
    Verdict.ON_TIME: "đúng hạn",
    Verdict.LATE: "quá hạn",
    Verdict.UNDETERMINED: "chưa xác định thời hạn",
}


@dataclass(frozen=True, slots=True)
class Remaining:
    """Working time until the due date, or since it, cut into days, hours and minutes for reading."""

    late: bool
    days: int
    hours: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which somebody held the dossier; `counts` is False while its clock stood still."""

    holder: str
    began: datetime
    ended: datetime | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class HolderShare:
    """What one holder used: working minutes in all, those after the due date, and his share of the latter (0 to 1)."""

    holder: str
    minutes: int
    late_minutes: int
    late_share: Fraction
