"""What a read record leaves open: the reasons for which somebody has to look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motcua.service.procedures.reading.codes import is_decision_number
from motcua.service.procedures.reading.fees import is_implausible
from motcua.service.procedures.reading.limits import differing_text, words_of_limit
from motcua.service.procedures.reading.reasons import Reason, ReasonCode
from motcua.service.procedures.types import ChannelEntry, FeeState, LimitGap, Paper, ProcedureRecord

CHANNEL_NAMES = {"direct": "Trực tiếp", "post": "Bưu chính", "online": "Trực tuyến"}
_GAPS = {
    LimitGap.NO_UNIT: ReasonCode.LIMIT_WITHOUT_UNIT,
    LimitGap.NO_INFORMATION: ReasonCode.LIMIT_NO_INFORMATION,
    LimitGap.IMMEDIATE: ReasonCode.LIMIT_IMMEDIATE,
    LimitGap.SAME_DAY: ReasonCode.LIMIT_SAME_DAY,
    LimitGap.GLUED: ReasonCode.LIMIT_GLUED,
    LimitGap.NONSENSE: ReasonCode.LIMIT_NONSENSE,
}
_FEES = {
    FeeState.CONTRADICTORY: ReasonCode.FEE_CONTRADICTORY,
    FeeState.BY_COUNCIL: ReasonCode.FEE_BY_COUNCIL,
    FeeState.BY_RULE: ReasonCode.FEE_BY_RULE,
    FeeState.UNKNOWN: ReasonCode.FEE_UNKNOWN,
}
_DANGLING = re.compile(r"(?:^|\n)\s*[-+*]\s*$")


def record_findings(record: ProcedureRecord) -> Iterator[Reason]:
    """Yield what a whole record leaves open, part by part."""
    yield from _missing_parts(record)
    if record.steps is not None and _DANGLING.search(record.steps):
        yield Reason(ReasonCode.TEXT_CUT, "trình tự thực hiện", record.steps[-60:])
    if record.decision is not None and not is_decision_number(record.decision):
        yield Reason(ReasonCode.DECISION_ODD, detail=record.decision[:80])
    for entry in record.channels:
        yield from channel_findings(entry)
    yield from _repeated_channels(record)
    for paper in record.papers:
        yield from _paper_findings(paper)
    for basis in record.legal_bases:
        if basis.number is None:
            yield Reason(ReasonCode.LEGAL_BASES_UNREAD, detail=basis.title[:80])
    for result in record.results:
        if result.code is None:
            yield Reason(ReasonCode.RESULT_CODE_ODD, detail=result.printed_code[:80])


def _missing_parts(record: ProcedureRecord) -> Iterator[Reason]:
    agencies = (*record.agencies.performing, *record.agencies.competent)
    parts: tuple[tuple[object, ReasonCode], ...] = (
        (record.steps, ReasonCode.STEPS_MISSING),
        (record.channels, ReasonCode.CHANNELS_MISSING),
        (record.papers, ReasonCode.PAPERS_MISSING),
        (record.subjects, ReasonCode.SUBJECTS_MISSING),
        (agencies, ReasonCode.AGENCY_MISSING),
        (record.levels, ReasonCode.LEVEL_MISSING),
        (record.field_name, ReasonCode.FIELD_MISSING),
        (record.decision, ReasonCode.DECISION_MISSING),
        (record.legal_bases, ReasonCode.LEGAL_BASES_MISSING),
    )
    yield from (Reason(code) for part, code in parts if not part)


def channel_findings(entry: ChannelEntry) -> Iterator[Reason]:
    """Yield what one channel leaves open about its limit and its money."""
    name = CHANNEL_NAMES[entry.channel]
    if entry.limit.gap is not None:
        hint = words_of_limit(f"{entry.note}\n{entry.description}")
        yield Reason(_GAPS[entry.limit.gap], name, hint or entry.limit.printed)
    elif entry.limit.limit is not None:
        words = differing_text(entry.limit.limit, f"{entry.note}\n{entry.description}")
        if words is not None:
            yield Reason(ReasonCode.LIMIT_DIFFERS_FROM_TEXT, name, words)
    if entry.fee_state in _FEES:
        yield Reason(_FEES[entry.fee_state], name, (entry.note or entry.fees[0].verbatim)[:120])
    for fee in entry.fees:
        if is_implausible(fee):
            yield Reason(ReasonCode.FEE_IMPLAUSIBLE, name, fee.verbatim[:80])


def _repeated_channels(record: ProcedureRecord) -> Iterator[Reason]:
    seen: set[str] = set()
    for entry in record.channels:
        if entry.channel in seen:
            yield Reason(ReasonCode.CHANNEL_REPEATED, CHANNEL_NAMES[entry.channel])
        seen.add(entry.channel)


def _paper_findings(paper: Paper) -> Iterator[Reason]:
    if paper.originals is None:
        glued = re.search(r"[0-9]{2,} bản chính", paper.verbatim)
        code = ReasonCode.PAPER_QUANTITY_UNCLEAR if glued else ReasonCode.PAPER_QUANTITY_MISSING
        yield Reason(code, detail=paper.name[-80:])
    if "" in paper.forms:
        yield Reason(ReasonCode.FORM_UNCLEAR, detail=paper.name[-80:])
