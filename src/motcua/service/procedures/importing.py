"""Importing a file or folder: one record after the other, each in its own transaction, with a report line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from motcua.foundation.core.verbs import Call
from motcua.service.procedures.actions import take_in
from motcua.service.procedures.reading import Outcome, RecordReading, read_path
from motcua.service.procedures.types import Change


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one record."""

    reading: RecordReading
    change: Change | None

    @property
    def name(self) -> str:
        """Return the procedure's name, or nothing for what was rejected."""
        return self.reading.record.name if self.reading.record else ""


def import_path(by: Call, path: Path, *, is_trial: bool = False) -> Iterator[Line]:
    """Take in every record of a file or folder. A trial writes nothing and says the same."""
    for reading in read_path(path):
        yield Line(reading, take_in(by, reading, is_trial=is_trial))


def report(lines: list[Line]) -> dict[str, object]:
    """Return the machine's report: counts, reasons with their numbers of records, and one entry a record."""
    outcomes = Counter(line.reading.outcome for line in lines)
    reasons = Counter(code.value for line in lines for code in line.reading.reason_codes)
    return {
        "read": len(lines),
        "accepted": outcomes[Outcome.ACCEPTED],
        "flagged": outcomes[Outcome.FLAGGED],
        "rejected": outcomes[Outcome.REJECTED],
        "flags": dict(reasons.most_common()),
        "records": [
            {
                "code": line.reading.code,
                "outcome": line.reading.outcome.value,
                "reasons": [code.value for code in line.reading.reason_codes],
            }
            for line in lines
        ],
    }
