"""Which parts of a web page are the site and not the document, and which tables only lay out the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NEVER_TEXT = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "title", "iframe", "object", "embed", "applet", "svg"),
        *("canvas", "audio", "video", "map", "dialog", "button", "select", "option", "textarea", "input", "datalist"),
    )
)
AROUND = frozenset(("nav", "aside", "footer", "header", "menu"))
ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar"))
MAY_BE_SITE = frozenset(("div", "ul", "ol", "section", "form", "p", "span", "td", "table"))
SITE_NAME = re.compile(
    r"(?:^|[\s_-])(?:menu|navbar|nav|navigation|breadcrumbs?|sidebar|footer|social|shares?|sharing|comments?|adverts?|"
    r"ads|banner|cookies?|popup|modal|toolbar|pagination|related|login)(?:$|[\s_-])",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MEASURED = MAY_BE_SITE | AROUND | {"th", "body", "html"}
SMALL_PART = 0.2
FEWEST_LINKS = 4
MOSTLY_LINKS = 0.8
LONGEST_CELL = 6_000


@dataclass(slots=True)
class Size:
    """How much text an element holds, how much of it in links, and in tables inside it."""

    text: int = 0
    linked: int = 0
    links: int = 0
    tabled: int = 0
    longest_cell: int = 0


Sizes = dict["_Element", Size]


def measured(root: _Element) -> Sizes:
    """Return the sizes of the elements that may be furniture or layout, taken in one walk from the leaves up."""
    from lxml.etree import iterwalk

    sizes: Sizes = {}
    open_ones: list[Size] = []
    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            open_ones.append(Size())
            continue
        size = open_ones.pop()
        tag = str(element.tag)
        if tag not in NEVER_TEXT:
            size.text += len((element.text or "").strip())
        _close(tag, size)
        if tag in MEASURED:
            sizes[element] = size
        if open_ones:
            _add(open_ones[-1], size, tag, element.tail)
    return sizes


def _close(tag: str, size: Size) -> None:
    if tag == "a":
        size.linked, size.links = size.text, size.links + 1
    elif tag in ("td", "th"):
        size.longest_cell = max(size.longest_cell, size.text - size.tabled)


def _add(outer: Size, size: Size, tag: str, tail: str | None) -> None:
    outer.text += size.text + len((tail or "").strip())
    outer.linked += size.linked
    outer.links += size.links
    if tag == "table":
        outer.tabled += size.text
    else:
        outer.tabled += size.tabled
        outer.longest_cell = max(outer.longest_cell, size.longest_cell)


def is_dropped(element: _Element, sizes: Sizes, whole: int) -> bool:
    """Say whether an element is hidden or belongs to the site. What holds much of the page's text never does."""
    tag = str(element.tag)
    if tag in NEVER_TEXT or element.get("hidden") is not None or HIDDEN.search(element.get("style", "")):
        return True
    size = sizes.get(element)
    if size is None or size.text > SMALL_PART * whole:
        return False
    if tag in AROUND or element.get("role", "").lower() in ROLES:
        return True
    if tag not in MAY_BE_SITE or tag in ("td", "table"):
        return False
    if SITE_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return True
    return tag in ("ul", "ol") and size.links >= FEWEST_LINKS and size.linked >= MOSTLY_LINKS * size.text


def is_layout(table: _Element, sizes: Sizes, cells: int) -> bool:
    """Say whether a table only lays out the page: one cell, mostly tables inside, or a cell as long as a document."""
    size = sizes.get(table, Size())
    if cells == 1 or table.get("role", "").lower() in ("presentation", "none"):
        return True
    return size.tabled > size.text - size.tabled or size.longest_cell > LONGEST_CELL
