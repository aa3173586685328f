"""Ways in which somebody with the database in his hands would change what was written, each with what it must leave.

All of them go around the triggers, as a person with the file or the superuser's password would.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from motcua.foundation.core.models import LedgerEvent, LedgerHead, Seal

Tamper = Callable[[str], None]


@contextmanager
def unguarded() -> Iterator[None]:
    """Open the ledger for tampering; everything is as before when the block is left."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'core_%'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
            else:
                cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        transaction.set_rollback(True)


def _events(subject: str) -> Any:
    return LedgerEvent.objects.filter(subject=subject).order_by("sequence")


def another_actor(subject: str) -> None:
    """Say in a column that somebody else did it."""
    _events(subject).filter(sequence=1).update(actor="account:22222222222222")


def another_time(subject: str) -> None:
    """Move an act back by an hour, in column and bytes alike."""
    event = _events(subject).last()
    moved = event.happened_us - 3_600_000_000
    canonical = bytes(event.canonical).replace(str(event.happened_us).encode(), str(moved).encode(), 1)
    _events(subject).filter(pk=event.pk).update(happened_us=moved, canonical=canonical)


def another_fact(subject: str) -> None:
    """Change a byte of what was said."""
    event = _events(subject).first()
    _events(subject).filter(pk=event.pk).update(canonical=bytes(event.canonical)[:-1] + b" }")


def another_hash(subject: str) -> None:
    """Change a hash alone."""
    _events(subject).filter(sequence=1).update(hash=bytes(range(32)))


def forgotten_end(subject: str) -> None:
    """Delete the last event and leave the head."""
    _events(subject).filter(pk=_events(subject).last().pk).delete()


def head_elsewhere(subject: str) -> None:
    """Point the head at another hash."""
    LedgerHead.objects.filter(subject=subject).update(hash=bytes(32))


def head_gone(subject: str) -> None:
    """Delete the head."""
    LedgerHead.objects.filter(subject=subject).delete()


def rewritten(subject: str) -> None:
    """Write the whole chain anew, with another actor, whole in itself: only a seal can tell."""
    link = bytes(32)
    for event in _events(subject):
        canonical = bytes(event.canonical).replace(event.actor.encode(), b"account:33333333333333", 1)
        link = hashlib.sha256(link + canonical).digest()
        _events(subject).filter(pk=event.pk).update(canonical=canonical, hash=link, actor="account:33333333333333")
    LedgerHead.objects.filter(subject=subject).update(hash=link)


def cut_back(subject: str) -> None:
    """Delete the last event and move the head back to the one before it: only a seal can tell."""
    last = _events(subject).last()
    _events(subject).filter(pk=last.pk).delete()
    before = _events(subject).last()
    head = LedgerHead.objects.filter(subject=subject)
    if before is None:
        head.delete()
    else:
        head.update(sequence=before.sequence, hash=before.hash, sealed_sequence=before.sequence)


def vanished(subject: str) -> None:
    """Delete the whole subject from the ledger: only a seal can tell."""
    _events(subject).delete()
    LedgerHead.objects.filter(subject=subject).delete()


def unsealed(subject: str) -> None:
    """Delete all seals, so that what is rewritten now would be unsealed: only the outside copy can tell."""
    Seal.objects.all().delete()
    LedgerHead.objects.update(sealed_sequence=0)
    rewritten(subject)


def seal_forged(subject: str) -> None:
    """Change the newest seal's line."""
    seal = Seal.objects.order_by("-number")[0]
    Seal.objects.filter(pk=seal.pk).update(line=bytes(seal.line).replace(b'"subjects":', b'"subjects":1', 1))


PLAIN: tuple[Tamper, ...] = (
    another_actor, another_time, another_fact, another_hash, forgotten_end, head_elsewhere, head_gone,
)
"""Seen in the chain itself, sealed or not."""
SEALED: tuple[Tamper, ...] = (rewritten, cut_back, vanished, unsealed, seal_forged)
"""Whole in itself: seen where a seal holds the subject up to its last event."""
