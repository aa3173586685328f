"""What a verification says: how much it saw, and every fault with its kind and its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MOST_FAULTS = 1000


class Kind(StrEnum):
    """Kinds of fault; scripts rely on these words."""

    CHANGED = "changed"  # an event's bytes, or its link to the one before it
    COLUMNS = "columns"  # the columns of an event say something else than its bytes
    GAP = "gap"  # a number in a chain is missing or stands twice
    MISSING = "missing"  # events or a whole subject that a seal or a head knows of
    REWRITTEN = "rewritten"  # a chain that is whole in itself, but not the one that was sealed
    HEAD = "head"  # a head that does not stand at the end of its chain
    BACK_DATED = "back-dated"  # entered later than it says
    SEAL = "seal"  # a seal's row was changed, or seals are missing
    SIGNATURE = "signature"  # not signed by the key of this store
    OUTSIDE = "outside"  # the outside copy says something else than the database
    ROLLED_BACK = "rolled-back"  # the outside copy knows seals that the database has lost
    NOTE = "note"  # a text that is not the one whose digest the ledger holds, or that is gone without a decision
    VOUCHED = "vouched"  # rows that are not as the ledger vouches for them: people, papers or the clock of a dossier
    UNREADABLE = "unreadable"  # the database cannot be read to its end
    MORE = "more"  # further faults that were counted, not listed


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `where` is `subject#sequence`, `seal N` or a file; `text` is for people."""

    kind: Kind
    where: str
    text: str


@dataclass(slots=True)
class Report:
    """What was seen. `unsealed` counts events that no seal holds yet, which is no fault."""

    subjects: int = 0
    events: int = 0
    seals: int = 0
    unsealed: int = 0
    faults: list[Fault] = field(default_factory=list)
    unlisted: int = 0

    @property
    def ok(self) -> bool:
        return not self.faults

    def find(self, kind: Kind, where: str, text: str) -> None:
        """Note a fault; beyond the first thousand they are only counted."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(kind, where, text))
        else:
            self.unlisted += 1

    def close(self) -> Report:
        """Say how many faults were not listed."""
        if self.unlisted:
            self.faults.append(Fault(Kind.MORE, "", f"Còn {self.unlisted} lỗi khác không liệt kê."))
            self.unlisted = 0
        return self

    def as_json(self) -> dict[str, object]:
        """Return the report in the form that scripts rely on."""
        return {
            "ok": self.ok, "subjects": self.subjects, "events": self.events, "seals": self.seals,
            "unsealed": self.unsealed,
            "faults": [{"kind": str(fault.kind), "where": fault.where, "text": fault.text} for fault in self.faults],
        }
