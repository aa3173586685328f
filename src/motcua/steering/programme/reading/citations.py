"""Documents as texts cite them: type, number, date, issuer; one document cited with two dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from motcua.steering.programme.reading.text import date_in, fold, one_line, same_length
from motcua.steering.programme.types import Anomaly, AnomalyKind

TYPES = (
    "Chương trình hành động", "Kế hoạch hành động", "Nghị quyết liên tịch", "Thông tư liên tịch", "Nghị quyết",
    "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kế hoạch", "Tờ trình", "Công văn", "Kết luận", "Thông báo",
    "Báo cáo", "Pháp lệnh", "Hiến pháp", "Bộ luật", "Luật", "Chương trình", "Công điện", "Hướng dẫn", "Đề án",
)
_BY_FOLD = {fold(name): name for name in TYPES}
_TYPE = "|".join(re.escape(name) for name in sorted(_BY_FOLD, key=len, reverse=True))
_NUMBER = r"\d{1,5}[a-z]?(?:/\d{4})?(?:[-/][a-z0-9đ&]*[a-zđ][a-z0-9đ&]*)+(?:[-/][a-zđ]+)*"
_NUMBERED = re.compile(rf"(?<![a-z])({_TYPE})\s+(?:so\s*:?\s*)?({_NUMBER})(?![a-z0-9])")
_DATED = re.compile(
    r"\s*,?\s*(?:ban hanh\s+)?(ngay\s+\d{1,2}\s*(?:thang\s+\d{1,2}\s+nam\s+|[/.-]\s*\d{1,2}\s*[/.-]\s*)\d{4})"
)
_ISSUED = re.compile(
    r"\s*,?\s*cua\s+(.+?)(?=\s+(?:ve|phe duyet|quy dinh|ban hanh|sua doi|thuc hien|trien khai|huong dan|cong bo|tai|"
    r"va (?:nghi|quyet|chi|thong|ke))\b|[,;.()]|$)"
)
_LAW = re.compile(
    r"(?<![a-z])(luat|bo luat|phap lenh)\s+(?!so\b)([a-z][a-z ,]*?)\s*,?\s*(?:(?:nam\s+)?((?:19|20)\d\d)\b|"
    r"ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}|ngay\s+\d{1,2}/\d{1,2}/\d{4})"
)


#: A number with its sign, or a law: most paragraphs have neither and need not be looked at.
_NUMBER_SIGN = re.compile(r"\d[a-zA-Z]?[/-]")
_LAW_WORDS = ("luật", "luat", "pháp lệnh", "phap lenh")


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document. `start` and `end` are places in the text; `title` names a law without number."""

    type: str
    number: str
    title: str
    date: date | None
    year: int | None
    issuer: str
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """Return what makes two mentions one document: number without the year in it, or type and title."""
        if not self.number:
            return fold(f"{self.type} {self.title} {self.year or ''}")
        bare = re.sub(r"^(\d+[a-z]?)/\d{4}/", r"\1/", fold(self.number))
        return f"{fold(self.type)} {bare}"


@lru_cache(2000)
def citations_in(text: str) -> tuple[Citation, ...]:
    """Return the documents that a paragraph cites, in order."""
    if not _NUMBER_SIGN.search(text) and not any(word in text.lower() for word in _LAW_WORDS):
        return ()
    line = one_line(text)
    folded = same_length(line)
    found = [_numbered(line, folded, match) for match in _NUMBERED.finditer(folded)]
    taken = [(one.start, one.end) for one in found]
    for match in _LAW.finditer(folded):
        if not any(start <= match.start() < end for start, end in taken):
            found.append(_law(line, match))
    return tuple(sorted(found, key=lambda one: one.start))


def _numbered(line: str, folded: str, match: re.Match[str]) -> Citation:
    end = match.end()
    dated = _DATED.match(folded, end)
    said = date_in(line[dated.start() : dated.end()]) if dated else None
    end = dated.end() if dated else end
    issued = _ISSUED.match(folded, end)
    number = line[match.start(2) : match.end(2)]
    return Citation(
        type=_BY_FOLD[match[1]], number=number, title="", date=said, year=said.year if said else _year_in(number),
        issuer=line[issued.start(1) : issued.end(1)].strip() if issued else "", start=match.start(),
        end=issued.end() if issued else end, text=line[match.start() : issued.end() if issued else end],
    )


def _law(line: str, match: re.Match[str]) -> Citation:
    said = date_in(line[match.start() : match.end()])
    year = said.year if said else int(match[3]) if match[3] else None
    return Citation(
        type=_BY_FOLD.get(match[1], "Luật"), number="", title=line[match.start(2) : match.end(2)].strip(" ,"),
        date=said, year=year, issuer="", start=match.start(), end=match.end(), text=line[match.start() : match.end()],
    )


def _year_in(number: str) -> int | None:
    found = re.search(r"/((?:19|20)\d\d)/", number)
    return int(found[1]) if found else None


def two_dates(paragraphs: Iterable[tuple[str, str]]) -> Iterator[Anomaly]:
    """Yield the documents that the text cites with different dates. `paragraphs` are (where, text)."""
    dates: dict[str, dict[date, tuple[str, str]]] = defaultdict(dict)
    for where, text in paragraphs:
        for one in citations_in(text):
            if one.number and one.date:
                dates[one.key].setdefault(one.date, (where, one.text))
    for said in dates.values():
        if len(said) > 1:
            places = list(said.values())
            values = tuple(f"{day:%d/%m/%Y}: {text} ({where})" for day, (where, text) in said.items())
            yield Anomaly(AnomalyKind.TWO_DATES, places[-1][0], places[-1][1], values)
