"""Reading one time limit. A number without its unit is not a limit, and nothing is guessed from other channels."""

from __future__ import annotations

import contextlib
import re
from decimal import Decimal, InvalidOperation

from motcua.foundation.calendar.errors import BadLimit
from motcua.foundation.calendar.types import Limit, Unit
from motcua.service.procedures.reading.text import fold, line
from motcua.service.procedures.types import ChannelLimit, LimitGap

UNITS: dict[str, Unit] = {
    "ngay lam viec": Unit.WORKING_DAY,
    "ngay": Unit.CALENDAR_DAY,
    "gio": Unit.HOUR,
    "gio lam viec": Unit.HOUR,
    "thang": Unit.MONTH,
}
_IMMEDIATE = re.compile(r"thời hạn[^:\n]{0,40}:\s*(?:giải quyết )?ngay\b|giải quyết ngay\b|\bngay sau khi nhận", re.I)
_SAME_DAY = re.compile(r"\btrong ngày(?: làm việc)?\b(?! thứ| \d)", re.I)
_IN_TEXT = re.compile(
    r"thời hạn giải quyết(?: hồ sơ)?\s*:?\s*(?:trong thời hạn|không quá|tối đa)?\s*"
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>ngày làm việc|ngày|giờ|tháng)\b",
    re.I,
)


def number(text: str) -> Decimal | None:
    """Return a small decimal number written with point or comma, or None."""
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def limit_of(printed: str, description: str) -> ChannelLimit:
    """Return what the time column says; `description` only tells why a number is absent, it never supplies one."""
    digits = re.match(r"[0-9]+(?:[.,][0-9]+)?", printed)
    if digits is None:
        return ChannelLimit(printed, gap=_gap(description))
    amount, words = number(digits[0]), fold(printed[digits.end() :])
    unit = UNITS.get(words)
    if amount and unit is not None:
        with contextlib.suppress(BadLimit):
            return ChannelLimit(printed, limit=Limit(amount, unit))
    gap = LimitGap.NO_UNIT if amount and not words else LimitGap.NONSENSE
    return ChannelLimit(printed, gap=gap, number=amount)


def _gap(description: str) -> LimitGap:
    """Return why no number stands in the column, as far as the text beside it says."""
    text = line(description)
    if words_of_limit(text) is not None:
        return LimitGap.NO_INFORMATION
    if _IMMEDIATE.search(text):
        return LimitGap.IMMEDIATE
    return LimitGap.SAME_DAY if _SAME_DAY.search(text) else LimitGap.NO_INFORMATION


def differing_text(limit: Limit, description: str) -> str | None:
    """Return the words of the description that name another limit than the column, or None."""
    match = _IN_TEXT.search(line(description))
    if match is None:
        return None
    same = number(match["number"]) == limit.amount and UNITS[fold(match["unit"])] is limit.unit
    return None if same else match[0]


def words_of_limit(description: str) -> str | None:
    """Return the words of a description that name a limit; a hint for the controller, never a reading."""
    match = _IN_TEXT.search(line(description))
    return match[0] if match else None
