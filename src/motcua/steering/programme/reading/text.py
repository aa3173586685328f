"""Vietnamese text made comparable, and the numbers, dates and years that stand in it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f]+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "“”„«»″"), '"')
_BARE = {ord("đ"): "d", ord("Đ"): "D", **_DASHES, **_QUOTES}

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DATE_WORDS = re.compile(r"ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+(\d{4})", re.IGNORECASE)
_DATE_MARKS = re.compile(r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")


class _Folded(dict[int, str]):
    """What each letter folds to, a mark to nothing; worked out when it is first met."""

    def __missing__(self, letter: int) -> str:
        parts = unicodedata.normalize("NFD", chr(letter).translate(_BARE))
        found = self[letter] = _MARKS.sub("", parts).lower()
        return found


class _Letters(dict[int, str]):
    """The same, with one letter for one."""

    def __missing__(self, letter: int) -> str:
        found = self[letter] = (_FOLDED[letter].strip() or " ")[0]
        return found


_FOLDED, _LETTERS = _Folded(), _Letters()


@lru_cache(20_000)
def fold(text: str) -> str:
    """Return the text in small letters without marks, one space between words: uỷ = ủy = uy, hoá = hóa = hoa."""
    return " ".join(text.translate(_FOLDED).split())


def same_length(line: str) -> str:
    """Return the line in small letters without marks, letter for letter in its place."""
    return line.translate(_LETTERS)


def one_line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def number_of(text: str) -> Decimal:
    """Return a number as Vietnamese texts write it: dot for thousands, comma for decimals (2.280 and 477,07)."""
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", "."))


def in_words(value: Decimal | int) -> str:
    """Return a number as such texts write it."""
    whole, _, part = f"{value:f}".partition(".")
    part = part.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped


def date_in(text: str) -> date | None:
    """Return the first whole date in the text: “ngày 15 tháng 6 năm 2016” or 15/6/2016; None where there is none."""
    words, marks = _DATE_WORDS.search(text), _DATE_MARKS.search(text)
    first = min((found for found in (words, marks) if found), key=lambda found: found.start(), default=None)
    if first is None:
        return None
    try:
        return date(int(first[3]), int(first[2]), int(first[1]))
    except ValueError:
        return None


def is_capitals(text: str) -> bool:
    """Return whether the letters of the text are (nearly) all capitals."""
    if text.islower() or not text:
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 2 and sum(map(str.isupper, text)) >= 0.9 * letters
