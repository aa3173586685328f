"""Sums of money in running text: `800,000 Việt Nam Đồng`, `800.000 đồng/hồ sơ`, `10 USD/bản`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
CURRENCY = r"Việt Nam Đồng|Việt Nam đồng|VNĐ|VND|[Đđ]ồng|USD|đ\b"
_SUM = re.compile(
    rf"(?<![0-9.,/])(?P<number>[0-9][0-9.,]*)(?: *\([^()0-9]*\))? *(?P<currency>{CURRENCY})"
    r"(?: *\([^()]*\))?(?: */ *(?P<per>[^.,;()\n]{1,80}?)(?= *(?:[.,;()\n]|$| kể từ | đối với | theo )))?"
)
_SPAN = re.compile(
    r"kể từ ngày\s+(?P<first>[0-9]{1,2}\s*(?:/|tháng)\s*[0-9]{1,2}\s*(?:/|năm)\s*[0-9]{4})"
    r"\s+đến\s+hết\s+(?:ngày\s+)?(?P<last>[0-9]{1,2}\s*(?:/|tháng)\s*[0-9]{1,2}\s*(?:/|năm)\s*[0-9]{4})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum found in a text; `start` and `end` are its place there."""

    amount: Decimal
    currency: str
    per: str | None
    start: int
    end: int


def amount(text: str) -> Decimal | None:
    """Return a sum written with thousands by comma or by point, or None where the grouping makes no sense."""
    if _COMMAS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _POINTS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def currency(words: str) -> str:
    """Return the currency's code for the words beside a number."""
    return "USD" if words.upper() == "USD" else "VND"


def sums(text: str) -> Iterator[Money]:
    """Yield the sums of money of a text in their order."""
    for match in _SUM.finditer(text):
        value = amount(match["number"].rstrip(".,"))
        if value is not None:
            per = match["per"].strip() if match["per"] else None
            yield Money(value, currency(match["currency"]), per, match.start(), match.end())


def span(text: str) -> tuple[date | None, date | None]:
    """Return the half-open dates of "kể từ ngày … đến hết ngày …", or two times None."""
    match = _SPAN.search(text)
    first, last = (_day(match["first"]), _day(match["last"])) if match else (None, None)
    if first is None or last is None or last < first or last == date.max:
        return None, None
    return first, last + timedelta(days=1)


def _day(text: str) -> date | None:
    day, month, year = (int(part) for part in re.findall(r"[0-9]+", text))
    try:
        return date(year, month, day)
    except ValueError:
        return None
