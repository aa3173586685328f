"""What crosses the border of the room: trust marks, subjects of rule sets, documents and rules as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Value = bool | int | str | list[str]
"""What a rule may be set to. Times of day are text, "15:00"."""


class Trust(StrEnum):
    """How far a rule, a date or a code can be trusted. Only `LAW` may be shown to a citizen as law."""

    LAW = "law"
    SOURCE = "source"
    PRACTICE = "practice"
    DERIVED = "derived"
    UNVERIFIED = "unverified"
    EXAMPLE = "example"

    @property
    def word(self) -> str:
        return TRUST_WORDS[self]


TRUST_WORDS: dict[Trust, str] = {
    Trust.LAW: "theo văn bản",
    Trust.SOURCE: "theo nguồn công khai",
    Trust.PRACTICE: "theo thực tiễn",
    Trust.DERIVED: "suy ra từ dữ liệu",
    Trust.UNVERIFIED: "chưa kiểm chứng",
    Trust.EXAMPLE: "ví dụ",
}


class Standing(StrEnum):
    """Where a document stands on a day."""

    AHEAD = "ahead"
    IN_FORCE = "in-force"
    EXPIRED = "expired"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        return STANDING_WORDS[self]


STANDING_WORDS = {
    Standing.AHEAD: "chưa có hiệu lực",
    Standing.IN_FORCE: "còn hiệu lực",
    Standing.EXPIRED: "hết hiệu lực",
    Standing.UNKNOWN: "chưa rõ ngày hiệu lực",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A legal document. `expired` is the first day on which it is no longer in force."""

    number: str
    type: str
    issuer: str
    title: str
    issued: date | None = None
    effective: date | None = None
    expired: date | None = None
    replaced_by: str = ""
    amends: tuple[str, ...] = ()
    trust: Trust = Trust.LAW
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A value of a rule set; its own dates, where given, lie within those of the set."""

    key: str
    title: str
    value: Value
    trust: Trust
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule set: what holds for a subject from one day until before another."""

    code: str
    subject: str
    name: str
    valid_from: date
    valid_to: date | None
    trust: Trust
    basis: str = ""
    rules: tuple[Rule, ...] = field(default=())
