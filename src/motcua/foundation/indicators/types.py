"""What crosses the border of this room: what is asked, what is declared, what is answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, Self

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor
from motcua.foundation.core.time import at_local, local_day, microseconds
from motcua.foundation.indicators.errors import BadPeriod


class Unit(StrEnum):
    """What a number counts."""

    DOSSIER = "dossier"
    PROCEDURE = "procedure"
    AGENCY = "agency"
    PERCENT = "percent"
    MINUTE = "minute"

    @property
    def label(self) -> str:
        return {
            "dossier": "hồ sơ", "procedure": "thủ tục", "agency": "cơ quan", "percent": "%", "minute": "phút làm việc",
        }[self.value]


class By(StrEnum):
    """What a table has a line for."""

    AGENCY = "agency"
    FIELD = "field"
    PART = "part"
    """A dimension of the source's own: of delay, who held the dossier."""


class Side(StrEnum):
    """The two sides of a number; a plain count has only the first."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Timing(StrEnum):
    """Whether a number tells of a stretch of time or of the end of a day."""

    DURING = "during"
    AT = "at"

    @property
    def label(self) -> str:
        return {"during": "trong kỳ", "at": "tại cuối ngày"}[self.value]


class Way(StrEnum):
    """Where a value came from."""

    LIVE = "live"
    """Kept sums and what is not summed yet: moved by the verbs themselves."""
    ROWS = "rows"
    """Counted now, row by row."""

    @property
    def label(self) -> str:
        return {"live": "cộng dồn theo từng việc", "rows": "đếm trực tiếp từ dữ liệu"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadPeriod("Kỳ số liệu có ngày cuối trước ngày đầu. Chưa đếm gì; anh/chị chọn lại hai ngày.")

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        first = date(year, 3 * quarter - 2, 1)
        return cls(first, _month_end(year, 3 * quarter))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), _month_end(year, month))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026", "2026-Q1", "2026-03", "2026-03-05" or "2026-01-01..2026-03-31". Raises BadPeriod."""
        text = text.strip().upper()
        try:
            if re.fullmatch(r"\d{4}", text):
                return cls.year(int(text))
            if found := re.fullmatch(r"(\d{4})-Q([1-4])", text):
                return cls.quarter(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
                return cls.month(int(found[1]), int(found[2]))
            first, _, last = text.partition("..")
            return cls(date.fromisoformat(first), date.fromisoformat(last or first))
        except ValueError:
            raise BadPeriod(
                f"Không đọc được kỳ “{text[:30]}”. Chưa đếm gì; viết 2026, 2026-Q1, 2026-03 hoặc "
                "2026-01-01..2026-03-31."
            ) from None

    @property
    def key(self) -> str:
        """Return the period as `parse` reads it."""
        for spelled in (f"{self.first:%Y}", f"{self.first:%Y}-Q{(self.first.month + 2) // 3}", f"{self.first:%Y-%m}"):
            if Period.parse(spelled) == self:
                return spelled
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def label(self) -> str:
        """Return the period in words: “năm 2026”, “quý I/2026”, “tháng 3/2026”, “1/3/2026 đến 15/3/2026”."""
        key = self.key
        if len(key) == 4:
            return f"năm {key}"
        if "Q" in key:
            return f"quý {('I', 'II', 'III', 'IV')[int(key[-1]) - 1]}/{key[:4]}"
        if len(key) == 7:
            return f"tháng {self.first.month}/{self.first.year}"
        ends = (f"{day.day}/{day.month}/{day.year}" for day in (self.first, self.last))
        return " đến ".join(dict.fromkeys(ends))


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else date.max
    return following - timedelta(days=1) if following != date.max else date.max


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records are counted: the province's, where nothing is narrowed.

    `agencies` are keys; `under` an agency with all that stands below it; `level` a level of government (its code in
    the register, several joined by commas); `field` a field of procedures. An agency stands where it stood on the day
    asked, or last. Of procedures the level is their own, not that of an agency.
    """

    agencies: frozenset[int] | None = None
    under: int | None = None
    level: str = ""
    field: str = ""

    @classmethod
    def of(cls, *agencies: int, field: str = "") -> Self:
        """Return the scope of these agencies."""
        return cls(agencies=frozenset(agencies), field=field)

    @property
    def is_whole(self) -> bool:
        """Tell whether it is the whole province in all fields."""
        return self == Scope()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything resolved: the agencies' keys (None: all), the days, and the instants between them.

    `chosen` are the agencies that were asked for as such, not by their level.
    """

    agencies: frozenset[int] | None
    chosen: frozenset[int] | None
    levels: frozenset[str]
    field: str
    period: Period
    as_of: date
    now: datetime

    @property
    def begins(self) -> datetime:
        """Return the first instant of the period."""
        return at_local(self.period.first, time.min)

    @property
    def ends(self) -> datetime:
        """Return the instant with which the day `as_of` is over."""
        return at_local(self.as_of + timedelta(days=1), time.min)

    @property
    def until(self) -> datetime:
        """Return the instant with which the period is over, or `as_of` where that comes before."""
        return at_local(self.last + timedelta(days=1), time.min)

    @property
    def last(self) -> date:
        """Return the last day that is counted of the period. Before the period begins it lies before it."""
        return min(self.period.last, self.as_of)

    @property
    def looks_from(self) -> datetime:
        """Return the instant from which the end of the day is seen: now, or the day's last moment where it is over."""
        return min(self.now, self.ends - timedelta(microseconds=1)) if local_day(self.now) <= self.as_of else (
            self.ends - timedelta(microseconds=1)
        )


Key = int | str | None
"""A line of a table: an agency's key, a field, a part; None for the whole scope."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted. `unstated`: so many more the record says nothing of. `why`: nothing can be said at all."""

    count: int = 0
    unstated: int = 0
    why: str = ""


Tallies = Mapping[str, Mapping[Key, Tally]]
"""Measure → line → tally. A line that is missing is zero."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the truth as a list shows it; `url` leads to where it is read, for those who may."""

    key: int
    title: str
    about: str = ""
    url: str = ""


class Source(Protocol):
    """Where measures come from: the records of one room."""

    code: str
    way: Way

    def tallies(self, measures: Collection[str], asked: Asked, by: By | None) -> Tallies:
        """Count the measures, all in a fixed number of queries; line by line where `by` is given."""

    def rows(self, measure: str, asked: Asked) -> QuerySet[Any]:
        """Return the truth: the rows that are counted."""

    def recount(self, measure: str, asked: Asked) -> int:
        """Count the rows themselves, however long it takes."""

    def opened(self, rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
        """Return those of the rows that the actor may read."""

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        """Return the rows as a list shows them."""

    def made_of(self, measure: str) -> set[str]:
        """Return the kept sums that a measure is worked out from; none where it is counted from the rows."""

    def fields(self) -> list[str]:
        """Return the fields that its rows lie in, for choices on screens; none where another source knows them."""

    def named(self, by: By, keys: Collection[Key]) -> Mapping[Key, str]:
        """Return what the lines of a table are called."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One side of a number: a measure of a source."""

    source: Source
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A number, declared once. `reading` says what was chosen where the law leaves it open."""

    code: str
    name: str
    unit: Unit
    group: str
    order: int
    meaning: str
    formula: str
    timing: Timing
    numerator: Measure
    denominator: Measure | None = None
    reading: str = ""
    by: tuple[By, ...] = (By.AGENCY, By.FIELD)
    counts: Unit | None = None
    """What the two sides of a share count."""
    none: str = "Chưa có gì để tính trong phạm vi và kỳ này."
    """What is said where the denominator is zero."""

    @property
    def counted(self) -> Unit:
        """Return what its rows are."""
        return self.counts or self.unit

    @property
    def is_share(self) -> bool:
        return self.denominator is not None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The kept sums and the rows differ, by the last comparison: both are shown."""

    kept: int
    counted: int
    compared_at: datetime


@dataclass(frozen=True, slots=True)
class Number:
    """An answer. `value` is None where it is unknown, and `unknown` says why; a share's is in percent, unrounded.

    `unstated` rows say nothing of the matter, so the truth lies between the numerator and that many more.
    """

    code: str
    unit: Unit
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    as_of: date
    period: Period
    read_at: datetime
    way: Way
    unknown: str = ""
    unstated: int = 0
    compared_at: datetime | None = None
    disagreement: Disagreement | None = field(default=None)

    @property
    def age(self) -> timedelta:
        """Return how long ago the day it speaks of ended; nothing while that day lasts."""
        ended = at_local(self.as_of + timedelta(days=1), time.min)
        return max(timedelta(), timedelta(microseconds=microseconds(self.read_at) - microseconds(ended)))


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of the rows behind a number, and the key from which the next one goes on; empty at the end."""

    lines: list[Line]
    after: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of a table."""

    key: Key
    label: str
    number: Number


@dataclass(frozen=True, slots=True)
class Table:
    """A number line by line, the greatest first, and the same over the whole scope."""

    lines: tuple[TableLine, ...]
    total: Number
