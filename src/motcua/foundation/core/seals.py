"""Making seals: all heads moved since the last seal, under one signature, carried out of the database.

The heads are read as they stand committed, without a lock. Only the note of how far a head is sealed is written to
it, and a head that a writer holds at that moment is passed over: it comes again in the next seal. So sealing never
holds up a writer, and nothing committed is ever left out of a seal.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from motcua.foundation.core import keys, seal_file, seal_lines, time
from motcua.foundation.core.models import LedgerHead, Seal
from motcua.foundation.core.seal_lines import FIRST, SealLine

BATCH = 10_000
_ADVISORY_LOCK = 5_701_860
_MARK = "UPDATE core_ledgerhead SET sealed_sequence = %s WHERE subject = %s AND sealed_sequence < %s"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that seals are checked with."""

    version: int
    raw: bytes


def make_seal() -> list[int]:
    """Seal what moved and return the numbers of the new seals; none where nothing moved.

    First writes to the outside copy what an earlier run could not. A seal takes at most BATCH heads, so that no
    transaction is long; a first seal over a large store is several. Raises SealsDisagree, KeyMissing.
    """
    path: Path = settings.HOME.seals
    made: list[int] = []
    after = ""
    with seal_file.sealing(path):
        seal_file.catch_up(path)
        # One instant for all seals of a run: an event belongs to the first run after it, however many seals that has.
        made_us = time.microseconds(time.now())
        while (done := _seal(after, made_us)) is not None:
            number, after = done
            made.append(number)
            seal_file.catch_up(path)
    return made


def public_keys() -> list[PublicKey]:
    """Return the public part of every version of the sealing key."""
    folder: Path = settings.HOME.keys
    known = keys.versions(folder, "seal")
    return [PublicKey(version, _public(keys.load(folder, "seal", version)[1])) for version in known]


def _public(key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def _seal(after: str, made_us: int) -> tuple[int, str] | None:
    """Make one seal of the heads behind a subject; return its number and its last subject."""
    with transaction.atomic(durable=True):
        if not _is_alone():
            return None
        moved = LedgerHead.objects.filter(sequence__gt=F("sealed_sequence"), subject__gt=after).order_by("subject")
        heads = list(moved.values_list("subject", "sequence", "hash")[:BATCH])
        if not heads:
            return None
        leaves = [seal_lines.leaf(subject, sequence, bytes(value)) for subject, sequence, value in heads]
        seal = _signed(leaves, made_us)
        Seal.objects.create(
            number=seal.number, made_us=seal.made_us, root=bytes.fromhex(seal.root), line=seal_lines.write(seal)
        )
        _mark([(subject, sequence) for subject, sequence, _ in heads])
    return seal.number, heads[-1][0]


def _is_alone() -> bool:
    """SQLite has one writer anyway; on PostgreSQL a second sealer goes home."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _signed(leaves: list[str], made_us: int) -> SealLine:
    last = Seal.objects.order_by("-number").values_list("line", flat=True).first()
    former = seal_lines.parse(bytes(last)) if last is not None else None
    version, key = keys.load(settings.HOME.keys, "seal")
    seal = SealLine(
        number=former.number + 1 if former else 1, made_us=made_us, former=former.digest if former else FIRST,
        subjects=LedgerHead.objects.count(), root=seal_lines.root_of(leaves), key=version, leaves=leaves,
    )
    return seal_lines.sign(seal, key)


def _mark(sealed: list[tuple[str, int]]) -> None:
    free = {subject for subject, _ in sealed}
    if connection.features.has_select_for_update_skip_locked:
        rows = LedgerHead.objects.select_for_update(skip_locked=True).filter(subject__in=free)
        free = set(rows.values_list("subject", flat=True))
    with connection.cursor() as cursor:
        cursor.executemany(_MARK, [(sequence, subject, sequence) for subject, sequence in sealed if subject in free])
