"""Which letters our paper font has. A letter it lacks would make no valid PDF/A, and a slip must always come out."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "fonts"
MISSING = "\N{WHITE SQUARE}"


@cache
def covered() -> frozenset[str]:
    """Return all letters of the font, read from its character map (format 4: the basic plane)."""
    data = (FONTS / "Tinos-Regular.ttf").read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    start = tables[b"cmap"]
    for at in range(start + 4, start + 4 + 8 * struct.unpack_from(">H", data, start + 2)[0], 8):
        offset: int = start + struct.unpack_from(">I", data, at + 4)[0]
        if struct.unpack_from(">H", data, offset)[0] == 4:
            return frozenset(_format_4(data, offset))
    raise ValueError("the font has no character map that we read")


def _format_4(data: bytes, offset: int) -> set[str]:
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    starts = struct.unpack_from(f">{count}H", data, offset + 16 + 2 * count)
    found: set[str] = set()
    for first, last in zip(starts, ends, strict=True):
        found.update(chr(code) for code in range(first, min(last, 0xFFFE) + 1))
    return found


def printable(text: str) -> str:
    """Return the text composed (NFC), with a white square for each letter the font does not have."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    strange = set(composed) - covered() - {"\n"}
    if not strange:
        return composed
    return composed.translate({ord(letter): MISSING if letter.isprintable() else None for letter in strange})
