"""How the rule sets read what the law leaves open: which readings a dossier has, by the day of its receipt.

A value that the clock cannot follow is refused when a rule set is entered, never met later by an officer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from motcua.foundation.calendar.errors import CalendarError
from motcua.foundation.calendar.types import STANDARD, OutsideSession, Readings
from motcua.foundation.core.registers import Kept
from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.selectors import DatedValue, dated_values
from motcua.foundation.law.types import Rule, Rules, Value

SUBJECT = "clock"


def _outside(value: Value) -> OutsideSession:
    return {"next-counting-opening": OutsideSession.NEXT_OPENING, "same-day": OutsideSession.SAME_DAY}[str(value)]


def _truth(value: Value) -> bool:
    return {True: True, False: False}[value]  # type: ignore[index]  # a list is no truth, and says so by raising


def _whole(value: Value) -> int:
    if type(value) is not int:
        raise ValueError
    return value


def _amount(value: Value) -> Decimal:
    if isinstance(value, bool | list):
        raise TypeError
    return Decimal(str(value))


_CHOICES: Mapping[str, tuple[str, Callable[[Value], Any], str]] = {
    "clock.received_outside": ("outside_session", _outside, "next-counting-opening hoặc same-day"),
    "clock.first_day_counts": ("first_day_counts", _truth, "true hoặc false"),
    "clock.half_day_rounding_minutes": ("part_of_day_step", _whole, "một số phút nguyên lớn hơn 0"),
    "clock.part_of_month_days": ("part_of_month_days", _whole, "một số ngày nguyên lớn hơn 0"),
    "clock.resume_minimum_days": ("least_after_pause", _amount, "một số ngày lớn hơn 0"),
}
#: What the clock knows in one way only; a rule set says it so that everybody may read it.
_ONE_WAY: Mapping[str, Value] = {
    "clock.day_used_at": "close", "clock.hours_in": "counting-sessions", "clock.months": "civil-code-then-roll",
    "clock.rolls": True, "clock.judged_by": "finished", "clock.received_by_post": "handed-over",
}


@dataclass(frozen=True, slots=True)
class Readers:
    """The readings of all time: half-open periods, apart from each other."""

    periods: tuple[tuple[date, date, Readings], ...] = ()

    def on(self, day: date) -> Readings:
        """Return the readings of a day; the standard ones where no rule set speaks."""
        for first, end, readings in self.periods:
            if first <= day < end:
                return readings
        return STANDARD


def readers_of(values: Iterable[DatedValue]) -> Readers:
    """Return the readings by day: a new period wherever one of the values begins or ends."""
    known = [value for value in values if value.key in _CHOICES]
    days = sorted({day for value in known for day in (value.valid_from, value.valid_to or date.max)})
    periods = []
    for first, end in pairwise(days):
        held = {v.key: v.value for v in known if v.valid_from <= first and end <= (v.valid_to or date.max)}
        periods.append((first, end, _readings(held)))
    return Readers(tuple(periods))


def _readings(held: Mapping[str, Value]) -> Readings:
    return Readings(**{_CHOICES[key][0]: _CHOICES[key][1](value) for key, value in held.items()})


def check(rules: Rules) -> None:
    """Refuse a rule set of the clock that asks for what the clock cannot do. Raises BadRules."""
    for rule in rules.rules:
        said = _fault(rule)
        if said:
            raise BadRules(f"{rules.code}: {rule.key} = {rule.value!r} không dùng được; {said}. Chưa ghi gì.")


def _fault(rule: Rule) -> str:
    if rule.key in _ONE_WAY:
        only = _ONE_WAY[rule.key]
        return "" if rule.value == only else f"đồng hồ hiện chỉ tính theo một cách là {only!r}"
    if rule.key not in _CHOICES:
        return "đồng hồ không có cách tính mang tên này"
    try:
        _readings({rule.key: rule.value})
    except (KeyError, TypeError, ValueError, InvalidOperation, CalendarError):
        return f"giá trị phải là {_CHOICES[rule.key][2]}"
    return ""


_read = Kept(lambda: readers_of(dated_values(SUBJECT)))
_remembered: ContextVar[list[Readers] | None] = ContextVar("clock_readers", default=None)


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """Ask for the readings once while the code inside runs."""
    token = _remembered.set([])
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """Let them be asked for again."""
    kept = _remembered.get()
    if kept is not None:
        kept.clear()


def readers() -> Readers:
    """Return the readings of the store (1 query; kept with the registers, and while a long work remembers them)."""
    kept = _remembered.get()
    if kept:
        return kept[0]
    found = _read()
    if kept is not None:
        kept.append(found)
    return found
