"""Small words of papers: names of agencies as a heading prints them, places, dates in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from motcua.foundation.calendar.types import DayPlan
from motcua.foundation.core.time import local
from motcua.foundation.core.words import WEEKDAYS

_COMMITTEE = re.compile(r"^UBND\b", re.IGNORECASE)
_TERRITORY = re.compile(
    r"^(?:(?:UBND|Ủy ban nhân dân)\s+)?(?:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|tỉnh)\s+(.+)$", re.IGNORECASE
)


def heading(title: str) -> str:
    """Return an agency's title as it stands over a paper: spelled out, in capitals (Decree 30/2020, annex I)."""
    return _COMMITTEE.sub("Ủy ban nhân dân", title).upper()


def place_name(*titles: str) -> str:
    """Return the place to date a paper from: the first title that names a territory, without the word for its kind."""
    for title in titles:
        found = _TERRITORY.match(title.strip())
        if found:
            return found.group(1)
    return ""


def place_date(place: str, at: datetime) -> str:
    """Return "Cẩm Giàng, ngày 24 tháng 4 năm 2025"; days below 10 and the months 1 and 2 have a leading 0."""
    when = local(at)
    month = f"{when.month:02d}" if when.month < 3 else str(when.month)
    words = f"ngày {when.day:02d} tháng {month} năm {when.year}"
    return f"{place}, {words}" if place else words.capitalize()


def date_words(at: datetime) -> str:
    """Return "Thứ Năm, 24/04/2025"."""
    when = local(at)
    return f"{WEEKDAYS[when.weekday()]}, {when:%d/%m/%Y}"


def tracking_url(address: str, code: str, word: str, head: str) -> str:
    """Return what the QR carries: where to follow the dossier with its code and check word, and the ledger's head."""
    where = f"{address.rstrip('/')}/tra-cuu/{quote(code)}/{quote(word)}"
    return f"{where}?{urlencode({'dau': head})}" if head else where


def expected(days: Sequence[DayPlan]) -> str:
    """Return which days before the appointment rest on no notice yet, and what follows; nothing without such days.

    Named are the days off (or worked instead) that are only expected; where there is none of them, the year.
    """
    if not days:
        return ""
    named = [plan for plan in days if plan.kind is not None]
    if named:
        said = f"{_days_words(named)} chưa có thông báo chính thức"
    else:
        years = " và ".join(str(year) for year in sorted({plan.day.year for plan in days}))
        said = f"lịch nghỉ năm {years} chưa có thông báo chính thức"
    return f"{said}; ngày hẹn được tính lại khi có thông báo."


def _days_words(plans: Sequence[DayPlan]) -> str:
    """Return "ngày 24/11/2026 (Ngày Văn hóa Việt Nam)"; neighbours are told as a stretch."""
    stretches: list[list[DayPlan]] = []
    for plan in plans:
        last = stretches[-1][-1] if stretches else None
        if last is not None and plan.day - last.day == timedelta(days=1):
            stretches[-1].append(plan)
        else:
            stretches.append([plan])
    return ", ".join(_stretch_words(stretch) for stretch in stretches)


def _stretch_words(plans: Sequence[DayPlan]) -> str:
    first, last = plans[0], plans[-1]
    kinds = {plan.kind.label.lower() for plan in plans if plan.kind}
    if first is last:
        return f"ngày {first.day:%d/%m/%Y} ({first.name or kinds.pop()})"
    return f"từ {first.day:%d/%m} đến {last.day:%d/%m/%Y} ({', '.join(sorted(kinds))})"
