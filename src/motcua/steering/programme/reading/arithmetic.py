"""Sums, shares and differences of the running text that do not add up. Both values are shown, none is chosen.

Only like is added to like: money in đồng, things of one noun, kinds of “đơn vị”, “đối tượng” … What stands after “trong
đó” is a part of the whole, so only more than the whole disagrees; so does a list that goes on unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from motcua.steering.programme.reading.text import NUMBER, fold, in_words, number_of, one_line
from motcua.steering.programme.types import Anomaly, AnomalyKind

_DIGIT = re.compile(r"\d")
_OF_PARTS, _OF_CHANGES = ("%", "trong do", "gom", "chia ra", "cu the"), ("tang ", "giam ")
_REFERENCE = re.compile(
    r"(?=[\dsntimcq])(?:"  # where none can begin, one look is enough
    r"(?:\bso\s+)?\d+[a-z]?(?:/\d{4})?(?:[-/][a-z&]+)+(?:-[a-z]+)*|\bngay\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|"
    r"\bngay\s+\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+\d{4})?|\b\d{1,2}/\d{1,2}/\s?\d{4}|\b\d{1,2}/\d{4}\b|"
    r"\b(?:tu )?nam\s+\d{4}(?:\s*(?:-|den|,|va)\s*(?:nam\s+)?\d{4})*|\b(?:19|20)\d\d\s*-\s*(?:19|20)\d\d\b|"
    r"\biso \d+:\d+|\bmuc(?: do)? \d\b|\bcap \d\b|\bthang \d{1,2}\b|\bquy \d\b|\bthu \d\b)"
)
_SHARE = re.compile(
    rf"(?<![\d/.,])({NUMBER})\s*/\s*({NUMBER})(?![\d/]|\s*/)([^.;]{{0,140}}?)"
    rf"(?:chiem|dat|ty le|bang|tuong ung|\(|=)\s*(?:ty le\s*)?(?:khoang\s*)?({NUMBER})\s*%"
)
_TOTAL = re.compile(
    rf"(?<![\d/.,%])({NUMBER})(?![\d/]|\s*[/%])\s*([^\d,;:.()]{{0,50}}?)\s*[,:]?\s*\(?\s*"
    r"(trong do|bao gom|gom(?: co)?|chia ra|cu the|cu the la)\s*:?\s*"
)
_SCALE = re.compile(r"\s*(nghin ty|ngan ty|ty|ti|trieu|tr|nghin|ngan)\b(?! le)")
_SCALES = {
    "nghin ty": 10**12, "ngan ty": 10**12, "ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 1000,
    "ngan": 1000,
}
_NAMES = {10**9: " tỷ", 10**6: " triệu", 1000: " nghìn"}
_KINDS = re.compile(r"(?:don vi|co quan|doi tuong|nguoi|truong hop|thanh vien|dau moi|can bo|bien che|van ban)\b")
_INSIDE = re.compile(r"(?:phong|to|doi|bo phan|nguoi|can bo|cong chuc|vien chuc|giay|trang|dieu|khoan)\b")
_HOW = re.compile(
    r"(?:dung|truoc|som|qua|tre|chua|da|dang|khong|nu|nam|moi|cu|thuoc|cap|o|tai|duoc|bi|loai|muc|cua|cho|tu|nguon|la|"
    r"dat|hoan thanh|con lai|khac)\b"
)
_MONEY = re.compile(r"\s*(?:dong|vnd)\b")
MOST_TOTALS, MOST_PARTS, LONGEST_LIST = 30, 60, 2000
"""How much of one paragraph is added up: what is longer is no text that somebody counted in."""
_PART = re.compile(rf"(?<![\d/.,%])({NUMBER})(?![\d/]|\s*[/%])")
_CHANGE = re.compile(
    rf"(tang|giam)\s+(?:them\s+)?(?:tu\s+)({NUMBER})\s*[^\d,;.()]{{0,30}}?\s*(?:len|xuong|den|con)\s+({NUMBER})"
    rf"[^\d;.()]{{0,40}}?[,(]\s*(?:tuc la\s+|tuc\s+)?(?:tang|giam)\s+({NUMBER})(?!\s*%)"
)


def contradictions(paragraphs: Iterable[tuple[str, str]]) -> Iterator[Anomaly]:
    """Yield what does not add up. `paragraphs` are (where, text)."""
    for where, text in paragraphs:
        line = fold(text)
        if _counts(line):
            plain = _REFERENCE.sub(lambda found: "~" * len(found[0]), line)
            yield from _shares(where, one_line(text), plain)
            yield from _sums(where, one_line(text), plain)
            yield from _changes(where, one_line(text), plain)


def _counts(line: str) -> bool:
    """Return whether a paragraph may count something. Most do not, and need not be taken apart."""
    first = _DIGIT.search(line)
    if first is None:
        return False
    changes = (line.find(word) for word in _OF_CHANGES)
    return any(line.find(word, first.end()) >= 0 for word in _OF_PARTS) or any(
        at >= 0 and _DIGIT.search(line, at) for at in changes
    )


def _around(text: str, plain: str, start: int, end: int) -> str:
    """Return the sentence of the text in which a place of the folded line stands."""
    if len(text) != len(plain):  # a letter folded away: the words around are found by share of the length
        start, end = (int(place * len(text) / max(1, len(plain))) for place in (start, end))
    first = max(0, start - 200)
    sentence, stop = text.rfind(". ", first, start), text.find(". ", end, end + 200)
    return text[sentence + 2 if sentence >= 0 else first : stop if stop >= 0 else end + 200].strip()


def _shares(where: str, text: str, plain: str) -> Iterator[Anomaly]:
    for found in _SHARE.finditer(plain):
        part, whole, said = (number_of(found[place]) for place in (1, 2, 4))
        if _PART.search(found[3]) or not whole:
            continue
        true = part * 100 / whole
        places = len(found[4].partition(",")[2])
        if abs(true - said) > Decimal(10) ** -places * Decimal("0.51"):
            computed = in_words(true.quantize(Decimal(10) ** -max(places, 2)))
            values = (f"{found[4]}%", f"{found[1]}/{found[2]} = {computed}%")
            yield Anomaly(AnomalyKind.PERCENTAGE, where, _around(text, plain, *found.span()), values)


@dataclass(frozen=True, slots=True)
class _Count:
    """A number with what it counts: its scale (tỷ, triệu), where it has one, and its noun."""

    value: Decimal
    scale: int | None
    noun: str


def _sums(where: str, text: str, plain: str) -> Iterator[Anomaly]:
    for found in islice(_TOTAL.finditer(plain), MOST_TOTALS):
        in_brackets = "(" in plain[found.end(2) : found.end()]
        listed, is_whole = _list_after(plain, found.end(), in_brackets=in_brackets)
        whole = _count(number_of(found[1]), found[2])
        parts, is_read = _parts(listed)
        if len(parts) < 2 or not all(_is_like(whole, part) for part in parts):
            continue
        values = _comparable(whole, parts)
        if values is None:
            continue
        total, numbers, scale = values
        may_be_less = found[3] == "trong do" or not (is_whole and is_read)
        if total in _running(numbers) or (may_be_less and sum(numbers) < total):
            continue
        computed = " + ".join(map(in_words, numbers)) + f" = {in_words(sum(numbers, Decimal(0)))}{scale}"
        around = _around(text, plain, found.start(), min(len(plain), found.end() + 120))
        yield Anomaly(AnomalyKind.SUM, where, around, (f"{in_words(total)}{scale}", computed))


def _count(value: Decimal, behind: str) -> _Count:
    scale = _SCALE.match(behind)
    rest = behind[scale.end() :] if scale else behind
    money = _MONEY.match(rest)
    size = _SCALES[scale[1]] if scale else 1 if money else None
    return _Count(value, size, rest[money.end() if money else 0 :].strip())


def _is_like(whole: _Count, part: _Count) -> bool:
    """Return whether a part can be one of what the whole counts: 5 phường are no part of 8 huyện."""
    if not part.noun or not whole.noun or part.scale or _HOW.match(part.noun):
        return True
    if _KINDS.match(whole.noun):
        return not (whole.noun.startswith(("don vi", "co quan")) and _INSIDE.match(part.noun))
    return part.noun.split()[0].strip(",") == whole.noun.split()[0]


def _comparable(whole: _Count, parts: list[_Count]) -> tuple[Decimal, list[Decimal], str] | None:
    """Return the numbers in one scale, and its name where it is not the printed one; None where some have none."""
    scales = {part.scale for part in parts}
    if scales in ({whole.scale}, {None}):
        return whole.value, [part.value for part in parts], ""
    if None in scales or whole.scale is None:
        return None
    least = min(whole.scale, *(part.scale or 1 for part in parts))
    numbers = [part.value * (part.scale or 1) / least for part in parts]
    return whole.value * whole.scale / least, numbers, _NAMES.get(least, "")


def _list_after(plain: str, start: int, *, in_brackets: bool) -> tuple[str, bool]:
    """Return the list of parts, to the closing bracket or the end of the sentence; and whether its end was reached."""
    depth, most = int(in_brackets), min(len(plain), start + LONGEST_LIST)
    for end in range(start, most):
        letter = plain[end]
        depth += (letter == "(") - (letter == ")")
        stops = letter == "." and plain[end + 1 : end + 2] in ("", " ")
        if (in_brackets and depth == 0) or (not in_brackets and stops):
            return plain[start:end], True
    return plain[start:most], most == len(plain)


def _parts(listed: str) -> tuple[list[_Count], bool]:
    """Return what a list's entries count, as long as each has just one number; and whether that is all of them."""
    parts: list[_Count] = []
    for entry in _entries(re.sub(r"\([^()]*\)", "", listed)):
        numbers = list(islice(_PART.finditer(entry), 2))
        if len(numbers) != 1 or "~" in entry or "%" in entry or len(parts) == MOST_PARTS:
            return parts, False
        parts.append(_count(number_of(numbers[0][1]), entry[numbers[0].end() :]))
    return parts, True


def _entries(listed: str) -> Iterator[str]:
    """Yield entries: parted by semicolons, and by commas and “và” where each side has a number of its own."""
    for piece in listed.split(";"):
        waiting = ""
        subs = re.split(r",(?!\d)|\bva\b", piece)
        last = max((at for at, sub in enumerate(subs) if _PART.search(sub)), default=-1)
        for at, sub in enumerate(subs):
            waiting = f"{waiting},{sub}" if waiting else sub
            if (last > at or at == len(subs) - 1) and _PART.search(waiting):
                yield waiting
                waiting = ""
        if waiting.strip():
            yield waiting


def _running(parts: list[Decimal]) -> set[Decimal]:
    """Return the sums of the first two, three … parts: what follows may tell of something else."""
    total, found = Decimal(0), set()
    for at, part in enumerate(parts):
        total += part
        if at:
            found.add(total)
    return found


def _changes(where: str, text: str, plain: str) -> Iterator[Anomaly]:
    for found in _CHANGE.finditer(plain):
        before, after, said = (number_of(found[place]) for place in (2, 3, 4))
        if abs(after - before) != said:
            values = (in_words(said), f"{found[3]} - {found[2]} = {in_words(after - before)}")
            yield Anomaly(AnomalyKind.DIFFERENCE, where, _around(text, plain, *found.span()), values)
