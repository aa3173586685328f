"""Rows of upper rooms for which the ledger answers: by salted digest, or line by line. Verification holds them to it.

    act.record(dossier, first=True, people=ledger.digest(dossier.salt, vouching.people(dossier)), clock=line)

A room declares a `Voucher`. Two kinds of facts vouch:

- digests say of a text what it was when it was last recorded; they all stand in the same event, and a later event that
  has them counts for the earlier ones. A lawful correction records them anew;
- a line says of one row of a log what it is; each event that adds a row has its line, in order.

A subject whose events have no such fact, from before there were any, is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

LINE_END = b'"'
"""Ends each line of a log; no fact of the ledger can have it."""


class Shown(NamedTuple):
    """What a subject's rows say now. `texts` go with the voucher's digests; None is a text that no key opens."""

    salt: bytes
    texts: Sequence[bytes | None]
    lines: bytes


@dataclass(frozen=True, slots=True)
class Voucher:
    """What the ledger vouches for of one kind of subject.

    `digests` names the facts and what each is about, in Vietnamese, for whoever reads of a fault; `log` likewise is the
    fact that holds lines, and what they are about. `sql` reads all subjects at once, by vendor of the database: the
    first column is named `subject` and is their reference, and a last condition is `{part}`. It must give bytes where
    somebody may have put what is no text. `shown` turns what follows the first column into what is compared.
    """

    kind: str
    digests: Mapping[str, str]
    log: tuple[str, str]
    sql: Mapping[str, str]
    shown: Callable[[tuple[Any, ...]], Shown]


VOUCHERS: list[Voucher] = []


def declare_voucher(voucher: Voucher) -> None:
    """Make known what the ledger vouches for of a kind of subject."""
    if all(known.kind != voucher.kind for known in VOUCHERS):
        VOUCHERS.append(voucher)
