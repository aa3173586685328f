"""How rule sets and their values are said on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.core import words
from motcua.foundation.core.looks import Tone
from motcua.foundation.law.models import RuleSet
from motcua.foundation.law.types import Trust, Value

SUBJECTS = {
    "one-stop": "Một cửa, một cửa liên thông", "forms": "Mẫu giấy tờ", "clock": "Cách tính thời hạn",
    "online": "Dịch vụ công trực tuyến", "government": "Tổ chức chính quyền địa phương",
}  # fmt: skip
ORDER = list(SUBJECTS)
CHOICES = {
    "due-date": "chậm nhất vào ngày hẹn trả", "day-before": "chậm nhất một ngày trước khi hết hạn",
    "due-time": "chậm nhất đúng giờ hẹn", "own": "cổng của tỉnh", "national-portal": "chỉ Cổng Dịch vụ công quốc gia",
    "next-counting-opening": "lúc mở cửa buổi làm việc tiếp theo", "close": "lúc đóng cửa ngày đó",
    "counting-sessions": "buổi làm việc", "civil-code-then-roll": "theo Bộ luật Dân sự rồi lùi qua ngày nghỉ",
    "finished": "lúc có kết quả", "handed-over": "lúc nhận bàn giao từ bưu chính",
    "province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã",
}  # fmt: skip
TONES = {
    Trust.LAW: Tone.GOOD, Trust.SOURCE: Tone.INK, Trust.PRACTICE: Tone.PLAIN, Trust.DERIVED: Tone.PLAIN,
    Trust.UNVERIFIED: Tone.CARE, Trust.EXAMPLE: Tone.CARE,
}  # fmt: skip


def said(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(said(item) for item in value)
    return CHOICES.get(value, value) if isinstance(value, str) else words.number(value)


@dataclass(frozen=True, slots=True)
class Mark:
    """A trust mark as the kit's badge."""

    word: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Row:
    """One value on the page."""

    title: str
    key: str
    value: str
    basis: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Section:
    """A rule set on the page."""

    subject: str
    name: str
    code: str
    since: date
    until: date | None
    basis: str
    mark: Mark
    rows: tuple[Row, ...]


def mark(trust: str) -> Mark:
    """Return the badge of a trust mark."""
    return Mark(Trust(trust).word, TONES[Trust(trust)])


def sections(sets: Sequence[RuleSet]) -> list[Section]:
    """Return the rule sets of `selectors.sets_on` as the page shows them, one-stop first."""
    place = {subject: at for at, subject in enumerate(ORDER)}
    ordered = sorted(sets, key=lambda found: (place.get(found.subject, len(ORDER)), found.subject))
    return [
        Section(
            SUBJECTS.get(found.subject, found.subject), found.name, found.code, found.valid_from, found.valid_to,
            found.basis, mark(found.trust),
            tuple(
                Row(value.title, value.key, said(value.value), value.basis, mark(value.trust))
                for value in found.in_force  # type: ignore[attr-defined]
            ),
        )
        for found in ordered
    ]
