"""Pure checks of law as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.types import Document, Rules, Standing


def covers(day: date, start: date | None, end: date | None) -> bool:
    """Return whether a half-open period holds the day; a missing bound is open."""
    return (start is None or start <= day) and (end is None or day < end)


def standing(day: date, effective: date | None, expired: date | None) -> Standing:
    """Return where a document stands on a day."""
    if expired is not None and day >= expired:
        return Standing.EXPIRED
    if effective is None:
        return Standing.UNKNOWN
    return Standing.IN_FORCE if day >= effective else Standing.AHEAD


def check_documents(documents: Iterable[Document]) -> None:
    """Refuse a number given twice, and dates out of order. Raises BadRules."""
    seen: set[tuple[str, str]] = set()
    for document in documents:
        if (document.number, document.issuer) in seen:
            raise BadRules(f"Văn bản {document.number} được khai báo hai lần.")
        seen.add((document.number, document.issuer))
        known = [day for day in (document.issued, document.effective, document.expired) if day is not None]
        if known != sorted(known):
            raise BadRules(f"Văn bản {document.number}: ngày ban hành, hiệu lực, hết hiệu lực không theo thứ tự.")


def check_rule_sets(sets: Iterable[Rules]) -> None:
    """Refuse two sets of one subject, or two values of one key, in force on the same day. Raises BadRules."""
    periods: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    codes: set[str] = set()
    for rules in sets:
        if rules.code in codes:
            raise BadRules(f"Bộ quy tắc {rules.code} được khai báo hai lần.")
        codes.add(rules.code)
        periods[f"bộ quy tắc {rules.subject}"].append((rules.valid_from, rules.valid_to or date.max, rules.code))
        for rule in rules.rules:
            start, end = rule.valid_from or rules.valid_from, rule.valid_to or rules.valid_to or date.max
            if start < rules.valid_from or end > (rules.valid_to or date.max):
                raise BadRules(f"{rule.key} có hiệu lực ngoài thời gian của bộ quy tắc {rules.code}.")
            periods[f"giá trị {rule.key}"].append((start, end, rules.code))
    for what, held in periods.items():
        _check_apart(what, sorted(held))


def _check_apart(what: str, held: list[tuple[date, date, str]]) -> None:
    for start, end, code in held:
        if end <= start:
            raise BadRules(f"{code}: thời gian hiệu lực của {what} trống.")
    for (_, end, one), (start, _, other) in pairwise(held):
        if start < end:
            raise BadRules(f"Hai {what} cùng hiệu lực ngày {start:%d/%m/%Y} ({one}, {other}).")
