"""Names of WordprocessingML, and its wrappers looked through: content controls, insertions, alternative contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
OFF = ("0", "false", "off", "none")


def local(element: _Element) -> str:
    """Return the name without its namespace, since strict and transitional files differ only there; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: _Element | None, *names: str) -> _Element | None:
    """Return the descendant at a path of names, first ones taken; None when there is none."""
    for name in names:
        element = None if element is None else next((one for one in element if local(one) == name), None)
    return element


def attribute(element: _Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def number(element: _Element | None, default: int, name: str = "val") -> int:
    """Return an attribute as a number within reason, or the default where it is missing or nonsense."""
    text = attribute(element, name) or ""
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 8 else default


def is_on(element: _Element | None) -> bool:
    """Say whether a switch is there and not switched off."""
    return element is not None and (attribute(element) or "1").lower() not in OFF


def inside(element: _Element) -> Iterator[_Element]:
    """Yield the children, with wrappers opened; of alternative contents the first one only."""
    for one in element:
        name = local(one)
        if name == "AlternateContent":
            chosen = child(one, "Choice")
            fallback = child(one, "Fallback") if chosen is None else chosen
            yield from () if fallback is None else inside(fallback)
        elif name in WRAPPERS:
            yield from inside(one)
        else:
            yield one
