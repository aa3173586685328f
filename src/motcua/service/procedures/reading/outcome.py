"""What reading one record gives: the record, how it was taken, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.service.procedures.reading.reasons import Reason, ReasonCode
from motcua.service.procedures.types import ProcedureRecord, Worded


class Outcome(Worded):
    """Accepted: read whole. Flagged: taken in, and somebody has to look. Rejected: not taken in."""

    ACCEPTED = "accepted", "Nhận trọn vẹn"
    FLAGGED = "flagged", "Nhận, có lưu ý"
    REJECTED = "rejected", "Không nhận"


@dataclass(frozen=True, slots=True)
class RecordReading:
    """One record as it was read. `code` is the printed one where it is none; `place` names file and position."""

    record: ProcedureRecord | None
    outcome: Outcome
    reasons: tuple[Reason, ...]
    code: str | None = None
    place: str = ""

    @property
    def reason_codes(self) -> tuple[ReasonCode, ...]:
        """Return the codes, each once, in their order."""
        return tuple(dict.fromkeys(reason.code for reason in self.reasons))


def rejected(code: ReasonCode, *, printed: str | None = None, detail: str = "", place: str = "") -> RecordReading:
    """Return the reading of something that cannot be taken in."""
    return RecordReading(None, Outcome.REJECTED, (Reason(code, detail=detail),), printed, place)


def taken(record: ProcedureRecord, reasons: Iterable[Reason]) -> RecordReading:
    """Return the reading of a record that is taken in, flagged where there is any reason."""
    found = tuple(dict.fromkeys(reasons))
    return RecordReading(record, Outcome.FLAGGED if found else Outcome.ACCEPTED, found, str(record.code))
