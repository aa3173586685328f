"""Names of people: the order of a list, and the plain form of a sign-in name.

Names sort by given name, then by the rest, in Vietnamese order: letters first (a ă â b c d đ e ê …), tones after them
(ngang, huyền, hỏi, ngã, sắc, nặng).
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_BASE_MARKS = "\u0306\u0302\u031b"  # breve, circumflex, horn: they make a letter of its own
USERNAME = re.compile(r"[a-z0-9][a-z0-9._\-]{1,58}[a-z0-9]")

WordKey = tuple[tuple[int, ...], tuple[int, ...]]


def name_key(full_name: str) -> tuple[WordKey, ...]:
    """Return what a list of people is sorted by: the given name (the last word), then family and middle names."""
    words = full_name.split()
    return tuple(_word_key(word) for word in words[-1:] + words[:-1])


def _word_key(word: str) -> WordKey:
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", parts[0] + "".join(mark for mark in parts[1:] if mark in _BASE_MARKS))
        letters.append(_LETTERS.get(base, 100 + ord(base[0])))
        tones.append(next((_TONES[mark] for mark in parts[1:] if mark in _TONES), 0))
    return tuple(letters), tuple(tones)


def plain_username(text: str) -> str:
    """Return a sign-in name as it is stored: composed, small letters, no spaces around."""
    return unicodedata.normalize("NFC", text).strip().lower()
