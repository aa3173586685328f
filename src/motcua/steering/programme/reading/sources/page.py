"""A saved web page: the document in it as blocks, without the site around it."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from motcua.steering.programme.reading.blocks import Block, Paragraph

from .furniture import Size, Sizes, is_dropped, is_layout, measured
from .legacy import recoded_bytes
from .numbering import in_style
from .plain import MARKS, groups, parts_of
from .rows import Grid
from .settling import settled
from .unreadable import AGAIN, Unreadable, holds, too_many

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_TAGS = 600_000
MOST_DAMAGE = 0.001
TABLES = ("cp1258", "cp1252", "iso8859-1")  # what fits UTF-8 is UTF-8, whatever the page says
PARSER_STOPPED = "ERR_RESOURCE_LIMIT"
CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
PARTS = (
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "div",
    "footer",
    "form",
    "header",
    "html",
    "main",
)
WRITTEN = (
    "dd",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "legend",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
)
SHOWN = ("main", "ul", "details", "dir", "fieldset", "figcaption", "figure", "nav", "summary")
TABLED = ("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
BLOCKS = frozenset((*PARTS, *WRITTEN, *SHOWN, *TABLED))
SPACES = re.compile("[ \t\n\r\f]+")
MANY_SPACES = re.compile(" {2,}")
AROUND_BREAK = re.compile(" ?\n ?")
CELLS = ("td", "th")
MOST_ROWS = 65_534
MANY_LINES = 20
LISTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def blocks_of(content: bytes) -> tuple[Block, ...]:
    """Return the document of a page: scripts, menus and hidden parts dropped, layout tables opened."""
    root = _parsed(_decoded(content))
    if root is None:
        raise Unreadable("là trang web không có chữ nào", "mở trang, đợi tải xong rồi lưu lại và gửi lại")
    sizes = measured(root)
    return settled(_Page(sizes, sizes.get(root, Size()).text).blocks(root))


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    named = CHARSET.search(content[:8192])
    for encoding in ("utf-8", _known(named[1].decode("ascii")) if named else ""):
        with contextlib.suppress(UnicodeDecodeError):
            if encoding:
                return content.decode(encoding)
    if text := recoded_bytes(content):
        return text
    text = content.decode("utf-8", errors="replace")
    if text.count("\ufffd") > MOST_DAMAGE * len(text):
        raise Unreadable("dùng bảng mã mà hệ thống không nhận ra chắc chắn", "mở trang, lưu lại dạng UTF-8 rồi gửi lại")
    return text


def _known(encoding: str) -> str:
    """Return the table that a page names when it is one of those that Vietnamese pages are in, else ""."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return ""
    return name if name in TABLES else ""


def _parsed(text: str) -> _Element | None:
    from lxml import etree

    if text.count("<") > MOST_TAGS:
        raise too_many()
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as broken:
        raise Unreadable("là trang web hỏng, không đọc được", AGAIN) from broken
    if any(entry.type_name == PARSER_STOPPED for entry in parser.error_log):
        raise too_many()  # what stands after this would be missing without a word
    return root


class _Page:
    """One pass over the page. Text runs on until a block begins or ends."""

    def __init__(self, sizes: Sizes, whole: int) -> None:
        self._sizes = sizes
        self._whole = whole
        self._count = 0
        self._items: dict[_Element, int] = {}
        self._data: dict[_Element, bool] = {}

    def blocks(self, root: _Element) -> Iterator[Block]:
        """Yield the paragraphs and data tables under an element."""
        text = Text()
        for event, element in self._walk(root, self._is_closed):
            if text.ends_at(event, element):
                yield from self._paragraphs(text)
            if event == "open" and element.tag == "table" and self._is_data(element):
                yield from self._table(element)
            else:
                text.take(event, element, self._label)
        yield from self._paragraphs(text)

    def _paragraphs(self, text: Text) -> Iterator[Block]:
        run = text.flush()
        for part in parts_of(run) if run.count("\n") >= MANY_LINES else groups(run):
            self._count += 1
            holds(self._count)
            yield Paragraph(part)

    def _table(self, table: _Element) -> Iterator[Block]:
        grid = Grid()
        for row in self._under(table, ("tr", "caption")):
            if row.tag == "caption":
                yield Paragraph(self._cell(row))
                continue
            grid.begin_row()
            for cell in self._cells(row):
                rows = _whole(cell.get("rowspan"), 1)
                grid.put(self._cell(cell), _whole(cell.get("colspan"), 1), rows or MOST_ROWS)
        yield grid.table()

    def _cell(self, cell: _Element) -> str:
        """Return the paragraphs of a cell as lines; a table in it is read row by row."""
        text = Text(in_cell=True)
        lines = []
        for event, element in self._walk(cell, self._is_dropped):
            if text.ends_at(event, element):
                lines.append(text.flush())
            text.take(event, element, self._label)
        lines.append(text.flush())
        return "\n".join(filter(None, lines))

    def _walk(self, root: _Element, closed: Callable[[_Element], bool]) -> Iterator[tuple[str, _Element]]:
        """Yield "open", "close" and "after" of each element, without recursion: pages nest as deep as they like."""
        stack: list[tuple[str, _Element]] = [("open", root)]
        while stack:
            event, element = stack.pop()
            if event != "open":
                yield event, element
                continue
            if element is not root:
                stack.append(("after", element))
            if element is root or not closed(element):
                yield event, element
                stack.append(("close", element))
                stack.extend(("open", one) for one in reversed(element) if isinstance(one.tag, str))
            elif element.tag == "table":
                yield event, element

    def _under(self, element: _Element, tags: tuple[str, ...]) -> Iterator[_Element]:
        """Yield the nearest visible elements of these names, not those of tables further inside."""
        stack = list(reversed(element))
        while stack:
            one = stack.pop()
            if not isinstance(one.tag, str) or one.tag == "table" or self._is_dropped(one):
                continue
            if one.tag in tags:
                yield one
            else:
                stack.extend(reversed(one))

    def _is_dropped(self, element: _Element) -> bool:
        return is_dropped(element, self._sizes, self._whole)

    def _is_closed(self, element: _Element) -> bool:
        return self._is_dropped(element) or (element.tag == "table" and self._is_data(element))

    def _is_data(self, table: _Element) -> bool:
        if table not in self._data:
            cells = 0 if self._is_dropped(table) else sum(1 for row in self._rows(table) for _ in self._cells(row))
            self._data[table] = cells > 0 and not is_layout(table, self._sizes, cells)
        return self._data[table]

    def _rows(self, table: _Element) -> Iterator[_Element]:
        return self._under(table, ("tr",))

    def _cells(self, row: _Element) -> Iterator[_Element]:
        return self._under(row, CELLS)

    def _label(self, item: _Element) -> str:
        """Return what a browser prints before an item of a list."""
        holder = item.getparent()
        if holder is None or "none" in f"{holder.get('style', '')} {item.get('style', '')}":
            return ""
        if holder.tag != "ol":
            return "• "
        count = _whole(item.get("value"), self._items.get(holder, _whole(holder.get("start"), 1) - 1) + 1)
        self._items[holder] = count
        return in_style(count, LISTS.get(item.get("type") or holder.get("type") or "", "decimal")) + ". "


class Text:
    """Text gathered from elements until a block begins or ends. "\\n" in it is a break that the page asks for."""

    def __init__(self, *, in_cell: bool = False) -> None:
        self._blocks = BLOCKS - set(CELLS) if in_cell else BLOCKS
        self._label = ""
        self._pieces: list[str] = []
        self._verbatim = 0

    def ends_at(self, event: str, element: _Element) -> bool:
        """Say whether what was gathered ends before this event."""
        return event != "after" and element.tag in self._blocks

    def take(self, event: str, element: _Element, label: Callable[[_Element], str]) -> None:
        """Take what an event brings: the element's text, a break, or what follows the element."""
        tag = element.tag
        if event == "after":
            self._add(element.tail)
            return
        if tag == "pre":
            self._verbatim += 1 if event == "open" else -1
        elif tag in CELLS:
            self._pieces.append(" ")
        if event == "open":
            self._label = label(element) if tag == "li" else self._label
            self._pieces.append("\n" if tag == "br" else "")
            self._add(element.text)

    def flush(self) -> str:
        """Return what was gathered, without blanks around it. A lone no-break blank stays: it is a blank cell."""
        text = AROUND_BREAK.sub("\n", MANY_SPACES.sub(" ", "".join(self._pieces))).strip(" \n")
        self._pieces = []
        if not text:
            return ""
        label, self._label = self._label, ""
        return label + text

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text.replace(" ", "\u00a0") if self._verbatim > 0 else SPACES.sub(" ", text))


def _whole(text: str | None, default: int) -> int:
    """Return an attribute as a number within reason."""
    plain = (text or "").strip()
    return int(plain) if plain.isascii() and plain.lstrip("-").isdigit() and len(plain) < 6 else default
