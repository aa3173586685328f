"""Finding agencies of the register in running text: the longest name wins, and no name is split at “và” or a comma.

Spelling varies within one document: Hoà/Hòa, Uỷ/Ủy, composed or not, capital letters, “UBND” or in full, a name broken
over two lines. All of that is folded away; positions are those of the NFC text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.foundation.organisations import readings
from motcua.foundation.organisations.types import Kind, Register, State, Unit

_OLD_TONE = {  # the mark on the second vowel at the end of a syllable, and where the common spelling puts it
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = re.compile(rf"(?<!q)({'|'.join(_OLD_TONE)})(?!\w)")
_LIST_HEAD = re.compile(r"(?<!\w)các\s+sở\s*:\s*")
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|và\s+)")
_FULL_OFFICE = "ủy ban nhân dân"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found at [start, end) of the NFC text. More than one key means that the text does not say which."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names of a day, ready for matching."""

    keys: dict[str, tuple[str, ...]]
    names: re.Pattern[str]
    tails: re.Pattern[str]


def fold(text: str) -> str:
    """Return the text in the spelling that names are compared in. Its length is that of the NFC text."""
    composed = unicodedata.normalize("NFC", text)
    lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in composed)
    return _TONE.sub(lambda found: _OLD_TONE[found[1]], lowered)


def index(register: Register, day: date, *, territories: bool = False) -> NameIndex:
    """Return the names of all agencies that exist on the day.

    “huyện Ba Bể” alone is a place and no agency; with `territories` it counts for its People's Committee.
    """
    held: dict[str, set[str]] = defaultdict(set)
    tails: set[str] = set()
    for key, state in readings.living(register, day).items():
        unit = register.units[key]
        kind = register.catalogue.kinds[state.kind]
        for name in {fold(name) for name in _names(kind, state, unit, territories)}:
            held[name].add(key)
            held[name.replace("ubnd", _FULL_OFFICE)].add(key)
            if name.startswith("sở "):
                tails.add(name.removeprefix("sở "))
    keys = {name: tuple(sorted(found)) for name, found in held.items()}
    return NameIndex(keys, _longest_first(keys), _longest_first(tails))


def _names(kind: Kind, state: State, unit: Unit, territories: bool) -> Iterator[str]:
    yield readings.title(kind, state)
    for name in (state.name, *unit.aliases):
        if territories or not kind.territorial or name.startswith(kind.office):
            yield name
        if kind.office and not name.startswith(kind.office):
            yield f"{kind.office} {name}"


def _longest_first(names: dict[str, tuple[str, ...]] | set[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    spelled = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in ordered)
    return re.compile(rf"(?<!\w)(?:{spelled or '(?!)'})(?!\w)")


def match_names(text: str, names: NameIndex) -> tuple[NameMatch, ...]:
    """Return the agencies that a text names, in its order; what is no name of the register is passed over.

    In “Các Sở: Y tế; Giáo dục và Đào tạo” the short names count as departments.
    """
    composed, folded = unicodedata.normalize("NFC", text), fold(text)
    found = [*_full(folded, names), *_listed(folded, names)]
    return tuple(
        NameMatch(start, end, composed[start:end], keys) for start, end, keys in sorted(found, key=lambda hit: hit[0])
    )


def _full(folded: str, names: NameIndex) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for hit in names.names.finditer(folded):
        yield hit.start(), hit.end(), names.keys[" ".join(hit[0].split())]


def _listed(folded: str, names: NameIndex) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for head in _LIST_HEAD.finditer(folded):
        at = head.end()
        while hit := names.tails.match(folded, at):
            yield hit.start(), hit.end(), names.keys["sở " + " ".join(hit[0].split())]
            gap = _BETWEEN.match(folded, hit.end())
            if gap is None:
                break
            at = gap.end()
