"""Taking the glued table "cách thức thực hiện" apart: channel, time, fee, note in parentheses, description.

A scrape prints `Trực tuyến15 Ngày làm việc800,000 Việt Nam Đồng(/hồ sơ)Phí: …Trực tiếp15 …`. A row begins only where a
channel's name is followed at once by a time and a fee: the same words occur in running text. A number without unit that
runs into the digits of a sum (`1200 VNĐ`) cannot be divided with certainty, so neither is read.
"""

from __future__ import annotations

import re

from motcua.service.procedures.reading.amounts import CURRENCY
from motcua.service.procedures.reading.fees import column_fee, state_of, text_fees
from motcua.service.procedures.reading.limits import limit_of
from motcua.service.procedures.reading.text import tidy
from motcua.service.procedures.types import (
    Channel,
    ChannelEntry,
    ChannelLimit,
    Fee,
    FeeKind,
    FeeSource,
    FeeState,
    LimitGap,
)

HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"
LABELS = {"Trực tuyến": Channel.ONLINE, "Dịch vụ bưu chính": Channel.POST, "Trực tiếp": Channel.DIRECT}
_FEE = rf"Miễn phí|Không có thông tin|[0-9][0-9.,]* *(?:{CURRENCY}|%)"
_UNIT = r"(?:Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Tuần|Năm|Phút)"
_NUMBER = r"[0-9]+(?:[.,][0-9]{1,2})?"
_ROW = re.compile(
    rf"(?P<channel>{'|'.join(LABELS)})\s*(?:"
    rf"(?P<glued>[0-9][0-9.,]* *(?:{CURRENCY}|%))"
    rf"|(?P<time>Không có thông tin|{_NUMBER} *{_UNIT}|{_NUMBER}(?=Miễn phí|Không có thông tin))\s*(?P<fee>{_FEE})"
    rf"|(?P<lone>Không có thông tin|{_NUMBER} *{_UNIT})(?=\s*(?:$|{'|'.join(LABELS)})))"
)


def channel_entries(text: str) -> tuple[str, tuple[ChannelEntry, ...]]:
    """Return what stands before the first row, and the rows.

    The first part joined with every row's `verbatim` is the text again, letter for letter.
    """
    rows = list(_ROW.finditer(text))
    if not rows:
        return text, ()
    ends = [*(row.start() for row in rows[1:]), len(text)]
    entries = (_entry(row, text[row.end() : end]) for row, end in zip(rows, ends, strict=True))
    return text[: rows[0].start()], tuple(entries)


def _entry(row: re.Match[str], rest: str) -> ChannelEntry:
    note, description = _note(rest)
    fees = _fees(row, note, description)
    limit = ChannelLimit(row["glued"], gap=LimitGap.GLUED) if row["glued"] else _limit(row, note, description)
    return ChannelEntry(
        LABELS[row["channel"]], limit, state_of(fees), fees, tidy(note), tidy(description), row[0] + rest
    )


def _limit(row: re.Match[str], note: str, description: str) -> ChannelLimit:
    return limit_of(row["time"] or row["lone"], f"{note}\n{description}")


def _fees(row: re.Match[str], note: str, description: str) -> tuple[Fee, ...]:
    if row["glued"]:
        column = Fee(FeeKind.UNSTATED, FeeState.UNKNOWN, FeeSource.COLUMN, row["glued"])
    else:
        column = column_fee(row["fee"] or "", note)
    return (
        column,
        *text_fees(_inside(note), FeeSource.NOTE),
        *text_fees(description, FeeSource.DESCRIPTION),
    )


def _note(rest: str) -> tuple[str, str]:
    """Return the parenthesis that follows the fee at once, and the description behind it.

    Parentheses are counted; one that is never closed takes everything, as the portal's own column does.
    """
    if not rest.startswith("("):
        return "", rest
    depth = 0
    for place, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return rest[: place + 1], rest[place + 1 :]
    return rest, ""


def _inside(note: str) -> str:
    """Return the note without the parentheses that only wrap it."""
    plain = note.strip()
    while plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1].strip()
    return plain
