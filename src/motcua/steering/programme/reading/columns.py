"""The columns of an annex: known by the words of their headings, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from motcua.steering.programme.reading.text import fold


class Column(StrEnum):
    """What a column of the annex holds."""

    NUMBER = "number"
    GROUP = "group"
    TASK = "task"
    PRODUCT = "product"
    LEAD = "lead"
    COORDINATING = "coordinating"
    PERIOD = "period"
    BUDGET = "budget"
    OTHER = "other"


_HEADINGS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, re.compile(r"(?:so )?(?:stt|tt)\b|so thu tu")),
    (Column.GROUP, re.compile(r"nhiem vu chung|linh vuc|nhom nhiem vu|muc tieu$")),
    (Column.COORDINATING, re.compile(r".*phoi hop")),
    (Column.LEAD, re.compile(r".*chu tri|(?:co quan|don vi)(?:, don vi)? (?:thuc hien|chiu trach nhiem)|trach nhiem")),
    (Column.PRODUCT, re.compile(r"san pham|ket qua|dau ra")),
    (Column.BUDGET, re.compile(r".*kinh phi|du toan|khai toan|nguon von|tong muc")),
    (
        Column.PERIOD,
        re.compile(r"thoi (?:gian|han|diem)|tien do|lo trinh|nam thuc hien|(?:bat dau|hoan thanh|ket thuc)$"),
    ),
    (Column.TASK, re.compile(r"(?:noi dung|ten|cac)? ?(?:nhiem vu|cong viec|noi dung|hoat dong)|noi dung")),
)
LONGEST_HEADING = 80


def column_of(heading: str) -> Column | None:
    """Return which column a heading names, or None where it names none."""
    if not heading or len(heading) > LONGEST_HEADING or heading[0] in "-+*":
        return None
    folded = fold(heading)
    return next((column for column, pattern in _HEADINGS if pattern.match(folded)), None)


def scale_of(text: str) -> int | None:
    """Return in how many đồng a heading says its bare numbers are: “Kinh phí (triệu đồng)”, “ĐVT: đồng”."""
    found = _SCALE.search(fold(text))
    return SCALES[found[1] or ""] if found else None


SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "nghin": 1000, "ngan": 1000, "": 1}
_SCALE = re.compile(r"(?:\(|dvt\s*:?\s*|don vi(?: tinh)?\s*:?\s*)\s*(ty|ti|trieu|nghin|ngan)?\s*(?:dong|vnd)\b")


def columns_of(headings: Sequence[str]) -> tuple[Column, ...] | None:
    """Return the columns of a heading row, or None where it is no heading row of an annex.

    It is one where it names tasks and at least two more things; a column that repeats, or is unknown, is *other*. Two
    columns may give the period: its beginning and its end.
    """
    found: list[Column] = []
    for heading in headings:
        column = column_of(heading) or Column.OTHER
        found.append(Column.OTHER if column in found and column is not Column.PERIOD else column)
    if Column.TASK not in found and Column.GROUP in found:
        found[found.index(Column.GROUP)] = Column.TASK
    known = {column for column in found if column not in {Column.OTHER, Column.NUMBER}}
    asks = known & {Column.LEAD, Column.PRODUCT, Column.PERIOD, Column.COORDINATING, Column.BUDGET}
    return tuple(found) if Column.TASK in known and len(asks) >= 2 else None
