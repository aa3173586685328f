"""The numbers that Word writes by itself before paragraphs ("1.1.", "a)", "-"): they are part of the printed text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .markup import attribute, child, is_on, local, number

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
MOST_STYLES_DEEP = 20
PLACE = re.compile(r"%([1-9])")
ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
# Symbol and Wingdings keep their marks in a private area; these are the bullets that Word offers.
BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf02b": "+"}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is counted and printed."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    space: str = " "
    legal: bool = False
    keeps_counting: bool = False


@dataclass(slots=True)
class List:
    """A list definition: its levels and where counting stands."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """Counts paragraphs in document order and gives each its printed number."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._styles = {attribute(one, "styleId"): one for one in _named(styles, "style")}
        self._abstract = {attribute(one, "abstractNumId"): one for one in _named(numbering, "abstractNum")}
        self._instances = {attribute(one, "numId"): one for one in _named(numbering, "num")}
        self._lists: dict[str, List] = {}
        self._started: set[tuple[str, int]] = set()
        default = (one for one in self._styles.values() if attribute(one, "type") == "paragraph")
        self._default = next((one for one in default if attribute(one, "default") in ("1", "true")), None)

    def label(self, paragraph: _Element) -> str:
        """Return what Word prints before this paragraph, with its space, and count it; "" for most paragraphs."""
        instance, level = self._place(child(paragraph, "pPr"))
        if instance not in self._instances or instance == "0" or not 0 <= level < LEVELS:
            return ""
        one = self._list(instance)
        if one is None or level not in one.levels:
            return ""
        self._count(one, instance, level)
        return self._printed(one, self._overridden(instance, level) or one.levels[level])

    def _place(self, properties: _Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own words first, then those of its style."""
        instance, level = attribute(child(properties, "numPr", "numId")), child(properties, "numPr", "ilvl")
        style = self._styles.get(attribute(child(properties, "pStyle"))) if properties is not None else None
        style = self._default if style is None else style
        for _ in range(MOST_STYLES_DEEP):
            if style is None or instance is not None:
                break
            instance = attribute(child(style, "pPr", "numPr", "numId"))
            if level is None and instance is not None:
                level = child(style, "pPr", "numPr", "ilvl")
            style = self._styles.get(attribute(child(style, "basedOn")))
        return instance or "", number(level, 0)

    def _list(self, instance: str) -> List | None:
        name = attribute(child(self._instances[instance], "abstractNumId"))
        definition = self._linked(self._abstract.get(name))
        if definition is None:
            return None
        key = attribute(definition, "abstractNumId") or ""
        if key not in self._lists:
            self._lists[key] = List({number(one, 0, "ilvl"): _level(one) for one in _named(definition, "lvl")})
        return self._lists[key]

    def _linked(self, definition: _Element | None) -> _Element | None:
        """Follow a list that borrows its levels from a list style."""
        style = self._styles.get(attribute(child(definition, "numStyleLink")) or "")
        instance = self._instances.get(attribute(child(style, "pPr", "numPr", "numId")) or "")
        borrowed = self._abstract.get(attribute(child(instance, "abstractNumId")))
        return definition if borrowed is None else borrowed

    def _override(self, instance: str, level: int) -> _Element | None:
        found = (one for one in _named(self._instances[instance], "lvlOverride") if number(one, 0, "ilvl") == level)
        return next(found, None)

    def _overridden(self, instance: str, level: int) -> Level | None:
        definition = child(self._override(instance, level), "lvl")
        return None if definition is None else _level(definition)

    def _count(self, one: List, instance: str, level: int) -> None:
        restart = child(self._override(instance, level), "startOverride")
        if restart is not None and (instance, level) not in self._started:
            one.counts[level] = number(restart, 1)
        else:
            before = one.counts[level]
            one.counts[level] = one.levels[level].start if before is None else before + 1
        self._started.add((instance, level))
        for deeper in range(level + 1, LEVELS):
            if not one.levels.get(deeper, Level()).keeps_counting:
                one.counts[deeper] = None

    def _printed(self, one: List, level: Level) -> str:
        if level.style == "none" or not level.text.strip():
            return ""
        if level.style == "bullet":
            return BULLETS.get(level.text, "•" if "\ue000" <= level.text[0] <= "\uf8ff" else level.text) + level.space

        def counted(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            its = one.levels.get(at, Level())
            count = one.counts[at]
            return in_style(its.start if count is None else count, "decimal" if level.legal else its.style)

        return PLACE.sub(counted, level.text) + level.space


def in_style(count: int, style: str) -> str:
    """Return a count as Word prints it in a style; unknown styles are printed as digits."""
    letters = ("abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count - 1) // 26 + 1)) if 0 < count < 1000 else ""
    styles = {
        "decimalZero": f"{count:02d}",
        "lowerRoman": _roman(count),
        "upperRoman": _roman(count).upper(),
        "lowerLetter": letters,
        "upperLetter": letters.upper(),
        "none": "",
    }
    return styles.get(style, str(count))


def _roman(count: int) -> str:
    text = ""
    for value, letters in ROMAN.items() if 0 < count < 5000 else ():
        text += letters * (count // value)
        count %= value
    return text


def _level(definition: _Element) -> Level:
    return Level(
        start=number(child(definition, "start"), 0),
        style=attribute(child(definition, "numFmt")) or "decimal",
        text=attribute(child(definition, "lvlText")) or "",
        space="" if attribute(child(definition, "suff")) == "nothing" else " ",
        legal=is_on(child(definition, "isLgl")),
        keeps_counting=attribute(child(definition, "lvlRestart")) == "0",
    )


def _named(root: _Element | None, name: str) -> list[_Element]:
    return [] if root is None else [one for one in root if local(one) == name]
