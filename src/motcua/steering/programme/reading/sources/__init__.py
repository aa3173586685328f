"""The door for files: plain text, .docx, saved web pages and text PDF become one row of blocks.

The kind is told by the content, never by the name. What cannot be read is refused with what it is and what to do; no
file, however made, costs much time or memory. Heavy libraries are imported only when a file of their kind comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from motcua.steering.programme.errors import BadDocument
from motcua.steering.programme.reading.blocks import Block, Paragraph, Source

from . import plain
from .sniffing import kind_of
from .unreadable import MOST_BYTES, Unreadable

NAME_SHOWN = 80


def open_document(name: str, content: bytes) -> Source:
    """Return the blocks of a file; raise BadDocument, in words for the person who sent it, when there are none."""
    try:
        kind, blocks = _opened(content)
        if not any(not isinstance(block, Paragraph) or block.text for block in blocks):
            raise Unreadable("không có chữ nào", "mở tệp kiểm tra nội dung rồi gửi lại")
    except Unreadable as reason:
        raise BadDocument(_sentence(name, reason)) from reason
    return Source(kind, hashlib.sha256(content).hexdigest(), blocks)


def _sentence(name: str, reason: Unreadable) -> str:
    shown = name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN]}…"
    return f"Tệp “{shown}” {reason.what}. Hệ thống chưa ghi gì. Anh/chị {reason.advice}."


def _opened(content: bytes) -> tuple[str, tuple[Block, ...]]:
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("trống", "kiểm tra lại tệp rồi gửi lại")
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // (1024 * 1024)
        raise Unreadable(f"lớn hơn {limit} MB", "bỏ bớt ảnh, hoặc gửi riêng phần quyết định và phụ lục của nó")
    kind = kind_of(content)
    return ("docx" if kind == "zip" else kind), READERS[kind](content)


def _word(content: bytes) -> tuple[Block, ...]:
    from . import word

    return word.blocks_of(content)


def _page(content: bytes) -> tuple[Block, ...]:
    from . import page

    return page.blocks_of(content)


def _portable(content: bytes) -> tuple[Block, ...]:
    from . import portable

    return portable.blocks_of(content)


READERS: dict[str, Callable[[bytes], tuple[Block, ...]]] = {
    "txt": plain.blocks_of,
    "zip": _word,
    "html": _page,
    "pdf": _portable,
}
