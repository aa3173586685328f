"""What the ledger vouches for without knowing it: people and papers of a dossier, by salted digest. Pure.

The spelling is fixed for ever: a digest in the ledger is compared with it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Protocol

PEOPLE, PAPERS = "people", "handed"
"""The facts of `dossier.receive` that hold the digests."""


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


def people(of: _Person) -> str:
    """Return whose matter it is and what is asked, in the one spelling that is digested."""
    return _spelled(
        [of.applicant, of.applicant_address, of.applicant_identity, of.applicant_phone, of.submitted_by, of.request]
    )


def papers(handed_in: Iterable[_Paper]) -> str:
    """Return what was handed in, in its order, in the one spelling that is digested."""
    return _spelled([[paper.name, paper.originals, paper.copies] for paper in handed_in])


def _spelled(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
