"""What a line of the register says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """In which shape the register leaves."""

    PDF = "pdf"
    XLSX = "xlsx"


#: More lines than these are asked for in shorter ranges. A PDF is set in one piece, and slips wait for it meanwhile (a
#: thousand lines: a second and a half); a workbook is written row by row.
MOST = {Way.PDF: 1_000, Way.XLSX: 20_000}


@dataclass(frozen=True, slots=True)
class Range:
    """Days of receipt, the last one included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. Days and hours are local and in words; nothing is computed again by whoever prints."""

    number: int
    volume: str
    running: str
    code: str
    subject: str
    sets: int
    applicant: str
    address: str
    phone: str
    received: str
    receiver: str
    due: str
    result: str
    returned: str
    giver: str
    note: str


@dataclass(frozen=True, slots=True)
class Total:
    """The closing line: what was received in the range and how it stands now, and what was carried over from before."""

    received: int = 0
    returned: int = 0
    waiting: int = 0
    open: int = 0
    ended: int = 0
    carried_over: int = 0

    @property
    def words(self) -> str:
        """Return the closing line (khóa sổ)."""
        return (
            f"Tiếp nhận {self.received} hồ sơ: đã trả kết quả {self.returned}, có kết quả chờ trả {self.waiting}, "
            f"đang giải quyết {self.open}, rút hoặc dừng {self.ended}. Kỳ trước chuyển sang: {self.carried_over} hồ sơ."
        )


HEADINGS = (
    "TT", "Quyển số", "Số thứ tự", "Mã hồ sơ", "Nội dung", "Số bộ", "Họ tên người nộp", "Địa chỉ", "Điện thoại",
    "Ngày nhận", "Người tiếp nhận", "Hẹn trả", "Có kết quả", "Ngày trả", "Người trả", "Ghi chú",
)
