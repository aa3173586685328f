"""Several processes that walk one ledger, each a part of its subjects, all on the same snapshot.

A helper only counts and says whether its part is whole. Where anything is wrong, one process walks the whole ledger
again and names it: what a report says never depends on how many processes there were.

Helpers are forked before any connection is open, for a connection to SQLite must not cross a fork. Where that cannot
be (a process with threads, a transaction of the caller, a store in memory, another system), one process walks alone.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from time import sleep
from typing import Any

from django.db import DatabaseError, connection

from motcua.foundation.core.verification import reading, vouching_check
from motcua.foundation.core.verification.chains import Walk
from motcua.foundation.core.verification.reading import WHOLE, Part, Source
from motcua.foundation.core.verification.sealed import Sealed
from motcua.foundation.core.verification.types import Report

#: So many events are worth a process more: with fewer, starting it costs what it saves.
EACH = 50_000
MOST = 16
#: So many events a part are looked at to find where parts of like size begin.
SAMPLE = 50
_THREADS = Path("/proc/self/task")


@dataclass(slots=True)
class Tally:
    """What was seen of one part or of several. `met` counts leaves of seals, `noting` are events that name a note."""

    is_whole: bool = True
    subjects: int = 0
    events: int = 0
    heads: int = 0
    unsealed: int = 0
    met: int = 0
    noting: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another process saw of its part."""
        self.is_whole = self.is_whole and other.is_whole
        self.subjects += other.subjects
        self.events += other.events
        self.heads += other.heads
        self.unsealed += other.unsealed
        self.met += other.met
        self.noting += other.noting

    def holds(self, known: Sealed) -> bool:
        """Return whether nothing was found, no leaf of a seal is left over and no head is missing."""
        return self.is_whole and self.met == len(known.leaves) and self.heads >= known.subjects


@dataclass(frozen=True, slots=True)
class Crew:
    """This process with its source, and the lines to its helpers; a small store needs none."""

    source: Source
    helpers: tuple[Connection, ...] = ()

    @property
    def alone(self) -> Source:
        """The source as one process reads all of it."""
        return replace(self.source, part=WHOLE)

    def tally(self, known: Sealed) -> Tally:
        """Walk all parts at once, this process the first. A helper that fails has found its part not to be whole."""
        told = Sealed(dict(known.leaves), known.after_us, known.made_us, last_us=known.last_us)
        for line in self.helpers:
            _tell(line, told)
        seen = _walked(self.source, told)
        for line in self.helpers:
            seen.add(_heard(line) or Tally(is_whole=False))
        return seen


@contextmanager
def gathered(processes: int = 0) -> Iterator[Crew]:
    """Give as many processes as are asked for, or as suit store and machine, with one snapshot between them."""
    parts = _parts(processes) if _may_fork() else [WHOLE]
    with ExitStack() as stack:
        if len(parts) > 1:
            connection.close()
            helpers = stack.enter_context(_forked(parts[1:]))
            source = _shared(stack, helpers, parts[0])
            if source is not None:
                yield Crew(source, helpers)
                return
        yield Crew(stack.enter_context(reading.snapshot()))


def _may_fork() -> bool:
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    return not connection.in_atomic_block and not in_memory and _has_one_thread()


def _has_one_thread() -> bool:
    """Return whether no thread but this one is here, a library's included. One that was joined may take a moment."""
    for _ in range(50):
        if threading.active_count() > 1 or not _THREADS.is_dir():
            return False
        if len([*_THREADS.iterdir()]) == 1:
            return True
        sleep(0.001)
    return False


def _parts(processes: int) -> list[Part]:
    """Return a part for each process: one for each core unless told, and no more than there is work for."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COALESCE(MAX(id), 0) FROM core_ledgerevent")
            events: int = cursor.fetchone()[0]
            count = min(processes or min(len(os.sched_getaffinity(0)), events // EACH), MOST)
            if count < 2:
                return [WHOLE]
            sample = ", ".join(map(str, range(1, events + 1, events // (count * SAMPLE) + 1)))
            cursor.execute(f"SELECT DISTINCT subject FROM core_ledgerevent WHERE id IN ({sample})")  # noqa: S608 - numbers
            subjects = sorted(str(subject) for (subject,) in cursor.fetchall() if subject)
    except DatabaseError:
        return [WHOLE]
    bounds = sorted({subjects[len(subjects) * number // count] for number in range(1, count)} if subjects else ())
    return [Part(first, until) for first, until in zip(["", *bounds], [*bounds, ""], strict=True)]


@contextmanager
def _forked(parts: list[Part]) -> Iterator[tuple[Connection, ...]]:
    """Give the lines to helpers, one for each part; in the end none of them is left."""
    context, started, lines = multiprocessing.get_context("fork"), [], []
    try:
        for part in parts:
            ours, theirs = context.Pipe()
            helper = context.Process(target=_help, args=(theirs, part), daemon=True)
            helper.start()
            theirs.close()
            started.append(helper)
            lines.append(ours)
        yield tuple(lines)
    finally:
        for helper in started:
            helper.kill()
            helper.join()


def _shared(stack: ExitStack, helpers: tuple[Connection, ...], part: Part) -> Source | None:
    """Return this process's source once all look at the same state, or None where that could not be."""
    try:
        with _still():
            source = stack.enter_context(reading.snapshot(part))
            name = _exported(source)
            for line in helpers:
                _tell(line, name)
            ready = [_heard(line) for line in helpers]
    except DatabaseError:
        return None
    return source if all(ready) else None


@contextmanager
def _still() -> Iterator[None]:
    """On SQLite nobody writes while all begin to read, some thousandths of a second. PostgreSQL shares a snapshot."""
    if connection.vendor != "sqlite":
        yield
        return
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        yield
        cursor.execute("ROLLBACK")


def _exported(source: Source) -> str:
    if source.database.vendor == "sqlite":
        return ""
    with source.database.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _help(line: Connection, part: Part) -> None:
    """Be a helper: read the shared snapshot, say so, hear what the seals hold, walk, answer."""
    try:
        with reading.snapshot(part, line.recv()) as source:
            line.send(True)
            line.send(_walked(source, line.recv()))
    except (Exception, KeyboardInterrupt):
        # Whatever it was, this process's silence sends the one that asked to look for itself.
        line.close()


def _walked(source: Source, known: Sealed) -> Tally:
    report, leaves = Report(), len(known.leaves)
    walk = Walk(report, known)
    try:
        walk.events(source, reading.SOUND_EVENTS)
    except TypeError:
        return Tally(is_whole=False)  # columns that disagree, or hold what they should not
    walk.heads(source)
    vouching_check.look_over(source, report, walk.heard, walk.standing)
    met = leaves - len(known.leaves)
    return Tally(report.ok, report.subjects, report.events, walk.heads_seen, report.unsealed, met, walk.noting)


def _tell(line: Connection, what: Any) -> None:
    try:
        line.send(what)
    except OSError:
        """It has ended, which is noticed where its answer is waited for."""


def _heard(line: Connection) -> Any:
    try:
        return line.recv()
    except (EOFError, OSError):
        return None
