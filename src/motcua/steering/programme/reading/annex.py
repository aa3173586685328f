"""The annex of tasks: found by its headings, as tables or as cells one below the other, and cut into rows."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from motcua.steering.programme.reading.aligning import align
from motcua.steering.programme.reading.blocks import Block, Paragraph, Table
from motcua.steering.programme.reading.columns import Column, column_of, columns_of, scale_of
from motcua.steering.programme.reading.money import is_money
from motcua.steering.programme.reading.periods import is_period
from motcua.steering.programme.reading.text import fold, one_line
from motcua.steering.programme.reading.totals import is_total, is_total_row

_TASK_NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})+)(?:\s*[.)/:-])?(?!\d)\s*(?=\S)")
_GROUP_NUMBER = re.compile(r"\s*(?:(\d{1,2})|([IVX]{1,5})|([A-H]))\s*[.)/-]\s*(?=\D)")
_SINGLE_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.)]\s+(?=[^\W\d])|\s*(\d{1,3})\s*\.?\s*$")
_SINGLE_GROUP = re.compile(r"\s*(?:[IVX]{1,5}|[A-H])(?:\s*[.)/-]\s*\S|\s*$)")
_OWN_NUMBER = re.compile(r"\s*(\d{1,3}(?=\s*[.)])|[a-zđ](?=\)))\s*[.)]\s*(?=[^\W\d])")
"""“1.” or “a)” before the words of a task, where a table has no column for numbers."""
_ALONE = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})+)\s*\.?\s*")
_PLAIN_NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})*)\s*\.?\s*")
_END = re.compile(
    r"hieu luc van ban|tai van ban|noi nhan|luu ?:|nguoi ky|tm\. |\W*so hieu ?:|ghi chu|van ban lien quan"
)
_OTHER_ANNEX = re.compile(r"phu luc|bieu (?:so )?\d|mau (?:so )?\d")
_PAGE = re.compile(r"\W*(?:(?:trang|page)\W*)?(?:\d{1,4}(?:\s*(?:/|tren)\s*\d{1,4})?\W*)?")
"""A paragraph that parts nothing: blank, or the number of a page."""
_ROW = 12
"""Paragraphs among which the period of a row is looked for."""
_COUNTED = frozenset(Column) - {Column.PERIOD, Column.OTHER}
"""Columns that say whether a row is a total's: one may give the years it is for, and remarks."""
_SHARED = frozenset({Column.LEAD, Column.COORDINATING, Column.PERIOD})
"""Columns in which a cell that spans rows is said of each of them. Money that spans is that of all, so said once."""
_SMALL = 4
"""Headings that must stand together to be the head of a table whose lines were lost."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it lies in the document: its group and its cells, verbatim."""

    group: str
    number: str
    cells: dict[Column, str]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Style:
    """How rows are numbered: 1.1 under groups 1, else 1 under groups I; in a cell of its own, or before the text."""

    dotted: bool
    apart: bool

    def number(self, text: str) -> str:
        """Return the number with which a row begins here, or ""."""
        if self.apart and (alone := _ALONE.fullmatch(text)):
            return alone[1]
        found = (_TASK_NUMBER if self.dotted else _SINGLE_NUMBER).match(text)
        return next((one for one in found.groups() if one), "") if found else ""


@dataclass(slots=True)
class Annex:
    """What was found of the annex. `first` is the block where it begins."""

    first: int
    columns: tuple[Column, ...]
    scale: int | None = None
    """In how many đồng bare numbers of the money column are, where the heading says so."""
    rows: list[Row] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)


def find_annex(blocks: Sequence[Block]) -> Annex | None:
    """Return the annex with its rows, or None where the document has none."""
    for at, block in enumerate(blocks):
        annex = None
        if isinstance(block, Table):
            found = _head_of(block)
            annex = _in_tables(blocks, at, found) if found else None
        elif column_of(block.text) is not None and len(_window(blocks, at)) >= _SMALL:
            annex = _in_lines(blocks, at)
        if annex is not None:
            annex.scale = _scale(blocks[max(0, at - 4) : at + len(annex.columns) + 2])
            return annex
    return None


def _scale(around: Sequence[Block]) -> int | None:
    """Return the unit of money that the headings, or a line just above them, give."""
    for block in around:
        texts = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows[:2] for cell in row]
        for text in texts:
            if len(text) < 80 and (scale := scale_of(text)):
                return scale
    return None


# ---- tables ----


def _head_of(table: Table) -> tuple[int, tuple[Column, ...]] | None:
    """Return the row after the headings and the columns, where the table is one of tasks."""
    for at, cells in enumerate(table.rows[:4]):
        columns = columns_of(cells)
        if columns:
            return at + 1, columns
        if at + 1 < len(table.rows):  # headings over two rows: what the upper leaves open the lower says
            both = [lower if lower.strip() else upper for upper, lower in zip(cells, table.rows[at + 1], strict=False)]
            columns = columns_of(both)
            if columns and any(not lower.strip() for lower in table.rows[at + 1]):
                return at + 2, columns
    return None


def _in_tables(blocks: Sequence[Block], first: int, head: tuple[int, tuple[Column, ...]]) -> Annex:
    start, columns = head
    annex = Annex(first, columns)
    group, parted = "", False
    for block in blocks[first:]:
        if isinstance(block, Paragraph):
            parted = parted or _PAGE.fullmatch(fold(block.text)) is None
            continue
        again = _head_of(block)
        if again:
            start, columns = again
        elif block is not blocks[first]:
            start = 0
            if not _is_more(block, columns, parted=parted):
                parted = True
                continue
        parted = False
        group = _read_table(annex, block, start, columns, group)
    return annex


def _is_more(table: Table, columns: Sequence[Column], *, parted: bool) -> bool:
    """Return whether a table without headings goes on with the annex: nothing parts them, or its first row fits.

    A table of other things may be as wide, and comes after words of its own, with headings of its own.
    """
    if max(map(len, table.rows), default=0) != len(columns):
        return False
    row = next((row for row in table.rows if any(row)), ())
    return not parted or _goes_on(row) or any(map(_tells, row, columns))


def _tells(text: str, column: Column) -> bool:
    """Return whether a cell has what headings do not have: the number of a task or of a group, or a period."""
    if column is Column.NUMBER:
        return bool(_PLAIN_NUMBER.fullmatch(text) or _SINGLE_GROUP.match(text))
    if column is Column.PERIOD:
        return is_period(text)
    return column is Column.TASK and bool(_TASK_NUMBER.match(text) or _OWN_NUMBER.match(text))


def _read_table(annex: Annex, table: Table, start: int, columns: Sequence[Column], group: str) -> str:
    above: Sequence[str] = ()
    for at in range(start, len(table.rows)):
        texts = [cell.strip("\n ") for cell in table.rows[at]]
        filled = [text for text in texts if text]
        reaching = {
            place: above[place] for place, column in enumerate(columns)
            if column in _SHARED and (at, place) in table.covered and place < len(above) and above[place]
        }  # fmt: skip
        above = [reaching.get(place, text) for place, text in enumerate(texts)]
        if not filled:
            continue
        if is_total_row([text for text, column in zip(texts, columns, strict=False) if text and column in _COUNTED]):
            annex.totals.append(next((text for text in reversed(filled) if text[0].isdigit()), filled[-1]))
        elif annex.rows and not reaching and _goes_on(texts):
            _carry_on(annex.rows[-1], texts, columns)
        elif _is_group(above, columns):
            group = one_line(" ".join(dict.fromkeys(filled)))
        else:
            row = _row_of(above, columns, group)
            group = row.group
            annex.rows.append(row)
    return group


def _goes_on(texts: Sequence[str]) -> bool:
    """Return whether a row only goes on with the one before, cut in two by a page: it begins in mid-sentence."""
    return all(text[:1].islower() or text[:1] in "(,;)" for text in texts if text)


def _carry_on(row: Row, texts: Sequence[str], columns: Sequence[Column]) -> None:
    for text, column in zip(texts, columns, strict=False):
        if text and column not in {Column.GROUP, Column.NUMBER}:
            row.cells[column] = f"{row.cells.get(column, '')}\n{text}".strip()


def _is_group(texts: Sequence[str], columns: Sequence[Column]) -> bool:
    """Return whether a row is a heading: number or name alone, nothing that only a task has."""
    asked = {Column.PRODUCT, Column.LEAD, Column.COORDINATING, Column.PERIOD}
    if any(text for text, column in zip(texts, columns, strict=False) if column in asked):
        return False
    named = [text for text, column in zip(texts, columns, strict=False) if text and column is not Column.BUDGET]
    return bool(named) and not any(_TASK_NUMBER.match(text) for text in named) and not _alone(named)


def _alone(named: Sequence[str]) -> bool:
    """Return whether it is a mere number without a name: a row cut off, and no heading."""
    return len(named) == 1 and _PLAIN_NUMBER.fullmatch(named[0]) is not None


def _row_of(texts: Sequence[str], columns: Sequence[Column], group: str) -> Row:
    cells: dict[Column, str] = {}
    for text, column in zip(texts, columns, strict=False):
        if column is Column.PERIOD and text:  # from one column, until the other
            cells[column] = f"{cells[column]} - {text}" if cells.get(column) else text
        else:
            cells.setdefault(column, text)
    if cells.get(Column.GROUP):
        group = one_line(cells[Column.GROUP])
    found = _TASK_NUMBER.match(cells.get(Column.TASK, ""))
    number = found[1] if found else ""
    if not number and Column.NUMBER not in columns and (own := _OWN_NUMBER.match(cells.get(Column.TASK, ""))):
        number = own[1]
    if not number and (plain := _PLAIN_NUMBER.fullmatch(cells.get(Column.NUMBER, ""))):
        number = plain[1]
    return Row(group, number, cells)


# ---- cells one below the other ----


def _window(blocks: Sequence[Block], at: int) -> list[Column]:
    """Return the columns that the paragraphs from here on name, as long as they do. Blank ones are passed over."""
    found: list[Column] = []
    for block in blocks[at : at + 20]:
        if not isinstance(block, Paragraph):
            break
        if not block.text.strip():
            continue
        column = column_of(block.text)
        if column is None or column in found:
            break
        found.append(column)
    return found


def _in_lines(blocks: Sequence[Block], first: int) -> Annex:
    columns = tuple(_window(blocks, first))
    annex = Annex(first, columns)
    texts = _below(blocks, first, len(columns))
    ends = [at for at, text in enumerate(texts) if _END.match(fold(text))]
    group = ""
    wanted = [column for column in columns if column not in {Column.GROUP, Column.NUMBER}]
    if Column.TASK not in wanted:
        wanted.insert(0, Column.TASK)
    dots = _Style(dotted=True, apart=Column.NUMBER in columns)
    shown = texts[: ends[0]] if ends and ends[0] else texts
    style = dots if any(dots.number(text) and not is_money(text) for text in shown) else _Style(False, dots.apart)
    for kind, part in _cut(texts[: _end_of(texts, ends, style, dated=Column.PERIOD in columns)], style):
        if kind == "group":
            group = one_line(" ".join(part))
        elif kind == "total":
            annex.totals.extend(part)
        else:
            annex.rows.append(_aligned(part, wanted, group, style))
    return annex


def _below(blocks: Sequence[Block], first: int, headings: int) -> list[str]:
    """Return the texts of the paragraphs after the headings."""
    texts = [block.text for block in blocks[first:] if isinstance(block, Paragraph)]
    named = [at for at, text in enumerate(texts) if text.strip()][:headings]
    return texts[named[-1] + 1 :] if named else []


def _end_of(texts: Sequence[str], ends: Sequence[int], style: _Style, *, dated: bool) -> int:
    """Return where the annex ends: at words of a document's foot after which no row of this annex begins any more."""
    if not ends:
        return len(texts)
    after = range(ends[0] + 1, len(texts))
    rows = [at for at in after if _is_row(texts, at, style, dated=dated)]
    others = [at for at in after if _OTHER_ANNEX.match(fold(texts[at]))]
    for end in ends:
        row, other = bisect(rows, end), bisect(others, end)
        if row == len(rows) or (other < len(others) and others[other] < rows[row]):
            return end
    return len(texts)


def _is_row(texts: Sequence[str], at: int, style: _Style, *, dated: bool) -> bool:
    """Return whether a numbered row begins here. Lists have numbers, too, so a period must come where rows have one."""
    if not style.number(texts[at]) or is_money(texts[at]) or is_period(texts[at]):
        return False
    return not dated or any(is_period(text) for text in texts[at + 1 : at + 1 + _ROW])


def _cut(texts: Sequence[str], style: _Style) -> Iterator[tuple[str, list[str]]]:
    """Yield groups, rows and totals: each begins with its number and ends where the next thing begins."""
    kind, part, dated = "", [""], False
    for at, text in enumerate(texts):
        begun = _begins(texts, at, style)
        if begun == "total" and kind == "row" and not dated and not _is_last(texts, at):
            begun = ""
        if not begun and kind == "row" and dated and _begins_unnumbered(texts, at, style):
            begun = "row"
        if begun:
            if kind:
                yield kind, part
            kind, part, dated = begun, [text], False
        elif _goes_with(kind, part, text):
            part.append(text)
            dated = dated or is_period(text)
    if kind:
        yield kind, part


def _goes_with(kind: str, part: Sequence[str], text: str) -> bool:
    """Return whether a paragraph that begins nothing goes on what was begun: a group has a name, a total an amount."""
    if kind == "group":
        return bool(text) and len(part) == 1 and _SINGLE_GROUP.fullmatch(part[0]) is not None
    return kind == "row" or (kind == "total" and is_money(text))


def _is_last(texts: Sequence[str], at: int) -> bool:
    """Return whether nothing but money follows in the annex, so that a total may stand after a row without a period."""
    return all(is_money(text) for text in texts[at + 1 :] if text)


def _begins_unnumbered(texts: Sequence[str], at: int, style: _Style) -> bool:
    """Return whether a row begins here whose number is missing: the one before has its period, and another comes."""
    text = texts[at]
    if not text or is_period(text) or is_money(text) or text[0] == "(":
        return False
    for later in range(at + 1, min(at + 12, len(texts))):
        if _begins(texts, later, style):
            return False
        if is_period(texts[later]):
            return True
    return False


def _begins(texts: Sequence[str], at: int, style: _Style) -> str:
    text = texts[at]
    if is_total(text):
        return "total"
    if not text or is_money(text) or is_period(text):
        return ""
    if style.number(text):
        return "row"
    if not style.dotted and _SINGLE_GROUP.match(text):
        return "group"
    group = _GROUP_NUMBER.match(text)
    if not style.dotted or group is None or len(text) > 200:
        return ""
    following = next((later for later in texts[at + 1 :] if later), "")
    task = style.number(following)
    return "group" if task and (group[1] is None or task.split(".")[0] == group[1]) else ""


def _aligned(part: Sequence[str], wanted: Sequence[Column], group: str, style: _Style) -> Row:
    number = style.number(part[0])
    if number and _PLAIN_NUMBER.fullmatch(part[0]) and len(part) > 1:
        part = part[1:]
    found = align(part, wanted)
    return Row(group, number, dict(zip(wanted, found.cells, strict=True)), found.is_sure)
