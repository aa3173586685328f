"""Total lines of an annex: “Tổng cộng” is one; “Tổng kết”, “Công văn”, “Cổng thông tin” and “Công an” are words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORDS = (
    r"(?:tổng(?: (?:cộng|số|mức|khái toán|dự toán|nhu cầu))?(?: (?:kinh phí|vốn|tiền))?(?: thực hiện)?|cộng)"
    r"(?: (?:đề án|kế hoạch|chương trình))?(?: (?:(?:mục|nhóm|phần) )?(?:[ivx]{1,5}|\d{1,2}))?(?:\s*\([^()]*\))?"
)
_MONEY = r"\d[\d.,]*\s*(?:nghìn |ngàn )?(?:tỷ|tỉ|triệu|nghìn|ngàn)?\s*(?:đồng|đ|vnđ|vnd)?(?:\s*\([^()]*\))?\s*[.;]?"
_ALONE = re.compile(rf"{_WORDS}\s*[:.]?")
_WITH_MONEY = re.compile(rf"{_WORDS}\s*(?:[:\-–]\s*)?(?:là |khoảng )?{_MONEY}")
_FIGURES = re.compile(rf"(?:{_MONEY})|[-–.]+")
_NUMBER = re.compile(r"[ivx]{1,5}\.?|[a-h]\.?|\d{1,2}\.?")
_LONGEST = 120


def is_total(text: str) -> bool:
    """Return whether a text is a total's words and nothing more, or these and money. Marks count: Cổng is not Cộng."""
    if text.lstrip()[:1] not in {"T", "t", "C", "c"}:
        return False
    plain = _plain(text)
    return bool(_ALONE.fullmatch(plain) or _WITH_MONEY.fullmatch(plain))


def is_total_row(cells: Sequence[str]) -> bool:
    """Return whether the filled cells of a row are a total's words and money: whoever does a thing is not named."""
    if not cells:
        return False
    plain = [_plain(cell) for cell in cells]
    at = 1 if len(plain) > 1 and _NUMBER.fullmatch(plain[0]) else 0
    return is_total(cells[at]) and all(_FIGURES.fullmatch(cell) for cell in plain[at + 1 :])


def _plain(text: str) -> str:
    """Return the text composed, in small letters, on one line; "" for one too long to be a total's."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split()) if len(text) < _LONGEST else ""
