"""A small ledger to break: chains of events by hand, seals between them, and the means to tamper with both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from motcua.foundation.core import ledger, time
from motcua.foundation.core.ledger import Entry
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.refs import Ref, new_public_id
from motcua.foundation.core.seals import make_seal

START = datetime(2025, 4, 24, 2, tzinfo=UTC)
GUARDED = ("core_ledgerevent", "core_seal")


def write_events(subject: Ref, at: datetime, count: int = 1, *, first: bool = False) -> None:
    """Append events to one chain, a minute apart."""
    for number in range(count):
        instant = at + timedelta(minutes=number)
        entry = Entry(
            subject=subject, verb="dossier.hand_over", actor=Ref("account:a"), agency="agency:b", act=new_public_id(),
            cause="", happened_at=instant, entered_at=instant, facts={"what": "hand-over", "step": number},
            is_first=first and number == 0,
        )
        with transaction.atomic():
            ledger.append([entry])


def sealed_history(subjects: int = 3) -> list[Ref]:
    """Write chains of four events on two days, a seal after each day, and one event that no seal holds."""
    names = [Ref(f"dossier:{new_public_id()}") for _ in range(subjects)]
    for day, first in ((START, True), (START + timedelta(days=1), False)):
        for name in names:
            write_events(name, day, 2, first=first)
        with time.travelling(day + timedelta(hours=10)):
            make_seal()
    write_events(names[0], START + timedelta(days=2))
    return names


def outside_copy(folder: Path) -> Path:
    """Carry a copy of the seals away."""
    copy = folder / "copy.jsonl"
    copy.write_bytes(settings.HOME.seals.read_bytes())
    return copy


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the triggers away, as somebody with the database's password could, and put them back."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = [(name, sql) for name, sql in cursor.fetchall() if name.startswith(GUARDED)]
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            for _, sql in triggers if is_sqlite else []:
                cursor.execute(sql)
            for table in () if is_sqlite else GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def tamper(sql: str, *values: str | int | bytes) -> int:
    """Change the store behind the house's back; return how many rows it hit."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def rewrite_chain(subject: Ref, *, shift_us: int = -3_600_000_000) -> None:
    """Give a chain other times and make it whole again, head and all: what a careful forger does."""
    link = ledger.GENESIS
    for event in LedgerEvent.objects.filter(subject=subject).order_by("sequence"):
        entered = event.entered_us + shift_us
        canonical = ledger.envelope(
            event.subject, event.sequence, event.verb, event.actor, event.agency, event.act, event.cause,
            event.happened_us, entered, event.request_key,
        ) + bytes(event.canonical).rpartition(b"\n")[2]
        link = ledger.chain(link, canonical)
        tamper(
            "UPDATE core_ledgerevent SET canonical = %s, hash = %s, entered_us = %s WHERE id = %s",
            canonical, link, entered, event.pk,
        )
    tamper("UPDATE core_ledgerhead SET hash = %s WHERE subject = %s", link, subject)
