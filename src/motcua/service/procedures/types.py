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

from motcua.foundation.calendar.types import Limit


class Level(StrEnum):
    """Where a procedure is carried out. The district stands for records from before 1 July 2025."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class Channel(StrEnum):
    """How a dossier is handed in."""

    DIRECT = "direct"
    POST = "post"
    ONLINE = "online"


class LimitGap(StrEnum):
    """Why a channel has no time limit that a clock could run on."""

    NO_UNIT = "no-unit"
    NO_INFORMATION = "no-information"
    IMMEDIATE = "immediate"
    SAME_DAY = "same-day"
    GLUED = "glued"
    NONSENSE = "nonsense"


@dataclass(frozen=True, slots=True)
class ChannelLimit:
    """A time limit, or the reason why there is none; exactly one of `limit` and `gap` is set.

    `number` keeps a figure printed without its unit, so that the controller need not look it up again.
    """

    printed: str
    limit: Limit | None = None
    gap: LimitGap | None = None
    number: Decimal | None = None


class FeeKind(StrEnum):
    """Phí pays for a service, lệ phí is a state charge; the portal's column tells them apart only sometimes."""

    FEE = "fee"
    CHARGE = "charge"
    UNSTATED = "unstated"


class FeeState(StrEnum):
    """What is known of a sum of money."""

    AMOUNT = "amount"
    FREE = "free"
    BY_COUNCIL = "by-council"
    BY_RULE = "by-rule"
    CONTRADICTORY = "contradictory"
    UNKNOWN = "unknown"


class FeeRole(StrEnum):
    """What a sum is for: the ordinary one, or one that holds for a time, from a step on, at most, or on request."""

    ORDINARY = "ordinary"
    TEMPORARY = "temporary"
    TIER = "tier"
    CAP = "cap"
    ON_REQUEST = "on-request"
    EXEMPTION = "exemption"


class FeeSource(StrEnum):
    """Where on the page the sum stands."""

    COLUMN = "column"
    NOTE = "note"
    DESCRIPTION = "description"


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


class Duty(StrEnum):
    """What the applicant does with a paper."""

    SUBMIT = "submit"
    SHOW = "show"
    NOTE = "note"


class CopyKind(StrEnum):
    """Which copies are meant where the source counts copies."""

    CERTIFIED = "certified"
    PHOTO = "photo"
    UNSTATED = "unstated"


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
