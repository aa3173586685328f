"""What a procedure record says, read into values: all of it, with the text it was read from beside it.

The parts follow Decree 63/2010/NĐ-CP art. 8 as amended by Decree 92/2017/NĐ-CP: seven that every procedure must have
(name, steps, manner, papers and number of sets, time limit, subjects, settling agency) and four that exist where the
law gives them (forms, result, requirements, fees and charges). What a source does not say stays `None` or carries a
reason; unknown, blank, by rule and zero are four different values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from motcua.foundation.calendar.types import Limit


class Worded(StrEnum):
    """An enum whose members have Vietnamese words, for screens and for Django's choices."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return value and words of every member."""
        return [(member.value, member.words) for member in cls]


class State(Worded):
    """A version's or a process's life."""

    DRAFT = "draft", "Dự thảo"
    ANNOUNCED = "announced", "Đã công bố, chưa có hiệu lực"
    IN_FORCE = "in-force", "Còn hiệu lực"
    EXPIRED = "expired", "Hết hiệu lực"


class Origin(Worded):
    """Who drafted a version: a ministry (imported, in force as it stands) or the province (publication block)."""

    MINISTRY = "ministry", "Bộ công bố"
    PROVINCE = "province", "Tỉnh công bố"


class Change(Worded):
    """What taking in a record did to the store."""

    NEW = "new", "Mới"
    CHANGED = "changed", "Thay đổi"
    UNCHANGED = "unchanged", "Không đổi"


class RunState(Worded):
    """How far the import of a file is."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang đọc"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không đọc được"


class Level(Worded):
    """Where a procedure is carried out. The district stands for records from before 1 July 2025."""

    MINISTRY = "ministry", "Cấp bộ"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    OTHER = "other", "Cơ quan khác"


class Channel(Worded):
    """How a dossier is handed in."""

    DIRECT = "direct", "Trực tiếp"
    POST = "post", "Bưu chính"
    ONLINE = "online", "Trực tuyến"


class LimitGap(Worded):
    """Why a channel has no time limit that a clock could run on."""

    NO_UNIT = "no-unit", "nguồn chỉ ghi con số, không có đơn vị"
    NO_INFORMATION = "no-information", "nguồn không ghi thời hạn"
    IMMEDIATE = "immediate", "nguồn ghi giải quyết ngay"
    SAME_DAY = "same-day", "nguồn ghi giải quyết trong ngày"
    GLUED = "glued", "con số dính liền số tiền"
    NONSENSE = "nonsense", "nguồn ghi thời hạn vô lý"


@dataclass(frozen=True, slots=True)
class ChannelLimit:
    """A time limit, or the reason why there is none; exactly one of `limit` and `gap` is set.

    `number` keeps a figure printed without its unit, so that the controller need not look it up again.
    """

    printed: str
    limit: Limit | None = None
    gap: LimitGap | None = None
    number: Decimal | None = None


class FeeKind(Worded):
    """Phí pays for a service, lệ phí is a state charge; the portal's column tells them apart only sometimes."""

    FEE = "fee", "Phí"
    CHARGE = "charge", "Lệ phí"
    UNSTATED = "unstated", "Phí, lệ phí"


class FeeState(Worded):
    """What is known of a sum of money."""

    AMOUNT = "amount", "Có mức thu"
    FREE = "free", "Miễn phí"
    BY_COUNCIL = "by-council", "Do HĐND cấp tỉnh quyết định"
    BY_RULE = "by-rule", "Theo văn bản dẫn chiếu"
    CONTRADICTORY = "contradictory", "Nguồn ghi mâu thuẫn"
    UNKNOWN = "unknown", "Nguồn không ghi"


class FeeRole(Worded):
    """What a sum is for: the ordinary one, or one that holds for a time, from a step on, at most, or on request."""

    ORDINARY = "ordinary", "Mức thường"
    TEMPORARY = "temporary", "Mức áp dụng có thời hạn"
    TIER = "tier", "Mức từ bậc tiếp theo"
    CAP = "cap", "Mức tối đa"
    ON_REQUEST = "on-request", "Chỉ khi có yêu cầu"
    EXEMPTION = "exemption", "Trường hợp được miễn"


class FeeSource(Worded):
    """Where on the page the sum stands."""

    COLUMN = "column", "cột phí, lệ phí"
    NOTE = "note", "ghi chú"
    DESCRIPTION = "description", "mô tả"
    CONTROLLER = "controller", "người kiểm soát bổ sung"


@dataclass(frozen=True, slots=True)
class Fee:
    """One sum of money as one place of the source names it.

    `amount` is in whole units of `currency` (VND or USD), `per` what it is counted by ("hồ sơ", "trang"). The dates
    are half-open: the fee holds from `valid_from` up to, and not on, `valid_until`.
    """

    kind: FeeKind
    state: FeeState
    source: FeeSource
    verbatim: str
    role: FeeRole = FeeRole.ORDINARY
    amount: Decimal | None = None
    currency: str = "VND"
    per: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """One row of the table "cách thức thực hiện": a channel with its limit and money.

    A channel may stand in several rows, one a case. The `verbatim` pieces of all rows, joined after the table's
    heading, are the source text again, letter for letter.
    """

    channel: Channel
    limit: ChannelLimit
    fee_state: FeeState
    fees: tuple[Fee, ...]
    note: str
    description: str
    verbatim: str


class Duty(Worded):
    """What the applicant does with a paper."""

    SUBMIT = "submit", "Phải nộp"
    SHOW = "show", "Phải xuất trình"
    NOTE = "note", "Lưu ý"


class CopyKind(Worded):
    """Which copies are meant where the source counts copies."""

    CERTIFIED = "certified", "bản sao chứng thực"
    PHOTO = "photo", "bản chụp"
    UNSTATED = "unstated", "bản sao"


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of the list of papers. A count is `None` where the source gives none, 0 where it prints 0."""

    name: str
    originals: int | None
    copies: int | None
    copy_kind: CopyKind
    duty: Duty
    group: str
    case: str | None
    forms: tuple[str, ...]
    verbatim: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One row of the legal bases: title and document number, the latter `None` where none could be told apart."""

    title: str
    number: str | None
    verbatim: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the applicant receives. `code` is the national result code, `None` where the source holds something else."""

    name: str
    code: str | None
    printed_code: str


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A national code, and the agency's where it is localised: `1.001612`, `1.001612.000.00.00.H48`, `1.000948.H38`."""

    national: str
    agency: str | None = None

    def __str__(self) -> str:
        return self.national if self.agency is None else f"{self.national}.{self.agency}"


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agencies as printed. A name may hold commas and "và", so a printed line is never cut into names here."""

    performing: tuple[str, ...] = ()
    competent: tuple[str, ...] = ()
    authorised: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    issuing: tuple[str, ...] = ()


class RecordKind(StrEnum):
    """Whether the source is a whole record or a line of the official list."""

    FULL = "full"
    LIST_ROW = "list-row"


@dataclass(frozen=True, slots=True)
class ProcedureRecord:
    """A procedure as one source describes it. `source` is that source, key by key, as it came through the door."""

    record_kind: RecordKind
    code: ProcedureCode
    name: str
    field_name: str | None
    levels: tuple[Level, ...]
    subjects: tuple[str, ...]
    agencies: Agencies
    decision: str | None
    kind: str | None
    address: str | None
    steps: str | None
    channels: tuple[ChannelEntry, ...]
    papers: tuple[Paper, ...]
    sets: int | None
    requirements: str | None
    results: tuple[Result, ...]
    legal_bases: tuple[LegalBasis, ...]
    related: str | None
    description: str | None
    digest: str
    source: Mapping[str, str] = field(repr=False)
