"""`ledger verify` against bare SHA-256 over the same stored bytes.

The bare side's bytes lie in memory: it neither reads nor compares anything."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measures import Measure, interleaved
from bench.store import ROOT, Store, cluster
from motcua.foundation.core.refs import Ref, new_public_id

if TYPE_CHECKING:
    from motcua.foundation.core import ledger

EVENTS = 200_000
BAR = 0.15
ROUNDS = 7
A_CHAIN = 8
SEAL_EVERY = 40_000


def run() -> list[Measure]:
    """Measure on a durable PostgreSQL of its own, and on SQLite."""
    with cluster() as (url, folder):
        large = _measured("ledger verify / bare SHA-256, PostgreSQL", Store(url, folder / "home"))
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        small = _measured("ledger verify / bare SHA-256, SQLite", Store("", Path(name) / "home"))
    return [large, small]


def _measured(name: str, store: Store) -> Measure:
    store.home.mkdir()
    command = [sys.executable, "-m", "bench.ledger"]
    done = subprocess.run(command, env=store.environment, cwd=ROOT, check=True, capture_output=True, text=True)
    ratio, ours, bare = json.loads(done.stdout)
    detail = f"{ours:,.0f} against {bare:,.0f} events/s, {EVENTS:,} events"
    return Measure(name, ratio, BAR, at_least=True, detail=detail)


def fill(count: int) -> None:
    """Write a ledger of that many events, chained by its own function, sealed as it grows."""
    from django.db import transaction

    from motcua.foundation.core import ledger
    from motcua.foundation.core import time as clock
    from motcua.foundation.core.models import LedgerEvent, LedgerHead
    from motcua.foundation.core.seals import make_seal

    chance, at = random.Random(860), datetime(2016, 6, 15, 1, tzinfo=UTC)
    heads: dict[Ref, LedgerHead] = {}
    for _ in range(0, count, SEAL_EVERY):
        events = []
        for number in range(SEAL_EVERY):
            at += timedelta(seconds=20)
            entry = _entry(chance, list(heads)[-2000:] if number % 1000 == 0 else None, number, at)
            head = heads.setdefault(entry.subject, LedgerHead(subject=entry.subject, sequence=0, hash=ledger.GENESIS))
            events.append(ledger._event(entry, head))
        with clock.travelling(at), transaction.atomic():
            LedgerEvent.objects.bulk_create(events, batch_size=5000)
            LedgerHead.objects.bulk_create(
                heads.values(), batch_size=5000, update_conflicts=True, unique_fields=["subject"],
                update_fields=["sequence", "hash"],
            )
        with clock.travelling(at):
            make_seal()


_recent: list[Ref] = []


def _entry(chance: random.Random, recent: list[Ref] | None, number: int, at: datetime) -> ledger.Entry:
    """Return an event as a dossier's verbs write it; every eighth is the first of a new chain."""
    from motcua.foundation.core import ledger

    if recent is not None:
        _recent[:] = recent
    is_first = number % A_CHAIN == 0
    if is_first:
        _recent.append(Ref(f"dossier:{new_public_id()}"))
    facts: ledger.Facts = {
        "what": "hand-over", "from_agency": f"agency:{new_public_id()}", "to_agency": f"agency:{new_public_id()}",
        "step": number % 5,
    }
    return ledger.Entry(
        subject=_recent[-1] if is_first else chance.choice(_recent), verb="dossier.hand_over",
        actor=Ref(f"account:{new_public_id()}"), agency=f"agency:{new_public_id()}", act=new_public_id(), cause="",
        happened_at=at, entered_at=at, facts=facts, is_first=is_first,
    )


def inside() -> tuple[float, float, float]:
    """Return the ratio and both rates (events a second), in a process whose store is ready."""
    from motcua.foundation.core.models import LedgerEvent
    from motcua.foundation.core.verification import verify

    fill(EVENTS)
    stored = [bytes(value) for value in LedgerEvent.objects.values_list("canonical", flat=True).iterator()]

    def ours() -> float:
        start = time.perf_counter()
        report = verify()
        assert report.ok and report.events == EVENTS, report.faults[:3]
        return EVENTS / (time.perf_counter() - start)

    def bare() -> float:
        start = time.perf_counter()
        for value in stored:
            hashlib.sha256(value).digest()
        return EVENTS / (time.perf_counter() - start)

    ours(), bare()
    return interleaved(ours, bare, ROUNDS)


def main() -> None:
    """Print what was measured as JSON, from a process of its own: its store is chosen before Django starts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    from motcua.site.command import open_store

    open_store()
    print(json.dumps(inside()))


if __name__ == "__main__":
    main()
