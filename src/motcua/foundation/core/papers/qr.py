"""QR codes as SVG, one path of runs, for papers.

A code of one size always looks the same but for its data. What is the same (patterns, mask, where each bit lies) is
taken from `segno` once; a slip then costs its own bits and their correction alone, a tenth of drawing all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import segno

# Any mask is a valid code. Trying all eight for the fairest costs four times as much as everything else here.
MASK = 3
#: Blocks of each version at error correction M (ISO/IEC 18004, table 9): correction bytes a block, then how many blocks
#: of how many data bytes. Longer texts than version 12 holds are left to segno.
BLOCKS = {
    1: (10, [(1, 16)]), 2: (16, [(1, 28)]), 3: (26, [(1, 44)]), 4: (18, [(2, 32)]), 5: (24, [(2, 43)]),
    6: (16, [(4, 27)]), 7: (18, [(4, 31)]), 8: (22, [(2, 38), (2, 39)]), 9: (22, [(3, 36), (2, 37)]),
    10: (26, [(4, 43), (1, 44)]), 11: (30, [(1, 50), (4, 51)]), 12: (22, [(6, 36), (2, 37)]),
}
_BYTES = 4  # the mode of a text that is taken byte by byte
_PADDING = b"\xec\x11" * 150
_RUN = re.compile("1+")


def svg(text: str) -> str:
    """Return a QR code (error correction M) as SVG, one unit a module, without its quiet zone of four modules."""
    rows, runs = matrix(text), []
    for y, row in enumerate(rows):
        for run in _RUN.finditer(row):
            start, end = run.span()
            runs.append(f"M{start} {y}h{end - start}v1H{start}z")
    size = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{"".join(runs)}"/></svg>'


def matrix(text: str) -> list[str]:
    """Return the code row by row, a dark module as 1 and a light one as 0."""
    content = text.encode()
    version = next((one for one in BLOCKS if len(content) + _head(one) <= _capacity(one)), None)
    if version is None:
        return ["".join(map(str, row)) for row in segno.make_qr(text, error="m", boost_error=False, mask=MASK).matrix]
    frame = _frame(version)
    bits = int.from_bytes(_codewords(content, version), "big") << frame.spare
    flat = "".join(frame.lay(f"{bits ^ frame.mask:0{frame.count}b}01"))
    return [flat[at : at + frame.size] for at in range(0, len(flat), frame.size)]


def _capacity(version: int) -> int:
    return sum(count * data for count, data in BLOCKS[version][1])


def _head(version: int) -> int:
    """Return the bytes that mode, length and end take: half a byte, one or two, and half a byte."""
    return 2 if version < 10 else 3


@dataclass(frozen=True, slots=True)
class Frame:
    """What all codes of a version share. `lay` puts bits, and after them a light and a dark one, where they belong."""

    size: int
    count: int
    spare: int
    mask: int
    lay: Callable[[str], tuple[str, ...]]


@cache
def _frame(version: int) -> Frame:
    fixed = segno.make_qr("0", version=version, error="m", boost_error=False, mask=MASK).matrix
    size = len(fixed)
    order = [(x, y) for x, y in _way(size) if _is_data(x, y, size)]
    places = {place: at for at, place in enumerate(order)}
    sources = [places.get((x, y), len(order) + fixed[y][x]) for y in range(size) for x in range(size)]
    mask = int("".join("1" if (x + y) % 3 == 0 else "0" for x, y in order), 2)
    return Frame(size, len(order), len(order) % 8, mask, itemgetter(*sources))


def _is_data(x: int, y: int, size: int) -> bool:
    """Return whether a module is no part of the patterns and no description of the code itself."""
    far = size - 8
    if x == 6 or y == 6 or (x < 9 and y < 9) or (x >= far and y < 9) or (x < 9 and y >= far):
        return False
    if size >= 45 and ((x >= size - 11 and y < 6) or (y >= size - 11 and x < 6)):
        return False  # from version 7 on the version's number stands there
    return not (size > 21 and _is_aligning(x, y, size))


def _is_aligning(x: int, y: int, size: int) -> bool:
    """Return whether a module belongs to one of the small squares, which stand where none of the large ones does."""
    last = size - 7
    centres = (6, last) if size < 45 else (6, size // 2, last)
    at_corners = {(6, 6), (6, last), (last, 6)}
    return any(
        abs(x - a) < 3 and abs(y - b) < 3 for a in centres for b in centres if (a, b) not in at_corners
    )


def _way(size: int) -> Iterator[tuple[int, int]]:
    """Yield the modules in the order in which bits are laid: up and down in pairs of columns from the right."""
    is_up = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):  # column 6 is the timing pattern
        for y in range(size - 1, -1, -1) if is_up else range(size):
            yield right, y
            yield right - 1, y
        is_up = not is_up


def _codewords(content: bytes, version: int) -> bytes:
    """Return data and correction, a byte of each block in turn."""
    correction, groups = BLOCKS[version]
    length = 8 * (_head(version) - 1)
    said = (_BYTES << length | len(content)) << 8 * len(content) | int.from_bytes(content, "big")
    # Half a byte of nothing ends the text; two bytes in turn fill up what is left.
    data = (said << 4).to_bytes(len(content) + _head(version), "big") + _PADDING
    widths, blocks, at = [width for count, width in groups for _ in range(count)], [], 0
    for width in widths:
        blocks.append(data[at : at + width])
        at += width
    checks = [_correction(block, correction) for block in blocks]
    laid = [block[n] for n in range(widths[-1]) for block in blocks if n < len(block)]
    return bytes(laid) + bytes(check[n] for n in range(correction) for check in checks)


def _correction(block: bytes, count: int) -> bytes:
    """Return the Reed-Solomon bytes of a block: the remainder of dividing it by the generator."""
    table, top, rest = _multiples(count), 8 * (count - 1), 0
    for byte in block:
        first = (rest >> top) ^ byte
        rest = ((rest & ~(255 << top)) << 8) ^ table[first]
    return rest.to_bytes(count, "big")


@cache
def _multiples(count: int) -> list[int]:
    """Return the generator for so many bytes times each value, without its leading byte, as one number each."""
    generator = [1]
    for power in range(count):
        root = 1
        for _ in range(power):
            root = _times(root, 2)
        longer = [*generator, 0]
        for at, value in enumerate(generator):
            longer[at + 1] ^= _times(value, root)
        generator = longer
    return [int.from_bytes(bytes(_times(value, by) for value in generator[1:]), "big") for by in range(256)]


def _times(one: int, other: int) -> int:
    """Return a product in the field of 256 elements that QR codes use."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11D if one & 128 else 0)
        other >>= 1
    return product
