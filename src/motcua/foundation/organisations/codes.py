"""Agency codes in both national formats, read into one path from the top, and written back.

The old form (QCVN 102:2016/BTTTT) is written most specific level first and padded: `000.21.30.H03`. Decision
20/2020/QĐ-TTg is written top first: `H03.30.21`. Both name the same agency; ministries start with G, provinces with H.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.foundation.organisations.errors import BadCode
from motcua.foundation.organisations.types import Scheme

OLD = re.compile(r"(?P<below>(?:\d{2,3}\.)+)(?P<top>[A-Z]\d{2})")
NEW = re.compile(r"(?P<top>[A-Z]\d{2})(?P<below>(?:\.\d{2,3})*)")
OLD_WIDTHS = (2, 2, 3)  # levels 2, 3 and 4 of the old form


@dataclass(frozen=True, slots=True)
class NationalCode:
    """An agency code read: the path from the top, each level below as at least two digits."""

    path: tuple[str, ...]
    written: Scheme

    @property
    def d20(self) -> str:
        """The code as Decision 20/2020 writes it."""
        return ".".join(self.path)

    @property
    def qcvn(self) -> str | None:
        """The code in the old form, or None where a level does not fit in its digits."""
        top, *below = self.path
        if len(below) > len(OLD_WIDTHS):
            return None
        padded = [*below, *("0" for _ in range(len(OLD_WIDTHS) - len(below)))]
        digits = [str(int(part)).zfill(width) for part, width in zip(padded, OLD_WIDTHS, strict=True)]
        if any(len(part) > width for part, width in zip(digits, OLD_WIDTHS, strict=True)):
            return None
        return ".".join([*reversed(digits), top])


def _levels(parts: list[str]) -> tuple[str, ...]:
    """Return the levels below the top as two digits or more, without the empty ones at the end."""
    numbers = [int(part) for part in parts]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(f"{number:02d}" for number in numbers)


def parse(text: str) -> NationalCode:
    """Return the agency code a text holds, in either format. Raises BadCode."""
    cleaned = text.strip().upper()
    if old := OLD.fullmatch(cleaned):
        parts = old["below"].rstrip(".").split(".")
        return NationalCode((old["top"], *_levels(parts[::-1])), Scheme.QCVN)
    if new := NEW.fullmatch(cleaned):
        parts = new["below"].lstrip(".").split(".") if new["below"] else []
        return NationalCode((new["top"], *_levels(parts)), Scheme.D20)
    raise BadCode(
        f"“{text.strip()[:40]}” không phải mã định danh cơ quan. "
        "Mã đúng có dạng 000.00.01.H03 hoặc H03.01; anh/chị xem lại mã đã nhập."
    )


def same(one: str, other: str) -> bool:
    """Return whether two codes name the same agency, whatever their format. Raises BadCode."""
    return parse(one).path == parse(other).path
