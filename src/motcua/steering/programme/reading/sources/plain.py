"""Plain text: which bytes mean which letters, and where one paragraph or cell ends and the next begins."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from motcua.steering.programme.reading.blocks import Block, Paragraph

from .legacy import reader_for, recoded_bytes
from .tidy import tidy
from .unreadable import Unreadable, holds

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNICODE = "mở tệp bằng phần mềm đã soạn nó, lưu lại dạng .docx hoặc văn bản Unicode (UTF-8) rồi gửi lại"
LONG = 160  # no typewriter or mail program wraps so late: a longer line is a whole paragraph
FEW_LONG = 3
ALMOST_NONE = 0.02
LONGEST_GAP = 20  # more empty lines in a row than any table has columns
GROUP = re.compile(r"[^\n]+(?:\n[^\n]+)*")
LONG_LINE = re.compile(rf"^[^\n]{{{LONG},}}\n(?=(\n*)[^\n])", re.MULTILINE)


def blocks_of(content: bytes) -> tuple[Block, ...]:
    """Return the paragraphs of a plain text; a line of nothing but blanks is a blank cell."""
    text = decoded(content)
    if recode := reader_for([text]):
        text = recode(text)
    return blocks_of_text(text)


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a text that is decoded already."""
    return tuple(Paragraph(tidy(one).strip("\n")) for one in parts_of(text))


def parts_of(text: str) -> Iterator[str]:
    """Yield the paragraphs and cells of a text as they stand; a blank cell is ""."""
    yield from _lines(text) if _one_line_per_cell(text) else groups(text)


def decoded(content: bytes) -> str:
    """Return the text of `content`, with "\\n" at the ends of lines; blanks stay: they may be a cell."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _unicode(content[len(mark) :], encoding)
    if encoding := _unmarked_wide(content):
        return _unicode(content, encoding)
    if b"\0" in content:
        raise Unreadable("không phải văn bản: trong tệp có dữ liệu nhị phân", UNICODE)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as broken:
        text = recoded_bytes(content) or _damaged(broken)
    return _with_plain_ends(text)


def _unicode(content: bytes, encoding: str) -> str:
    try:
        return _with_plain_ends(content.decode(encoding))
    except UnicodeDecodeError as broken:
        raise Unreadable(f"bị hỏng: từ byte thứ {broken.start + 1} không còn là chữ Unicode", UNICODE) from broken


def _unmarked_wide(content: bytes) -> str:
    """Return the UTF-16 that text without a mark is in, or "": half the bytes of Latin letters are then zero."""
    head = content[:4096]
    if len(head) < 2 or len(content) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    wide = len(head) / 2 * 0.4
    if odd > wide and not even:
        return "utf-16-le"
    return "utf-16-be" if even > wide and not odd else ""


def _damaged(broken: UnicodeDecodeError) -> str:
    raise Unreadable(
        f"không dùng bảng mã Unicode (byte thứ {broken.start + 1}) và cũng không nhận ra chắc chắn là bảng mã "
        "Windows-1258, TCVN3 (ABC) hay VNI",
        UNICODE,
    ) from broken


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _one_line_per_cell(text: str) -> bool:
    """Say whether an empty line is a blank cell: no gaps to speak of, or long paragraphs that follow without one."""
    gaps = text.count("\n\n")
    holds(gaps // LONGEST_GAP)
    if gaps <= ALMOST_NONE * text.count("\n"):
        return True
    after_long = LONG_LINE.findall(text)
    return len(after_long) >= FEW_LONG and after_long.count("") > len(after_long) / 2


def _lines(text: str) -> Iterator[str]:
    lines = re.sub(rf"\n{{{LONGEST_GAP},}}", "\n" * LONGEST_GAP, text).strip("\n").split("\n")
    holds(len(lines))
    yield from lines


def groups(text: str) -> Iterator[str]:
    """Yield what empty lines part; a line of nothing but blanks is a part of its own, ""."""
    for number, found in enumerate(GROUP.finditer(text)):
        holds(number)
        lines: list[str] = []
        for line in found.group().split("\n"):
            if line.isspace():
                yield from ("\n".join(lines), "") if lines else ("",)
                lines = []
            else:
                lines.append(line)
        if lines:
            yield "\n".join(lines)
