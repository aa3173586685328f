"""How dates, numbers, money and remaining time are said in Vietnamese: 1.234,5 and "Thứ Năm, 24/4/2025 lúc 09:00".

Pure functions; the kit offers them to templates as filters, and slips and letters call them directly.
"""

from __future__ import annotations

import errno
from datetime import date, datetime
from decimal import Decimal

from motcua.foundation.core.time import local

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
#: Minutes of the default working day (07:00-11:30 and 13:30-17:00).
WORKING_DAY = 480
NOTHING = "—"


def day(value: date | datetime | None) -> str:
    """Return "24/4/2025"; an instant gives its local day, nothing gives a dash."""
    if value is None:
        return NOTHING
    when = local(value) if isinstance(value, datetime) else value
    return f"{when.day}/{when.month}/{when.year}"


def weekday(value: date | datetime | None) -> str:
    """Return "Thứ Năm, 24/4/2025"."""
    if value is None:
        return NOTHING
    when = local(value) if isinstance(value, datetime) else value
    return f"{WEEKDAYS[when.weekday()]}, {day(when)}"


def clock(value: datetime | None) -> str:
    """Return the local hour, "09:00"."""
    return NOTHING if value is None else f"{local(value):%H:%M}"


def moment(value: datetime | None) -> str:
    """Return "Thứ Năm, 24/4/2025 lúc 09:00", in local time."""
    return NOTHING if value is None else f"{weekday(value)} lúc {clock(value)}"


def short(value: datetime | None) -> str:
    """Return "24/4 09:00", for rows where the year is plain."""
    if value is None:
        return NOTHING
    when = local(value)
    return f"{when.day}/{when.month} {when:%H:%M}"


def number(value: Decimal | float | int | str | None, places: int | None = None) -> str:
    """Return "1.234,5"; without `places`, as many decimals as the value has (at most three)."""
    if value is None or value == "":
        return NOTHING
    exact = Decimal(str(value))
    plain = f"{exact:,.3f}".rstrip("0").rstrip(".") if places is None else f"{exact:,.{places}f}"
    return plain.translate(str.maketrans(",.", ".,"))


def money(value: Decimal | int | None) -> str:
    """Return whole đồng, "1.024.000 đ", with a space that does not break."""
    return NOTHING if value is None else f"{number(value, 0)}\N{NO-BREAK SPACE}đ"


def percent(value: Decimal | float | None, places: int = 1) -> str:
    """Return a share from 0 to 1 as "87,5%"; nothing (no denominator) gives a dash, never 0 %."""
    return NOTHING if value is None else f"{number(Decimal(str(value)) * 100, places)}%"


def masked(number: str) -> str:
    """Return an identity number of which only the last four signs can be read: enough to compare, too little to copy.

    A page read over a shoulder and a lost slip must not give it away; so short a number as four signs is hidden whole.
    What could not be opened says so.
    """
    from motcua.foundation.core.crypto import Unopened  # commands speak before a store's models can be there

    if isinstance(number, Unopened):
        return number
    return f"{'•' * (len(number) - 4)}{number[-4:]}" if len(number) > 4 else "•" * len(number)


def size(octets: int) -> str:
    """Return a file's size, "12 kB" or "3,4 MB" (powers of ten, as shops print it)."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000)) if octets else 0} kB"
    return f"{number(octets / 1_000_000, 1)} MB"


def duration(minutes: int, working_day: int = WORKING_DAY) -> str:
    """Return working minutes as at most two units: "1 ngày 3 giờ", "20 phút"; from ten days on, days alone."""
    days, rest = divmod(abs(minutes), working_day)
    hours, left = divmod(rest, 60)
    units = [(days, "ngày"), (hours, "giờ"), (left, "phút")]
    while len(units) > 1 and not units[0][0]:
        units.pop(0)
    kept = units[:1] if days >= 10 else units[:2]
    said = [f"{count} {unit}" for count, unit in kept if count]
    return " ".join(said) or "0 phút"


def remaining(minutes: int | None, working_day: int = WORKING_DAY) -> str:
    """Return "còn 1 ngày 3 giờ", "quá hạn 2 ngày", or that no due date is known; minutes are working minutes."""
    if minutes is None:
        return "chưa xác định thời hạn"
    if minutes == 0:
        return "đến hạn"
    return f"{'còn' if minutes > 0 else 'quá hạn'} {duration(minutes, working_day)}"


_REFUSED = {
    errno.ENOENT: "không có tệp hay thư mục này", errno.EACCES: "không có quyền", errno.EPERM: "không có quyền",
    errno.EISDIR: "đây là thư mục", errno.ENOTDIR: "đường dẫn đi qua một tệp", errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EADDRINUSE: "cổng đang có chương trình khác dùng", errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa bị lỗi",
}


def refused(error: OSError) -> str:
    """Return what the machine refused, in Vietnamese where it is one of the usual reasons."""
    return _REFUSED.get(error.errno or 0, error.strerror or "lỗi của máy")
