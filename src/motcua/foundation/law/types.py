"""What crosses the border of the room: trust marks, kinds and states of documents."""

from __future__ import annotations

from enum import StrEnum


class Trust(StrEnum):
    """How far a rule, a date or a code can be trusted. Only `LAW` may be shown to a citizen as law."""

    LAW = "law"
    SOURCE = "source"
    PRACTICE = "practice"
    DERIVED = "derived"
    UNVERIFIED = "unverified"
    EXAMPLE = "example"


TRUST_WORDS: dict[Trust, str] = {
    Trust.LAW: "theo văn bản",
    Trust.SOURCE: "theo nguồn công khai",
    Trust.PRACTICE: "theo thực tiễn",
    Trust.DERIVED: "suy ra từ dữ liệu",
    Trust.UNVERIFIED: "chưa kiểm chứng",
    Trust.EXAMPLE: "ví dụ",
}
