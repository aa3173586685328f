"""What the ledger vouches for: people and papers of a dossier by salted digest, its clock event by event. Pure.

The spelling is fixed for ever: what stands in the ledger is compared with it again (`vouched` reads all rows so).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

PEOPLE, PAPERS = "people", "handed"
"""The facts of `dossier.receive` that hold the digests."""
CLOCK = "clock"
"""The fact of each event that adds one to the clock: what was added."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Person(Protocol):
    applicant: str
    applicant_address: str
    applicant_identity: str
    applicant_phone: str
    submitted_by: str
    request: str


class _Paper(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def originals(self) -> int: ...
    @property
    def copies(self) -> int: ...


class _Event(Protocol):
    sequence: int
    what: str
    at: datetime
    holder: str
    agency_id: int
    step_id: int | None
    account_id: int | None
    policy: str
    ground: str


def people(of: _Person) -> str:
    """Return whose matter it is and what is asked, in the one spelling that is digested."""
    return _encode(
        [of.applicant, of.applicant_address, of.applicant_identity, of.applicant_phone, of.submitted_by, of.request]
    )


def papers(handed_in: Iterable[_Paper]) -> str:
    """Return what was handed in, in its order, in the one spelling that is digested."""
    return _encode([[paper.name, paper.originals, paper.copies] for paper in handed_in])


def clock(event: _Event) -> str:
    """Return an event of the clock as the ledger says it: its number first, the instant in UTC, keys as they are."""
    at = event.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    step, account = event.step_id or "", event.account_id or ""
    return (
        f"{event.sequence},{at},{event.agency_id},{step},{account},"
        f"{event.what},{event.holder},{event.policy},{event.ground}"
    )
