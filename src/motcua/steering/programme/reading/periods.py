"""The period of a row: printed years, how often, and a date within the year."""

from __future__ import annotations

import re

from motcua.steering.programme.reading.text import fold
from motcua.steering.programme.types import Due, Period, Recurrence

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|den|toi|->)\s*(?:het\s+)?(?:nam\s+)?((?:19|20)\d\d)(?!\d)")
_BEFORE = re.compile(r"(truoc|cham nhat|den het|muon nhat)[^\d]*(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})(?!\d)")
_BEFORE_MONTH = re.compile(r"(truoc|cham nhat|den het)\s+(?:cuoi\s+)?thang\s+(\d{1,2})(?!\d)")
_DAY = re.compile(r"(?<![\d/])(?:ngay\s+)?(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})(?!\d)")
_MONTH = re.compile(r"\bthang\s+(\d{1,2})(?!\d)")
_QUARTER = re.compile(r"\bquy\s+(iv|iii|ii|i|[1-4])\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ANNUAL = re.compile(r"(hang|hang moi|moi|tung) nam|hang quy|hang thang|dinh ky|moi quy|moi thang")
_CONTINUOUS = re.compile(r"thuong xuyen|lien tuc|thuong nien|trong suot|suot giai doan")
_CONDITIONAL = re.compile(r"^(khi|sau khi|theo (huong dan|quy dinh|chi dao|ke hoach|tien do|lo trinh)|tuy theo|neu)\b")
_WHOLE = re.compile(
    r"(?:(?:tu|trong|den|giai doan|ca giai doan|cac|thoi gian|hoan thanh|truoc)\s+)*(?:nam\s+)?(?:19|20)\d\d"
    r"(?:\s*(?:-|den|toi|,|va)\s*(?:het\s+)?(?:nam\s+)?(?:19|20)\d\d)*(?:\s+va (?:cac )?nam tiep theo)?\.?"
)
_STARTS = re.compile(
    r"(hang|moi|tung) (nam|quy|thang)|thuong xuyen|lien tuc|thang \d|quy (i|v|\d)|truoc (ngay )?\d|truoc thang|"
    r"khi (co|duoc)|sau khi|dinh ky|nam (19|20)\d\d|trong nam|giai doan|tu nam|den nam|ngay \d|thuong nien|cham nhat"
)


def is_period(text: str) -> bool:
    """Return whether a cell reads like a period and like nothing else."""
    folded = fold(text)
    return bool(folded) and (bool(_WHOLE.fullmatch(folded)) or (len(folded) < 90 and bool(_STARTS.match(folded))))


def read_period(text: str) -> Period:
    """Return the reading of a cell. What cannot be read has recurrence *not stated*, and keeps its text."""
    folded = fold(text)
    if not folded:
        return Period(text, Recurrence.NOT_STATED)
    due = _due(text, folded)
    start, end = _years(folded)
    if "tiep theo" in folded or "ve sau" in folded:
        return Period(text, Recurrence.CONTINUOUS, start, None, due)
    return Period(text, _recurrence(folded, start, end, due), start, end, due)


def _recurrence(folded: str, start: int | None, end: int | None, due: Due | None) -> Recurrence:
    if _ANNUAL.search(folded):
        return Recurrence.ANNUAL
    if _CONTINUOUS.search(folded):
        return Recurrence.CONTINUOUS
    if start is not None:
        return Recurrence.ONCE if start == end else Recurrence.SPAN
    if _CONDITIONAL.search(folded):
        return Recurrence.CONDITIONAL
    return Recurrence.ONCE if due is not None else Recurrence.NOT_STATED


def _years(folded: str) -> tuple[int | None, int | None]:
    span = _SPAN.search(folded)
    if span:
        return int(span[1]), int(span[2])
    years = [int(year) for year in _YEARS.findall(folded)]
    return (min(years), max(years)) if years else (None, None)


def _due(text: str, folded: str) -> Due | None:
    if before := _BEFORE.search(folded):
        return _date(text, int(before[3]), int(before[2]), strictly=before[1] == "truoc")
    if before := _BEFORE_MONTH.search(folded):
        return _date(text, int(before[2]), None, strictly=before[1] == "truoc")
    if day := _DAY.search(folded):
        return _date(text, int(day[2]), int(day[1]), strictly=False)
    if month := _MONTH.search(folded):
        return _date(text, int(month[1]), None, strictly=False)
    if quarter := _QUARTER.search(folded):
        return Due(text, 3 * (_ROMAN.get(quarter[1]) or int(quarter[1])), None)
    return None


def _date(text: str, month: int, day: int | None, *, strictly: bool) -> Due | None:
    fits = 1 <= month <= 12 and (day is None or 1 <= day <= 31)
    return Due(text, month, day, strictly) if fits else None
