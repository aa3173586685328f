"""Amounts written in words: “một nghìn hai trăm triệu đồng”. A word or an order that is no number's gives None."""

from __future__ import annotations

import re

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}
_THOUSAND, _LARGE = {"nghin", "ngan"}, {"trieu": 10**6, "ty": 10**9, "ti": 10**9}
_NO_LETTER = re.compile(r"[^a-z ]+")
_SPELLED = re.compile(
    r"\b(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|chuc|tram|vai) (?:nghin|ngan|trieu|ty|ti)\b(?! le)"
)


def is_spelled(folded: str) -> bool:
    """Return whether a folded text names an amount in words, be it readable or not."""
    return bool(_SPELLED.search(folded))


def spelled_out(folded: str) -> int | None:
    """Return an amount written in words (“hai mươi chín triệu đồng”), or None where a word is not of a number."""
    words = _NO_LETTER.sub(" ", folded).split()
    while words and words[-1] in {"dong", "chan", "vnd"}:
        words.pop()
    if not words or not set(words) & (_THOUSAND | set(_LARGE)):
        return None
    total, thousands, last = 0, 0, 10**12
    below: list[str] = []
    for word in words:
        if word not in _THOUSAND and word not in _LARGE:
            below.append(word)
            continue
        part = _below_thousand(below)
        if part is None or (word in _THOUSAND and (thousands or not part)):
            return None
        if word in _THOUSAND:
            thousands = part * 1000
        elif thousands + part and _LARGE[word] < last:
            total, thousands, last = total + (thousands + part) * _LARGE[word], 0, _LARGE[word]
        else:
            return None
        below = []
    rest = _below_thousand(below)
    if rest is None or (rest and "tram" not in below):  # “một tỷ hai” is 1,2 tỷ to some: asked
        return None
    return (total + thousands + rest) or None


def _below_thousand(words: list[str]) -> int | None:
    """Return a number below a thousand; None where two numbers stand side by side (“hai ba”), or another word."""
    value, digit = 0, None
    for word in words:
        if word in _DIGITS and digit is None:
            digit = _DIGITS[word]
        elif word in {"muoi", "chuc"} and value % 100 == 0 and digit != 0:
            value, digit = value + (digit or 1) * 10, None
        elif word == "tram" and value == 0 and digit is not None and "tram" not in words[words.index("tram") + 1 :]:
            value, digit = digit * 100, None
        elif word not in {"linh", "le"} or digit is not None:
            return None
    return value + (digit or 0)
