"""Words as they are compared: lower case, without marks, đ as d, whatever stands between letters as one dash. Pure."""

from __future__ import annotations

import re
import unicodedata

WORD = 40
_BETWEEN = re.compile(r"[\W_]+")
_D = str.maketrans("đĐ", "dD")


def fold(text: str) -> list[str]:
    """Return the words of a text as they are compared. NFC and NFD of a text give the same."""
    apart = unicodedata.normalize("NFD", text.translate(_D)).casefold()
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = (_BETWEEN.sub("-", word).strip("-") for word in plain.split())
    return [word for word in words if word]


def beginnings(words: list[str]) -> list[str]:
    """Return the words, and what follows each dash in them: “0012” and “250424-0012” find “h03-41-250424-0012”."""
    found: dict[str, None] = {}
    for word in words:
        parts = word.split("-")
        for at in range(len(parts)):
            found["-".join(parts[at:])[:WORD]] = None
    return list(found)
