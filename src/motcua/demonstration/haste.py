"""Making an exercise without waiting for the disk at each of its thousands of steps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

HASTY = {"sqlite": "PRAGMA synchronous = OFF", "postgresql": "SET synchronous_commit = off"}
CAREFUL = {"sqlite": "PRAGMA synchronous = FULL", "postgresql": "RESET synchronous_commit"}


@contextmanager
def in_haste() -> Iterator[None]:
    """Let commits not wait for the disk while the code inside runs; when it is through, all of it is on the disk.

    Nobody holds a receipt of an exercise that is still being made: what a power cut leaves of it is begun anew. Inside
    a transaction of the caller there is but one commit, which is his.
    """
    if connection.in_atomic_block:
        yield
        return
    _say(HASTY)
    try:
        yield
    finally:
        _say(CAREFUL)
        _settle()


def _say(words: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words[connection.vendor])


def _settle() -> None:
    """Bring what was written in haste to the disk for good."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The first commit that waits takes all before it along.
            cursor.execute("SELECT pg_current_xact_id()")
            return
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(str(connection.settings_dict["NAME"]))
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
