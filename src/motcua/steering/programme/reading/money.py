"""Money as cells print it: “16 tỷ đồng”, “2.280 triệu đồng”, “145 triệu đồng (29 triệu đồng/năm)”, “theo mức …”."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from motcua.steering.programme.reading.text import NUMBER, fold, number_of
from motcua.steering.programme.types import Budget, BudgetState

_UNITS = {
    "nghin ty": 10**12, "ngan ty": 10**12, "ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 1000,
    "ngan": 1000, "": 1,
}
_AMOUNT = re.compile(
    rf"(?<![\d.,/])(?P<number>{NUMBER})\s*(?P<unit>nghin ty|ngan ty|ty|ti|trieu|tr|nghin|ngan)?\.?\s*"
    r"(?P<dong>dong|vnd|d)?\b(?P<year>\s*/\s*(?:1\s+)?nam|\s+(?:mot|moi|hang) nam)?"
)
_BARE = re.compile(rf"({NUMBER})")
_RULE = re.compile(
    r"theo (muc|quy dinh|che do|dinh muc|thuc te|du toan|ke hoach|du an|phan cap)|long ghep|chi thuong xuyen|nguon |"
    r"ngan sach|duoc giao|tu can doi|kinh phi (tu|cua)"
)
_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
}
_NO_LETTER, _SAYS_SOMETHING = re.compile(r"[^a-z ]+"), re.compile(r"[a-z0-9]")
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}


def is_money(text: str) -> bool:
    """Return whether a cell reads like money, as an amount, in words or by rule."""
    read = read_budget(text)
    return read.amount_vnd is not None or read.per_year_vnd is not None or bool(_RULE.match(fold(text)))


def amounts_in(text: str) -> list[tuple[int, bool]]:
    """Return the amounts of a text in đồng, each with whether it is per year. A bare number is no amount."""
    found = []
    for match in _AMOUNT.finditer(fold(text)):
        if match["unit"] or match["dong"]:
            value = number_of(match["number"]) * _UNITS[match["unit"] or ""]
            found.append((int(value.to_integral_value()), bool(match["year"])))
    return found


@lru_cache(10_000)
def read_budget(text: str, scale: int | None = None) -> Budget:
    """Return the reading of a cell. Where words cannot be read as an amount, state and None say so.

    `scale` is in how many đồng a bare number is, where the column's heading says so.
    """
    folded = fold(text)
    if scale is not None and (bare := _BARE.fullmatch(folded)):
        return Budget(text, BudgetState.AMOUNT, int((number_of(bare[1]) * scale).to_integral_value()))
    if not folded or not _SAYS_SOMETHING.search(folded):
        return Budget(text, BudgetState.BLANK)
    amounts = amounts_in(text)
    whole = next((amount for amount, yearly in amounts if not yearly), None)
    yearly = next((amount for amount, per_year in amounts if per_year), None)
    if whole is not None or yearly is not None:
        return Budget(text, BudgetState.AMOUNT, whole, yearly)
    if _RULE.search(folded):
        return Budget(text, BudgetState.BY_RULE)
    spelled = spelled_out(folded)
    return Budget(text, BudgetState.AMOUNT if spelled else BudgetState.BY_RULE, spelled)


def spelled_out(folded: str) -> int | None:
    """Return an amount written in words (“hai mươi chín triệu đồng”), or None where a word is not of a number."""
    words = _NO_LETTER.sub(" ", folded).split()
    while words and words[-1] in {"dong", "chan", "vnd"}:
        words.pop()
    total, part, digit = 0, 0, 0
    if not words or not set(words) & set(_SCALES):
        return None
    for word in words:
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word in {"muoi", "chuc"}:
            part, digit = part + (digit or 1) * 10, 0
        elif word == "tram":
            part, digit = part + digit * 100, 0
        elif word in _SCALES:
            total, part, digit = total + (part + digit) * _SCALES[word], 0, 0
        elif word not in {"linh", "le", "mot"}:
            return None
    return (total + part + digit) or None


def printed(amount: int) -> str:
    """Return an amount as plans print it: 477,07 tỷ đồng."""
    for size, name in ((10**9, "tỷ đồng"), (10**6, "triệu đồng")):
        if amount >= size:
            value = Decimal(amount) / size
            return f"{value.normalize():f}".replace(".", ",") + f" {name}"
    return f"{amount:,}".replace(",", ".") + " đồng"
