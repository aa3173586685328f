"""Money as cells print it: “16 tỷ đồng”, “2.280 triệu đồng”, “145 triệu đồng (29 triệu đồng/năm)”, “theo mức …”.

An amount is taken where the cell leaves no choice. A range, a bound, an amount for each commune, or amounts that are
not said to be parts of one another leave it open: state *amount*, and no figure. “Không” and “0” are an amount of zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from motcua.steering.programme.reading.spelling import is_spelled, spelled_out
from motcua.steering.programme.reading.text import NUMBER, fold, number_of, one_line
from motcua.steering.programme.types import Anomaly, AnomalyKind, Budget, BudgetState

__all__ = ["amounts_in", "is_money", "is_rule", "named_amounts", "printed", "read_budget", "spelled_out"]

_UNITS = {
    "nghin ty": 10**12, "ngan ty": 10**12, "ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 1000,
    "ngan": 1000, "": 1,
}
_AMOUNT = re.compile(
    rf"(?<![\d.,/])(?P<number>{NUMBER})\s*(?P<unit>nghin ty|ngan ty|ty|ti|trieu|tr|nghin|ngan)?\.?\s*"
    r"(?P<dong>dong|vnd|d)?\b"
    r"(?P<year>(?:\s*/\s*(?:0?1\s+|mot\s+)?nam|\s+(?:mot|moi|hang) nam)\b(?!\s*(?:19|20)\d\d))?"
)
_BARE = re.compile(rf"({NUMBER})")
_RULE = re.compile(
    r"theo (muc|quy dinh|che do|dinh muc|thuc te|du toan|ke hoach|du an|phan cap)|long ghep|chi thuong xuyen|nguon |"
    r"ngan sach|duoc giao|tu can doi|kinh phi (tu|cua)"
)
_ZERO = re.compile(
    r"0+|khong(?: (?:co|can|mat|ton|phat sinh|su dung|bo tri))?(?: (?:kinh phi|chi phi|ngan sach|dong|tien))?"
)
_SAYS_SOMETHING = re.compile(r"[a-z0-9]")

_EACH_YEAR_BEFORE = re.compile(r"\b(?:moi|hang|binh quan|mot|1) nam\s*:?\s*(?:la|can|chi|khoang)?\s*$")
_RANGE_BEFORE = re.compile(r"(?<![\d.,/])(?!(?:19|20)\d\d\b)\d[\d.,]*\s*(?:->|-|~|den|toi|hoac)\s*$")
_BOUND_BEFORE = re.compile(r"\b(?:tren|duoi|hon|gan|tu|toi thieu|it nhat|toi da|khong qua|nhieu nhat)\s*$")
_EACH_BEFORE = re.compile(r"\b(?:moi|tung) (?!nam\b)\w+\s*:?\s*(?:la|duoc|can|khoang)?\s*$")
_TIMES_BEFORE = re.compile(r"(?<![a-z])[x×*]\s*$")
_TIMES_YEARS = re.compile(r"\s*[x×*]\s*\d+\s+nam\b")
_LEFT_OPEN = re.compile(r"\s*(?:ruoi\b|tro (?:len|xuong)|(?!(?:19|20)\d\d(?!\d))\d)")
_FOR_EACH = re.compile(
    r"\s*/\s*(?!(?:\d+\s+)?nam\b)\w+|\s+(?:cho )?(?:moi|tung|mot) (?!nam\b|lan\b)\w+|\s+hang (?:thang|quy)\b|"
    r"\s*[x×*]\s*\d+"
)
_PARTS = re.compile(r"\s*[,:;.]?\s*\(?\s*(?:(trong do|trong so)|gom|bao gom|chia ra|cu the)\b")
_LISTED = re.compile(r"\s*[(:]")
_SAME = re.compile(r"\s*[,(]?\s*(?:=|tuc|tuong duong|bang|\()")
_TOTAL_BEFORE = re.compile(r"(?:\btong(?: cong| so| kinh phi)?\s*:?|=)\s*(?:la\s*)?$")
_RELATED = re.compile(
    r"[\s,;:=.)/-]*(?:tuong duong|binh quan|trung binh|moi nam|hang nam|tuc(?: la)?|bang|tong(?: cong| so)?|la|"
    r"trong do|khoang)?[\s,:=-]*(?:moi nam|hang nam|binh quan)?[\s:]*"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount where it stands in the folded text; `each`: for every commune, person, month …; `open`: a bound."""

    vnd: int
    yearly: bool
    start: int
    end: int
    scale: int
    each: bool = False
    open: bool = False


@lru_cache(10_000)
def is_money(text: str) -> bool:
    """Return whether a cell reads like money, as an amount, in words or by rule."""
    folded = fold(text)
    return bool(_found(folded)) or bool(_RULE.match(folded)) or spelled_out(folded) is not None


def is_rule(text: str) -> bool:
    """Return whether a cell says by what rule money is given, and no amount."""
    folded = fold(text)
    return folded.startswith("theo ") or bool(_RULE.search(folded))


def amounts_in(text: str) -> list[tuple[int, bool]]:
    """Return the amounts of a text in đồng, each with whether it is per year. A bare number is no amount."""
    return [(one.vnd, one.yearly) for one in _found(fold(text))]


@lru_cache(10_000)
def read_budget(text: str, scale: int | None = None) -> Budget:
    """Return the reading of a cell. Where words cannot be read as an amount, state and None say so.

    `scale` is in how many đồng a bare number is, where the column's heading says so.
    """
    folded = fold(text)
    if not folded or not _SAYS_SOMETHING.search(folded):
        return Budget(text, BudgetState.BLANK)
    if _ZERO.fullmatch(folded.rstrip(" .;,")):
        return Budget(text, BudgetState.AMOUNT, 0)
    if scale is not None and (bare := _BARE.fullmatch(folded)):
        return Budget(text, BudgetState.AMOUNT, int((number_of(bare[1]) * scale).to_integral_value()))
    if found := _found(folded):
        return Budget(text, BudgetState.AMOUNT, *_settled(folded, found))
    if _RULE.search(folded):
        return Budget(text, BudgetState.BY_RULE)
    spelled = spelled_out(folded)
    return Budget(text, BudgetState.AMOUNT if spelled or is_spelled(folded) else BudgetState.BY_RULE, spelled)


def named_amounts(budget: Budget, fault: Anomaly) -> Anomaly:
    """Return what is said of a cell that leaves its amount open, with the amounts it names, word for word."""
    if fault.kind is not AnomalyKind.BUDGET_UNREAD or fault.values:
        return fault
    line, folded = one_line(budget.text), fold(budget.text)
    if len(line) != len(folded):
        return replace(fault, values=tuple(printed(one.vnd) for one in _found(folded)))
    ends = [(one, _FOR_EACH.match(folded, one.end)) for one in _found(folded)]
    return replace(fault, values=tuple(line[one.start : each.end() if each else one.end].strip() for one, each in ends))


@lru_cache(10_000)
def _found(folded: str) -> tuple[_Amount, ...]:
    """Return the amounts of a folded text in their order; “2 tỷ 500 triệu” is one."""
    found: list[_Amount] = []
    joins = False
    for match in _AMOUNT.finditer(folded):
        if not (match["unit"] or match["dong"]):
            continue
        scale = _UNITS[match["unit"] or ""]
        vnd = int((number_of(match["number"]) * scale).to_integral_value())
        one = _Amount(vnd, bool(match["year"]), match.start(), match.end(), scale)
        last = found[-1] if found else None
        if last and joins and vnd < last.scale and not folded[last.end : one.start].strip():
            found[-1] = replace(last, vnd=last.vnd + vnd, yearly=one.yearly, end=one.end, scale=scale)
        else:
            found.append(one)
        joins = not match["dong"] and not match["year"]
    return tuple(_placed(folded, one) for one in found)


def _placed(folded: str, one: _Amount) -> _Amount:
    before = folded[max(0, one.start - 40) : one.start]
    return replace(
        one, yearly=one.yearly or bool(_EACH_YEAR_BEFORE.search(before)),
        each=bool(_EACH_BEFORE.search(before) or _TIMES_BEFORE.search(before) or _FOR_EACH.match(folded, one.end))
        and not _is_years(folded, one),
        open=bool(_RANGE_BEFORE.search(before) or _BOUND_BEFORE.search(before) or _LEFT_OPEN.match(folded, one.end)),
    )


def _is_years(folded: str, one: _Amount) -> bool:
    """Return whether an amount a year is only taken times its years: “100 triệu đồng/năm x 5 năm”."""
    return one.yearly and bool(_TIMES_YEARS.match(folded, one.end))


def _settled(folded: str, found: Sequence[_Amount]) -> tuple[int | None, int | None]:
    """Return the amount and the amount a year; both None where the cell leaves open which it is."""
    nothing = (None, None)
    wholes = [one for one in found if not one.yearly and not one.each]
    each, yearly = [one for one in found if one.each], [one for one in found if one.yearly and not one.each]
    if any(one.open for one in found) or len({one.vnd for one in yearly}) > 1:
        return nothing
    if each and not (len(wholes) == 1 and all(_explains(folded, one, wholes[0]) for one in each)):
        return nothing
    whole = _whole(folded, wholes)
    if wholes and (whole is None or any(not _belongs(folded, one, wholes) for one in yearly)):
        return nothing
    return whole, yearly[0].vnd if yearly else None


def _explains(folded: str, one: _Amount, whole: _Amount) -> bool:
    """Return whether an amount for each only explains the whole: in brackets behind it, or before its “=”."""
    if one.start > whole.start:
        return "(" in folded[whole.end : one.start]
    return bool(_TOTAL_BEFORE.search(folded[: whole.start]))


def _belongs(folded: str, yearly: _Amount, wholes: Sequence[_Amount]) -> bool:
    """Return whether an amount a year is the whole's: in brackets beside it, or with nothing else between them."""
    near = min(wholes, key=lambda one: abs(one.start - yearly.start))
    first, second = sorted((near, yearly), key=lambda one: one.start)
    between = _TIMES_YEARS.sub("", folded[first.end : second.start], count=1)
    return "(" in between or bool(_RELATED.fullmatch(between))


def _whole(folded: str, wholes: Sequence[_Amount]) -> int | None:
    """Return the amount that the others are parts of, or say again; None where they stand side by side."""
    if not wholes:
        return None
    first, *others = wholes
    last = wholes[-1]
    if not others:
        return first.vnd
    parts = sum(one.vnd for one in others)
    said = _PARTS.match(folded, first.end)
    fits = parts == first.vnd or bool(said and said[1] and parts < first.vnd)
    if fits and (said or (len(others) > 1 and _LISTED.match(folded, first.end))):
        return first.vnd
    if len(others) == 1 and first.vnd == last.vnd and _SAME.match(folded, first.end):
        return first.vnd
    if len(others) > 1 and sum(one.vnd for one in wholes[:-1]) == last.vnd:
        return last.vnd if _TOTAL_BEFORE.search(folded[: last.start]) else None
    return None


def printed(amount: int) -> str:
    """Return an amount as plans print it: 477,07 tỷ đồng."""
    for size, name in ((10**9, "tỷ đồng"), (10**6, "triệu đồng")):
        if amount >= size:
            value = Decimal(amount) / size
            return f"{value.normalize():f}".replace(".", ",") + f" {name}"
    return f"{amount:,}".replace(",", ".") + " đồng"
