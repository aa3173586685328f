"""Reading fees and charges of one channel: the column, the note behind it, and what the description adds.

Each place keeps its own reading; where they disagree the channel is `contradictory` and all of them stay. The portal
prints "Miễn phí" also where the note beside it names a fee, so the column alone proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from motcua.service.procedures.reading.amounts import CURRENCY, Money, amount, currency, span, sums
from motcua.service.procedures.reading.text import line
from motcua.service.procedures.types import Fee, FeeKind, FeeRole, FeeSource, FeeState

IMPLAUSIBLE_BELOW = 1_000  # đồng: the smallest note in circulation; less is a sum that lost its zeros

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ(+-])|\n|(?<=\.)(?=[A-ZĐÀ-Ỹ])")
_EITHER = re.compile(r"\blệ phí\b|(?<!lệ )(?<!chi )(?<!kinh )(?<!miễn )\bphí\b", re.I)
_COUNCIL = re.compile(r"(?:hội đồng nhân dân|\bHĐND\b)", re.I)
_RULE = re.compile(r"(?:thông tư|nghị định|luật|điều [0-9]|quy định tại|% mức)", re.I)
_EXEMPT = re.compile(r"\bmiễn (?:lệ )?phí\b(?= (?:cho|đối với|đăng ký))|được miễn (?:lệ )?phí", re.I)
_FREE_FOR_ALL = re.compile(r"[-+ ]*miễn (?:lệ )?phí\b[. ;]*", re.I)
_HOW_TO_PAY = re.compile(r"\bnộp (?:lệ )?phí\b|\bnộp phí\b|\bchi phí\b|chí phí", re.I)
_ON_REQUEST = re.compile(r"nếu có yêu cầu", re.I)
_CAP = re.compile(r"(?:tối đa|không quá)[^0-9]*$", re.I)
_TIER = re.compile(r"từ (?:trang|bản|tờ|trẻ em|người|lần) thứ[^.;]*$", re.I)
_TEMPORARY = re.compile(r"áp dụng (?:mức )?(?:phí|lệ phí|thu)[^.;]*$", re.I)
_AMOUNT_COLUMN = re.compile(rf"(?P<number>[0-9][0-9.,]*)\s*(?P<currency>{CURRENCY})")
_FREE = "miễn phí"
_WEIGHTY = (FeeRole.ORDINARY, FeeRole.TEMPORARY)


def column_fee(printed: str, note: str) -> Fee:
    """Return the fee that the column prints. A note that starts with `/hồ sơ` only says what it is counted by."""
    words = line(printed)
    match = _AMOUNT_COLUMN.fullmatch(words)
    value = amount(match["number"].rstrip(".,")) if match else None
    if match is None or value is None:
        state = FeeState.FREE if words.casefold() == _FREE else FeeState.UNKNOWN
        return Fee(FeeKind.UNSTATED, state, FeeSource.COLUMN, printed)
    per = re.match(r"\(*\s*/\s*(?:1 )?(?P<per>[^.,;()\n]{1,60})", note)
    return Fee(
        FeeKind.UNSTATED,
        FeeState.AMOUNT,
        FeeSource.COLUMN,
        printed,
        amount=value,
        currency=currency(match["currency"].strip()),
        per=line(per["per"]) if per else None,
    )


def text_fees(text: str, source: FeeSource) -> tuple[Fee, ...]:
    """Return what a note or a description says of money, sentence by sentence."""
    sentences = (part for part in _SENTENCE.split(text) if part and part.strip())
    return tuple(fee for sentence in sentences for fee in _sentence_fees(sentence, source))


def _sentence_fees(sentence: str, source: FeeSource) -> Iterable[Fee]:
    found = list(sums(sentence))
    if found:
        return _sums_of(sentence, found, source)
    bare = _bare_fee(line(sentence), source)
    return () if bare is None else (bare,)


def _sums_of(sentence: str, found: list[Money], source: FeeSource) -> Iterable[Fee]:
    """Yield one fee a sum; what stands between two sums belongs to both sides as lead and as tail."""
    for place, money in enumerate(found):
        lead = sentence[found[place - 1].end if place else 0 : money.start]
        tail = sentence[money.end : found[place + 1].start if place + 1 < len(found) else len(sentence)]
        valid_from, valid_until = span(tail)
        if valid_from is None and _TEMPORARY.search(lead):
            valid_from, valid_until = span(sentence[money.end :])
        yield Fee(
            _kind(sentence[: money.start]),
            FeeState.AMOUNT,
            source,
            line(sentence),
            _role(lead, temporary=valid_from is not None and _TEMPORARY.search(lead) is not None),
            money.amount,
            money.currency,
            money.per,
            valid_from if _TEMPORARY.search(lead) else None,
            valid_until if _TEMPORARY.search(lead) else None,
        )


def _role(lead: str, *, temporary: bool) -> FeeRole:
    if temporary:
        return FeeRole.TEMPORARY
    if _CAP.search(lead):
        return FeeRole.CAP
    return FeeRole.TIER if _TIER.search(lead) else FeeRole.ORDINARY


def _kind(before: str) -> FeeKind:
    """Return fee or charge by the last word of the two that stands before a sum."""
    words = [match[0].casefold() for match in _EITHER.finditer(before)]
    return _named(words[-1]) if words else FeeKind.UNSTATED


def _named(word: str) -> FeeKind:
    return FeeKind.CHARGE if word.startswith("lệ") else FeeKind.FEE


def _bare_fee(sentence: str, source: FeeSource) -> Fee | None:
    """Return what a sentence without a sum says of money, if it does."""
    words = [match[0].casefold() for match in _EITHER.finditer(sentence)]
    state = _bare_state(sentence, source, named=bool(words))
    if state is None:
        return None
    role = FeeRole.ON_REQUEST if _ON_REQUEST.search(sentence) else FeeRole.ORDINARY
    if state is FeeState.FREE and not _FREE_FOR_ALL.fullmatch(sentence):
        role = FeeRole.EXEMPTION
    valid_from, valid_until = span(sentence) if state is FeeState.BY_RULE else (None, None)
    kind = _named(words[0]) if words else FeeKind.UNSTATED
    return Fee(kind, state, source, sentence, role, valid_from=valid_from, valid_until=valid_until)


def _bare_state(sentence: str, source: FeeSource, *, named: bool) -> FeeState | None:
    if _FREE_FOR_ALL.fullmatch(sentence) or _EXEMPT.search(sentence):
        return FeeState.FREE
    if named and _COUNCIL.search(sentence):
        return FeeState.BY_COUNCIL
    if named and _RULE.search(sentence):
        return FeeState.BY_RULE
    is_fee_note = named and source is FeeSource.NOTE and not _HOW_TO_PAY.search(sentence)
    return FeeState.UNKNOWN if is_fee_note else None


def state_of(fees: tuple[Fee, ...]) -> FeeState:
    """Return what the channel's readings together say: agreement, one voice, or a contradiction."""
    column = fees[0]
    told = [fee for fee in fees[1:] if fee.role in _WEIGHTY and fee.state is not FeeState.FREE]
    if column.state is FeeState.FREE:
        limited = any(fee.role is FeeRole.EXEMPTION for fee in fees[1:])
        return FeeState.CONTRADICTORY if told or limited else FeeState.FREE
    if column.state is FeeState.AMOUNT:
        return FeeState.CONTRADICTORY if _disagrees(column, told) else FeeState.AMOUNT
    states = [fee.state for fee in told if fee.state is not FeeState.UNKNOWN]
    return states[0] if states else FeeState.UNKNOWN


def _disagrees(column: Fee, told: list[Fee]) -> bool:
    """Tell whether no ordinary sum of the text, nor their total, is the column's, or a cut price exceeds it."""
    alike = [fee for fee in told if fee.amount is not None and fee.currency == column.currency]
    ordinary = [fee.amount for fee in alike if fee.role is FeeRole.ORDINARY and fee.amount is not None]
    cut = [fee.amount for fee in alike if fee.role is FeeRole.TEMPORARY and fee.amount is not None]
    dearer = any(price > (column.amount or 0) for price in cut)
    return dearer or bool(ordinary and column.amount not in (*ordinary, sum(ordinary)))


def is_implausible(fee: Fee) -> bool:
    """Tell whether a sum in đồng is smaller than the smallest note."""
    return fee.amount is not None and fee.currency == "VND" and fee.amount < IMPLAUSIBLE_BELOW
