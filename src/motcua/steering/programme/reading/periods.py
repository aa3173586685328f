"""The period of a row: printed years, how often, and a date within the year.

What the words leave open (years with gaps, several days, a beginning without an end, “every two years”) is *not stated*
and therefore asked; a row that is done more than once a year is annual without a day, and `several_a_year` says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from motcua.steering.programme.reading.text import fold
from motcua.steering.programme.types import Due, Period, Recurrence

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:-|den|toi|->)\s*(?:het\s+)?(?:nam\s+)?((?:19|20)\d\d)(?!\d)")
_AND_MORE = r"(?P<more>(?:\s*(?:,|;|&|va|-|den)\s*(?:{again}\s+)?{one})*)"
_DATE = re.compile(
    r"\bquy\s+(?P<quarter>iv|iii|ii|i|[1-4])\b" + _AND_MORE.format(again="quy", one=r"(?:iv|iii|ii|i|[1-4])\b")
    + r"|\b(?P<half>6|9)\s+thang\s+(?P<part>dau|cuoi)(?:\s+nam)?\b"
    r"|(?<![\d/])(?P<day>\d{1,2})\s*(?:[/.]|thang|-(?!\s*\d{1,2}\s*[/.]\s*\d))\s*(?P<month>\d{1,2})(?!\d)"
    r"(?:\s*(?:/|\.|-|nam)\s*(?:19|20)\d\d(?!\d))?"
    r"|\bthang\s+(?P<only>\d{1,2})(?!\d)"
    + _AND_MORE.format(again="thang", one=r"\d{1,2}(?![\d.]|/\d{1,2}(?!\d))").replace("more", "months")
)
_ONE = re.compile(r"iv|iii|ii|i|\d{1,2}")
MOST_DATES = 20
"""How many dates of one cell are looked at: with a few of them its time is open already."""
_UNTIL = re.compile(r"\s*(?:-|den)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BEFORE = re.compile(r"\btruoc[^\d,;]*$")
_BEFORE_END = re.compile(r"\btruoc\s+(?:ngay\s+)?cuoi[^\d,;]*$")
_FROM = re.compile(r"\b(?:tu|ke tu|bat dau)\s+(?:tu\s+)?(?:dau\s+|cuoi\s+)?(?:ngay\s+)?$")
_AFTER = re.compile(r"\bsau\s+(?:ngay\s+)?$")
_JOINS = re.compile(r"[^\d,;]*?(?:-|den|toi|->)[^\d,;]*")
_TO_A_YEAR = re.compile(
    r"(?:\s*(?:/|\.|nam)?\s*(?:19|20)\d\d\s*(?:-|->)|(?:\s*(?:/|\.|nam)?\s*(?:19|20)\d\d)?\s*\b(?:den|toi))"
    r"\s*(?:het\s+|cuoi\s+)?(?:nam\s+)?(?:19|20)\d\d(?!\d)"
)
_TO = re.compile(r"[^,;]*?(?:-|\bden\b|\btoi\b)")
_FROM_YEAR = re.compile(r"\btu\s+(?:dau\s+)?(?:nam\s+)?(?:19|20)\d\d(?!\d)")
_FROM_A_DAY = re.compile(r"\btu\s+(?:(?!\b(?:den|toi)\b)[^,;])*?(?:19|20)\d\d(?!\d)")
_TO_YEAR = re.compile(r"\b(?:den|toi)\s+(?:het\s+|cuoi\s+)?(?:nam\s+)?(?:19|20)\d\d(?!\d)")
_BEFORE_YEAR = re.compile(r"\btruoc\s+(?:nam\s+)?(?:19|20)\d\d(?!\d)")
_OPEN = re.compile(
    r"\bsau (?:nam )?(?:19|20)\d\d|\b(?:dau|giua|nua dau|nua cuoi) nam\b|\b(?:dau|giua) thang\b|"
    r"\b(?:[2-9]|hai|ba|bon|nam) nam (?:mot lan|1 lan|/\s*lan)|\b(?:[2-9]|hai|ba|bon|nam) nam/lan"
)
_HALF = re.compile(r"\b[69] thang dau\b|\b6 thang cuoi\b")
_OFTEN = re.compile(
    r"\b(?:hang|moi|tung|theo) (?:quy|thang)\b|\bdinh ky (?:quy|thang)\b|"
    r"\b(?:dinh ky|moi|cu)(?: moi)? (?:\d{1,2}|ba|sau) thang\b|"
    r"\b(?:\d{1,2}|ba|sau|mot) thang\s*(?:/|mot|1)\s*lan\b|\b(?:6|sau) thang\s*(?:,|va)\s*(?:hang )?nam\b|"
    r"\b(?:[2-9]|hai|ba|bon|nam) lan\s*(?:/|mot|1|moi|trong)?\s*nam\b|\bnam\s*:?\s*(?:[2-9]|hai|ba|bon) lan\b"
)
_ANNUAL = re.compile(
    r"\b(?:hang|moi|tung) nam\b|\bdinh ky nam\b|\b(?:1|mot) nam (?:1|mot) lan\b|\b(?:1|mot) lan\s*/\s*nam\b"
)
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


@dataclass(frozen=True, slots=True)
class _Date:
    """A date where it stands in the folded text; a quarter and half a year end in their last month."""

    month: int
    day: int | None
    start: int
    end: int


def read_period(text: str) -> Period:
    """Return the reading of a cell. What cannot be read has recurrence *not stated*, and keeps its text."""
    folded = fold(text)
    if not folded:
        return Period(text, Recurrence.NOT_STATED)
    dates = _dates(folded)
    is_every = bool(_ANNUAL.search(folded) or _CONTINUOUS.search(folded) or _goes_on(folded))
    years = _years(folded, is_every=is_every or _is_often(folded))
    if years is None:
        return Period(text, Recurrence.NOT_STATED)
    start, end = years
    if _is_often(folded) or (_ANNUAL.search(folded) and len(_ends(folded, dates)) > 1):
        return Period(text, Recurrence.ANNUAL, start, end)
    due, is_sure = _due(text, folded, dates)
    if _ANNUAL.search(folded) and start is not None and start == end and not _goes_on(folded):
        is_sure = False  # “hàng năm” beside one year: the first, the only one, or the year of something else
    if not is_sure or (_OPEN.search(folded) and not _HALF.search(folded)) or (end is None and start and not is_every):
        return Period(text, Recurrence.NOT_STATED, start, end)
    if _goes_on(folded):
        return Period(text, Recurrence.CONTINUOUS, start, None, due)
    return Period(text, _recurrence(folded, start, end, due), start, end, due)


def several_a_year(text: str) -> bool:
    """Return whether a cell names more than one time in each year: a period carries one day a year at most."""
    folded = fold(text)
    if _years(folded, is_every=True) is None:
        return False
    return _is_often(folded) or bool(_ANNUAL.search(folded) and len(_ends(folded, _dates(folded))) > 1)


def _goes_on(folded: str) -> bool:
    return "tiep theo" in folded or "ve sau" in folded or "tro di" in folded


def _is_often(folded: str) -> bool:
    return bool(_OFTEN.search(folded))


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


def _years(folded: str, *, is_every: bool) -> tuple[int | None, int | None] | None:
    """Return the first and the last printed year; None where years between them are left out."""
    printed = [int(year) for year in _YEARS.findall(folded)]
    if not printed:
        return None, None
    spans = [(int(found[1]), int(found[2])) for found in _SPAN.finditer(folded)]
    if len(printed) == 2 and spans:
        return spans[0]  # as printed, be it the wrong way round
    if len(set(printed)) == 1:
        to, since = _TO_YEAR.search(folded), (_FROM_A_DAY if is_every else _FROM_YEAR).search(folded)
        if since and not to:
            return printed[0], None
        return (None if to and is_every else printed[0]), (None if _goes_on(folded) else printed[0])
    first, last = min(printed), max(printed)
    covered = set(printed) | {year for start, end in spans for year in range(start, end + 1)}
    is_range = len(printed) == 2 and bool(_TO.match(_YEARS.split(folded)[1]))
    return (first, last) if is_range or len(covered) == last - first + 1 else None


def _dates(folded: str) -> list[_Date]:
    """Return the dates of a text in their order; “tháng 6, 12” are two."""
    found: list[_Date] = []
    for match in islice(_DATE.finditer(folded), MOST_DATES):
        if match["half"]:
            months = [int(match["half"]) if match["part"] == "dau" else 12]
        elif match["quarter"]:
            named = [match["quarter"], *_ONE.findall(match["more"] or "")]
            months = [3 * (_ROMAN.get(one) or int(one)) for one in named]
        elif match["only"]:
            months = [int(match["only"]), *map(int, _ONE.findall(match["months"] or ""))]
        else:
            months = [int(match["month"])]
        day, start = int(match["day"]) if match["day"] else None, match.start()
        if len(months) == 2 and _UNTIL.match(match["more"] or match["months"] or ""):
            months, start = months[1:], match.end() - 1
        found.extend(_Date(month, day, start, match.end()) for month in months)
    return found


def _ends(folded: str, dates: Sequence[_Date]) -> list[_Date]:
    """Return the dates without those at which only a time begins (“từ 01/10 đến …”)."""
    return [
        date for at, date in enumerate(dates)
        if not (at + 1 < len(dates) and _begins(folded, date, dates[at + 1])) and not _is_beginning(folded, date)
    ]


def _begins(folded: str, date: _Date, following: _Date) -> bool:
    between = _YEARS.sub("", folded[date.end : following.start])
    return following.start > date.start and bool(_JOINS.fullmatch(between))


def _is_beginning(folded: str, date: _Date) -> bool:
    return bool(_FROM.search(folded[: date.start]) or _TO_A_YEAR.match(folded, date.end))


def _due(text: str, folded: str, dates: Sequence[_Date]) -> tuple[Due | None, bool]:
    """Return the day within the year, and whether it is the only one that the words can mean."""
    ends = _ends(folded, dates)
    if dates and not ends:  # a time that begins at a date: until when, the years must say
        is_every = bool(_ANNUAL.search(folded) or _CONTINUOUS.search(folded)) or _goes_on(folded)
        return None, is_every or bool(_TO_YEAR.search(folded) or _TO_A_YEAR.match(folded, dates[-1].end))
    if len(ends) > 1:
        return None, False
    if not ends:
        is_before = bool(_BEFORE_YEAR.search(folded))
        return (Due(text, 1, 1, strictly_before=True) if is_before else None), True
    (date,) = ends
    before = folded[: date.start]
    if _AFTER.search(before) or not (1 <= date.month <= 12 and (date.day is None or 1 <= date.day <= 31)):
        return None, False
    is_before = bool(_BEFORE.search(before)) and not _BEFORE_END.search(before)
    return Due(text, date.month, date.day, is_before), True
