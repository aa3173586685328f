"""Text at the door: one normal form, nothing a database cannot hold, and the words that mean "nothing is said"."""

from __future__ import annotations

import re
import unicodedata

NOTHING_SAID = frozenset({"", "không có thông tin", "--", "-", "n/a", "null", "none"})
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


def door(text: str) -> str:
    """Return the text in NFC, with one kind of line end, without what no database stores (NUL, lone surrogates).

    Everything else stays as it is: this is the form that is kept verbatim. Doing it twice changes nothing.
    """
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("\ufffd", _LINE_END.sub("\n", text)))


def is_damaged(text: str) -> bool:
    """Tell whether characters were lost, here or before."""
    return "\ufffd" in text


def tidy(text: str) -> str:
    """Return the text for reading: no invisible marks, single blanks, no empty lines, nothing at the ends."""
    plain = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    return _LINES.sub("\n", plain).strip()


def line(text: str) -> str:
    """Return the text as one tidy line."""
    return " ".join(tidy(text).split())


def said(text: str) -> str | None:
    """Return the tidy text, or None where the source says in its own way that it says nothing."""
    plain = tidy(text)
    return None if plain.casefold().rstrip(". ") in NOTHING_SAID else plain


def fold(text: str) -> str:
    """Return the text for comparing words: lower case, without marks, đ as d, single blanks."""
    marks_apart = unicodedata.normalize("NFD", line(text).casefold().replace("đ", "d"))
    return "".join(letter for letter in marks_apart if not unicodedata.combining(letter))
