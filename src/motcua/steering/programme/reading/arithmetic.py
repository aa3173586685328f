"""Sums, shares and differences of the running text that do not add up. Both values are shown, none is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

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
    r"(?:trong do|bao gom|gom(?: co)?|chia ra|cu the|cu the la)\s*:?\s*"
)
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
    begin = max(text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, start - 200)
    stop = text.find(". ", end)
    return text[begin : min(stop if stop >= 0 else len(text), end + 200)].strip()


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


def _sums(where: str, text: str, plain: str) -> Iterator[Anomaly]:
    for found in _TOTAL.finditer(plain):
        parts = _parts(_list_after(plain, found.end(), in_brackets="(" in plain[found.end(2) : found.end()]))
        total = number_of(found[1])
        if len(parts) < 2 or total in _running(parts):
            continue
        computed = " + ".join(map(in_words, parts)) + f" = {in_words(sum(parts, Decimal(0)))}"
        end = min(len(plain), found.end() + 120)
        yield Anomaly(AnomalyKind.SUM, where, _around(text, plain, found.start(), end), (in_words(total), computed))


def _list_after(plain: str, start: int, *, in_brackets: bool) -> str:
    """Return the list of parts: to the closing bracket, or to the end of the sentence."""
    depth, end = int(in_brackets), start
    while end < len(plain):
        letter = plain[end]
        depth += (letter == "(") - (letter == ")")
        stops = letter == "." and plain[end + 1 : end + 2] in ("", " ")
        if (in_brackets and depth == 0) or (not in_brackets and stops):
            break
        end += 1
    return plain[start:end]


def _parts(listed: str) -> list[Decimal]:
    """Return the numbers of a list's entries, as long as each entry has just one and tells of nothing else."""
    parts: list[Decimal] = []
    for entry in _entries(re.sub(r"\([^()]*\)", "", listed)):
        numbers = _PART.findall(entry)
        if len(numbers) != 1 or "~" in entry or "%" in entry:
            break
        parts.append(number_of(numbers[0]))
    return parts


def _entries(listed: str) -> Iterator[str]:
    """Yield entries: parted by semicolons, and by commas and “và” where each side has a number of its own."""
    for piece in listed.split(";"):
        waiting = ""
        subs = re.split(r",(?!\d)|\bva\b", piece)
        for at, sub in enumerate(subs):
            waiting = f"{waiting},{sub}" if waiting else sub
            rest = ",".join(subs[at + 1 :])
            if _PART.search(waiting) and (not rest or _PART.search(rest)):
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
