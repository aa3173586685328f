"""The pages of a PDF as tables and paragraphs. Runs in a process of its own, with limits: see `portable`."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.steering.programme.reading.blocks import Block, Paragraph, Table

from .columns import side_by_side
from .lines import Joiner, Line, Word, grouped, lines_of, rhythm
from .ruled import Ruled, continued, ruled, within
from .sniffing import SCANNED
from .unreadable import AGAIN, MOST_CHARACTERS, Unreadable, holds, too_many

MOST_PAGES = 300
FEW_LETTERS = 40  # on a page, on the average: with pictures and less than this it is a scan
BIG_PART = 0.5
PAGES_NAMED = 10
PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*(?:/|trên)\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
OWN_NUMBER = re.compile(r"^[-–]?\s*\d+(?:/\d+)?\s|\s(?:trang\s*)?\d+(?:/\d+)?\s*[-–]?$", re.IGNORECASE)
EDGE_LINES = 2
APART = 1.6  # times the height of letters, from one line to the next
OTHER_SIZE = 0.9
FEWEST_REPEATS = 3
WIDTH_STEP = 20.0
WIDEST_RIGHT = 1.6  # times the left margin
RULES = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
LOCKED = "mở bằng mật khẩu, in lại ra PDF không khóa, hoặc gửi tệp gốc .docx"
LETTERLESS = "xin tệp gốc đã soạn (.docx) rồi gửi lại"


@dataclass(slots=True)
class Sheet:
    """One page: its tables, and the lines that stand outside them."""

    width: float
    tables: list[Ruled]
    lines: list[Line]


def blocks_of(content: bytes) -> list[Block]:
    """Return the blocks of a PDF; raise Unreadable for a scan and whatever else has no text."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return list(_blocks(_sheets(document)))
    except (PdfminerException, PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as reason:
        if any(isinstance(one, PDFPasswordIncorrect) for one in (reason, *reason.args)):
            raise Unreadable("là PDF đặt mật khẩu", LOCKED) from reason
        raise Unreadable("là PDF hỏng hoặc bị cắt dở", AGAIN) from reason


def _sheets(document: Any) -> list[Sheet]:
    sheets: list[Sheet] = []
    scanned: list[int] = []
    letters = pictures = 0
    for number, page in enumerate(document.pages, 1):
        if number > MOST_PAGES or letters > MOST_CHARACTERS:
            raise too_many()
        sheets.append(_sheet(page))
        letters += len(page.chars)
        pictures += len(page.images)
        scanned += [number] if _is_scanned(page) else []
        page.close()
    if letters < FEW_LETTERS * max(len(sheets), 1) and pictures:
        raise Unreadable("là bản quét (ảnh chụp giấy), không có chữ để đọc", SCANNED)
    if not letters:
        raise Unreadable("là PDF không có chữ nào", LETTERLESS)
    if scanned:
        shown = ", ".join(map(str, scanned[:PAGES_NAMED])) + (" …" if len(scanned) > PAGES_NAMED else "")
        raise Unreadable(f"có trang là ảnh quét, không có chữ để đọc (trang {shown})", SCANNED)
    return sheets


def _is_scanned(page: Any) -> bool:
    """Say whether a page is one big picture: left out without a word, its rows would be missing from the reading."""
    biggest = max(((one["x1"] - one["x0"]) * (one["bottom"] - one["top"]) for one in page.images), default=0)
    return len(page.chars) < FEW_LETTERS and bool(biggest > BIG_PART * page.width * page.height)


def _sheet(page: Any) -> Sheet:
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"])
        for word in page.extract_words(x_tolerance=2)
        if word["upright"]
    ]
    drawn = page.lines or page.rects or page.curves
    tables = [found for one in (page.find_tables(RULES) if drawn else ()) if (found := ruled(one, words))]
    tables.sort(key=lambda one: one.box[1])
    outside = [word for word in words if not any(within(word, table.box) for table in tables)]
    return Sheet(float(page.width), tables, lines_of(outside))


def _blocks(sheets: list[Sheet]) -> Iterator[Block]:
    """Yield paragraphs and tables in the order of the pages; both may go on from one page to the next."""
    _drop_running(sheets)
    margins = _margins(sheets)
    blocks: list[Block | Ruled] = []
    joiner = Joiner(rhythm([(sheet.lines, margins[_width(sheet)][1]) for sheet in sheets]))
    for sheet in sheets:
        _lay(sheet, *margins[_width(sheet)], blocks, joiner)
        holds(len(blocks))
    blocks += map(Paragraph, joiner.end())
    for block in blocks:
        yield Table(block.texts()) if isinstance(block, Ruled) else block


def _lay(sheet: Sheet, left: float, right: float, blocks: list[Block | Ruled], joiner: Joiner) -> None:
    """Add what stands on a page, from top to bottom, to the blocks of the pages before."""
    waiting = list(sheet.lines)
    for table in [*sheet.tables, None]:
        above = [line for line in waiting if table is None or line.top < table.box[1]]
        waiting = waiting[len(above) :]
        for column, apart in side_by_side(above):
            if apart:
                blocks += map(Paragraph, [*joiner.end(), *grouped(column)])
            else:
                joiner.take(column, left, right)
        if table is None:
            return
        blocks += map(Paragraph, joiner.end())
        last = blocks[-1] if blocks else None
        if not (table is sheet.tables[0] and isinstance(last, Ruled) and continued(last, table)):
            blocks.append(table)


def _drop_running(sheets: Sequence[Sheet]) -> None:
    """Drop page numbers, and lines that stand at the same edge of several pages."""
    seen = Counter(key for sheet in sheets for key in {_key(line) for line in _at_edges(sheet)})
    for sheet in sheets:
        running = {
            id(line)
            for line in _at_edges(sheet)
            if PAGE_NUMBER.fullmatch(line.text) or seen[_key(line)] >= FEWEST_REPEATS
        }
        sheet.lines = [line for line in sheet.lines if id(line) not in running]


def _key(line: Line) -> tuple[int, str]:
    """Return what is the same of a running line on all pages: its height on the page and its words but for the page."""
    return round(line.top), OWN_NUMBER.sub("", line.text)


def _at_edges(sheet: Sheet) -> Iterator[Line]:
    """Yield the lines at the head and foot of a page that stand apart from its text, or with a table between."""
    lines = sheet.lines
    for at in range(min(EDGE_LINES, len(lines))):
        if at + 1 < len(lines) and not _apart(sheet, lines[at], lines[at + 1]):
            break
        yield lines[at]
    for at in range(len(lines) - 1, max(len(lines) - 1 - EDGE_LINES, -1), -1):
        if at and not _apart(sheet, lines[at - 1], lines[at]):
            break
        yield lines[at]


def _apart(sheet: Sheet, above: Line, below: Line) -> bool:
    """Say whether two lines do not belong to one text: a wide gap, letters of another size, or a table between."""
    if any(above.top < table.box[1] < below.top for table in sheet.tables):
        return True
    sizes = sorted((above.height, below.height))
    return below.top - above.top > APART * sizes[1] or sizes[0] < OTHER_SIZE * sizes[1]


def _width(sheet: Sheet) -> int:
    return round(sheet.width / WIDTH_STEP)


def _margins(sheets: Sequence[Sheet]) -> dict[int, tuple[float, float]]:
    """Return where text begins and ends on pages of each width. A stop or hyphen may hang over the edge.

    Where all lines are short the right margin is taken to be no wider than it may be beside such a left one.
    """
    margins = {}
    for width in {_width(sheet) for sheet in sheets}:
        own = [sheet for sheet in sheets if _width(sheet) == width]
        boxes = [table.box for sheet in own for table in sheet.tables]
        lines = [line for sheet in own for line in sheet.lines]
        left = min([box[0] for box in boxes] + [line.x0 for line in lines], default=0.0)
        rights = [box[2] for box in boxes] + [line.x1 for line in lines if line.text[-1].isalnum()]
        margins[width] = (left, max([*rights, own[0].width - WIDEST_RIGHT * left]))
    return margins
