"""Numbers in words: a value with its unit, its age, and what the last comparison said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from motcua.foundation.core import words
from motcua.foundation.indicators.types import By, Indicator, Number, Table, Timing, Unit, Way

BY_WORDS = {By.AGENCY: "cơ quan", By.FIELD: "lĩnh vực", By.PART: "nơi giữ hồ sơ"}
SLUGS = {By.AGENCY: "co-quan", By.FIELD: "linh-vuc", By.PART: "noi-giu"}


def value_words(number: Number) -> str:
    """Return a value as people read it: “1.234”, “97,5%”, “chưa có”; a share has one decimal."""
    if number.value is None:
        return "chưa có"
    if number.unit is Unit.PERCENT:
        return words.percent(number.value / 100)
    if number.unit is Unit.MINUTE:
        return words.duration(int(number.value))
    return words.number(number.value)


def exact(number: Number) -> str:
    """Return a value for machines: a plain decimal with a point, empty where unknown."""
    return "" if number.value is None else f"{number.value.quantize(Decimal('0.0001')).normalize():f}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as a page shows it."""

    of: Indicator
    number: Number

    @property
    def value(self) -> str:
        return value_words(self.number)

    @property
    def unit(self) -> str:
        """Return the unit where the value does not carry it."""
        said = self.number.value is None or self.of.unit in {Unit.PERCENT, Unit.MINUTE}
        return "" if said else self.of.unit.label

    @property
    def sides(self) -> str:
        """Return numerator and denominator of a share: “276 trên 1.368 thủ tục”."""
        over, under = self.number.numerator, self.number.denominator
        if self.of.denominator is None or over is None or under is None:
            return ""
        if self.of.counted is Unit.MINUTE:
            return f"{words.duration(over)} trên {words.duration(under)}"
        return f"{words.number(over)} trên {words.number(under)} {self.of.counted.label}"

    @property
    def unstated(self) -> str:
        """Return how many rows say nothing of it."""
        return f"chưa ghi: {words.number(self.number.unstated)}" if self.number.unstated else ""

    @property
    def when(self) -> str:
        """Return which days the number speaks of."""
        day = words.day(self.number.as_of)
        if self.of.timing is Timing.AT:
            return f"tại cuối ngày {day}"
        return f"{self.number.period.label}, tính đến hết {day}"

    @property
    def age(self) -> str:
        """Return how old the number is, and when its sums were compared with the rows."""
        read = f"đọc lúc {words.moment(self.number.read_at)}"
        if self.number.way is Way.ROWS:
            return f"{read}, đếm trực tiếp từ dữ liệu"
        compared = self.number.compared_at
        said = f"so với dữ liệu gốc {words.short(compared)}" if compared else "chưa so với dữ liệu gốc lần nào"
        return f"{read}, gồm mọi việc đã ghi; {said}"

    @property
    def disagreement(self) -> str:
        """Return both figures where kept sums and rows differed, over all agencies, fields and days."""
        found = self.number.disagreement
        if found is None:
            return ""
        kept, counted = words.number(found.kept), words.number(found.counted)
        return (
            f"Lần so gần nhất ({words.short(found.compared_at)}) thấy chênh lệch ở một số ô: cộng dồn {kept}, đếm lại "
            f"từ dữ liệu gốc {counted}. Quản trị chạy “motcua indicators recompute” để tính lại."
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers under one heading."""

    name: str
    rows: Sequence[Shown]


def grouped(indicators: Sequence[Indicator], numbers: Mapping[str, Number]) -> list[Group]:
    """Return the index: groups in the order of their first number."""
    found: dict[str, list[Shown]] = {}
    for name, rows in groupby(indicators, key=lambda one: one.group):
        found.setdefault(name, []).extend(Shown(one, numbers[one.code]) for one in rows)
    return [Group(name, rows) for name, rows in found.items()]


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a table with the length of its bar, 0 to 1."""

    label: str
    shown: Shown
    length: float


def bars(of: Indicator, table: Table) -> list[Bar]:
    """Return the lines of a table with their bars; shares are measured against the whole hundred."""
    known = [line.number.value for line in table.lines if line.number.value is not None]
    most = Decimal(100) if of.unit is Unit.PERCENT else max([*known, Decimal(1)])
    return [
        Bar(line.label, Shown(of, line.number), float(min((line.number.value or Decimal(0)) / most, Decimal(1))))
        for line in table.lines
    ]
