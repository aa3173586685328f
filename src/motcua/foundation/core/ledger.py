"""Append-only events, one hash chain per subject.

The exact bytes are stored and hashed (never a JSON column, which a database may re-order). They name no person:
codes, times, references and salted digests only, and `facts_bytes` refuses what looks like anything else.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from motcua.foundation.core import time
from motcua.foundation.core.models import LedgerEvent, LedgerHead
from motcua.foundation.core.prepared import fresh, insert
from motcua.foundation.core.refs import Ref

FORM = "motcua-event/1"
GENESIS = bytes(32)
Fact = str | int | bool | None
Facts = Mapping[str, Fact | list[Fact]]

_PLAIN = re.compile(r"[A-Za-z0-9.,:/_+\-=#~]{0,120}")
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z.\-])\+?\d{9,}(?![0-9A-Za-z])")


class PersonalData(ValueError):
    """A fact looks like a name, a sentence, an identity number or a telephone number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an act says of one subject, before it is chained."""

    subject: Ref
    verb: str
    actor: Ref
    agency: str
    act: str
    cause: str
    happened_at: datetime
    entered_at: datetime
    facts: Facts
    request_key: str | None = None
    is_first: bool = False


def _check(value: object) -> None:
    if isinstance(value, bool | int) or value is None:
        return
    if isinstance(value, str):
        if not _PLAIN.fullmatch(value) or _LONG_NUMBER.search(value):
            raise PersonalData(f"a fact of the ledger must be a code, not {value[:12]!r}…")
        return
    if isinstance(value, list):
        for item in value:
            _check(item)
        return
    raise PersonalData(f"a fact of the ledger cannot be a {type(value).__name__}")


def facts_bytes(facts: Facts) -> bytes:
    """Return facts in their one spelling. Raises PersonalData on anything that is not plainly a code."""
    for value in facts.values():
        _check(value)
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def envelope(  # noqa: PLR0917 - called once an event in verification, where keywords cost
    subject: str, sequence: int, verb: str, actor: str, agency: str, act: str, cause: str,
    happened_us: int, entered_us: int, request_key: str | None,
) -> bytes:
    """Return the first part of the canonical bytes, rebuilt from the columns of an event."""
    return (
        f"{FORM}\n{subject}\n{sequence}\n{verb}\n{actor}\n{agency}\n{act}\n{cause}\n"
        f"{happened_us}\n{entered_us}\n{request_key or ''}\n"
    ).encode()


def chain(previous: bytes, canonical: bytes) -> bytes:
    """Return the hash of an event that follows `previous`."""
    return hashlib.sha256(previous + canonical).digest()


def append(entries: Iterable[Entry], beside: Sequence[Sequence[Model]] = ()) -> list[LedgerEvent]:
    """Chain the entries of one act behind the heads of their subjects, inside the caller's transaction.

    `beside` are new rows of the act that go into the store in the same breath.
    """
    entries = list(entries)
    known = sorted({entry.subject for entry in entries if not entry.is_first})
    heads = {head.subject: head for head in _locked_heads(known)}
    new: dict[str, LedgerHead] = {}
    events = []
    for entry in entries:
        head = heads.get(entry.subject) or new.get(entry.subject)
        if head is None:
            head = new[entry.subject] = fresh(LedgerHead, subject=entry.subject, sequence=0, hash=GENESIS)
        events.append(_event(entry, head))
    for head in heads.values():
        head.save(update_fields=["sequence", "hash"])
    insert(*beside, list(new.values()), events)
    return events


def _locked_heads(subjects: list[Ref]) -> list[LedgerHead]:
    if not subjects:
        return []
    return list(LedgerHead.objects.select_for_update().filter(subject__in=subjects).order_by("subject"))


def _event(entry: Entry, head: LedgerHead) -> LedgerEvent:
    """Return the event and move the head on to it."""
    sequence = head.sequence + 1
    happened, entered = time.microseconds(entry.happened_at), time.microseconds(entry.entered_at)
    canonical = envelope(
        entry.subject, sequence, entry.verb, entry.actor, entry.agency, entry.act, entry.cause,
        happened, entered, entry.request_key,
    ) + facts_bytes(entry.facts)
    head.sequence, head.hash = sequence, chain(bytes(head.hash), canonical)
    return fresh(
        LedgerEvent, subject=entry.subject, sequence=sequence, verb=entry.verb, actor=entry.actor, agency=entry.agency,
        act=entry.act, cause=entry.cause, happened_us=happened, entered_us=entered,
        request_key=entry.request_key, canonical=canonical, hash=head.hash,
    )


def facts_of(event: LedgerEvent) -> dict[str, Fact | list[Fact]]:
    """Return the facts an event holds."""
    facts: dict[str, Fact | list[Fact]] = json.loads(bytes(event.canonical).rpartition(b"\n")[2])
    return facts


def digest(salt: str, text: str) -> str:
    """Return the salted digest by which the ledger speaks of a text that lives in a row of its own."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
