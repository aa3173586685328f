"""Reading the ledger as fast as the driver gives it: one snapshot, plain rows, no objects.

The columns of an event are compared with its bytes by the database itself, on a second connection, at the same time;
only what disagrees comes here and is judged again. Hashes are never left to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.foundation.core.verification.types import MOST_FAULTS

# Small enough for the processor's cache; larger where each page is a journey to a server and back.
PAGE = {"sqlite": 500, "postgresql": 2000}
Row = tuple[Any, ...]
_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
_EVENTS = "SELECT subject, sequence, entered_us, canonical, hash FROM core_ledgerevent ORDER BY id"
EVENTS = {"sqlite": _EVENTS, "postgresql": _EVENTS}
# For a store whose columns were given other types, or nothing: slower, and nothing can stop it.
CAREFUL_EVENTS = {
    "sqlite": (
        "SELECT CAST(subject AS TEXT), COALESCE(CAST(sequence AS INTEGER), 0), "
        "COALESCE(CAST(entered_us AS INTEGER), 0), COALESCE(CAST(canonical AS BLOB), x''), "
        "COALESCE(CAST(hash AS BLOB), x'') FROM core_ledgerevent ORDER BY id"
    ),
    "postgresql": (
        "SELECT subject, COALESCE(sequence, 0), COALESCE(entered_us, 0), COALESCE(canonical, ''), COALESCE(hash, '') "
        "FROM core_ledgerevent ORDER BY id"
    ),
}
HEADS = {
    "sqlite": (
        "SELECT CAST(subject AS TEXT), COALESCE(CAST(sequence AS INTEGER), 0), COALESCE(CAST(hash AS BLOB), x''), "
        "COALESCE(CAST(sealed_sequence AS INTEGER), 0) FROM core_ledgerhead"
    ),
    "postgresql": (
        "SELECT subject, COALESCE(sequence, 0), COALESCE(hash, ''), COALESCE(sealed_sequence, 0) FROM core_ledgerhead"
    ),
}
SEALS = {
    "sqlite": (
        "SELECT number, COALESCE(CAST(made_us AS INTEGER), 0), COALESCE(CAST(root AS BLOB), x''), "
        "COALESCE(CAST(line AS BLOB), x'') FROM core_seal ORDER BY number"
    ),
    "postgresql": (
        "SELECT number, COALESCE(made_us, 0), COALESCE(root, ''), COALESCE(line, '') FROM core_seal ORDER BY number"
    ),
}
_ENVELOPE = {
    "sqlite": "'motcua-event/1\n'||" + "||'\n'||".join(
        ["subject", "sequence", "verb", "actor", "agency", "act", "cause", "happened_us", "entered_us",
         "COALESCE(request_key,'')", "''"]
    ),
    "postgresql": (
        "concat_ws(E'\n','motcua-event/1',subject,sequence,verb,actor,agency,act,cause,happened_us,entered_us,"
        "COALESCE(request_key,''),'')"
    ),
}
_DISAGREE = {
    "sqlite": f"instr(canonical, CAST({_ENVELOPE['sqlite']} AS BLOB)) IS NOT 1",
    "postgresql": f"position(convert_to({_ENVELOPE['postgresql']}, 'UTF8') IN canonical) IS DISTINCT FROM 1",
}
COLUMNS = (
    "subject", "sequence", "verb", "actor", "agency", "act", "cause", "happened_us", "entered_us", "request_key",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A connection inside one snapshot. `is_own` is False inside a transaction of the caller, which stays alone."""

    database: BaseDatabaseWrapper
    is_own: bool

    def pages(self, sql: dict[str, str], size: int = 0) -> Iterator[list[Row]]:
        """Yield the rows page by page."""
        self.database.ensure_connection()
        raw = self.database.connection
        vendor = self.database.vendor
        reader = _sqlite_pages if vendor == "sqlite" else _postgresql_pages
        return reader(raw, sql[vendor], size or PAGE[vendor])


def _sqlite_pages(raw: Any, sql: str, size: int) -> Iterator[list[Row]]:
    # No thread here: this driver gives the interpreter away at every row, and would wait for it as often.
    with closing(raw.execute(sql)) as cursor:
        while page := cursor.fetchmany(size):
            yield page


def _postgresql_pages(raw: Any, sql: str, size: int) -> Iterator[list[Row]]:
    """Yield pages; the server makes the next one ready while one is worked on."""
    import psycopg

    fetch = f"FETCH FORWARD {size} FROM motcua_verification".encode()
    # Django's own cursors bind on the client's side, which knows no binary results.
    with psycopg.Cursor(raw) as cursor, ThreadPoolExecutor(1) as reader:
        cursor.execute(f"DECLARE motcua_verification NO SCROLL CURSOR FOR {sql}".encode())
        waiting = reader.submit(lambda: cursor.execute(fetch, binary=True).fetchall())
        while page := waiting.result():
            waiting = reader.submit(lambda: cursor.execute(fetch, binary=True).fetchall())
            yield page
        cursor.execute("CLOSE motcua_verification")


@contextmanager
def snapshot() -> Iterator[Source]:
    """Open a connection on one unchanging state of the store; it holds up no writer."""
    if connection.in_atomic_block:
        yield Source(connection, is_own=False)
        return
    with closing(connection.copy()) as own:
        with own.cursor() as cursor:
            cursor.execute(_BEGIN[own.vendor])
        yield Source(own, is_own=True)


@contextmanager
def disagreeing(source: Source) -> Iterator[Callable[[], list[Row]]]:
    """Start looking for events whose columns disagree with their bytes; the result is called for in the end.

    Rows are COLUMNS and the bytes.
    """
    if not source.is_own:
        yield lambda: _disagreeing(source.database)
        return
    with ThreadPoolExecutor(1) as other:
        work = other.submit(_on_own_connection)
        yield work.result


def _on_own_connection() -> list[Row]:
    with closing(connection.copy()) as own:
        return _disagreeing(own)


def _disagreeing(database: BaseDatabaseWrapper) -> list[Row]:
    where = _DISAGREE[database.vendor]
    with database.cursor() as cursor:
        # No parameters: a percent sign would not be one of the driver's. Both texts are constants of this module.
        cursor.execute(
            f"SELECT {', '.join(COLUMNS)}, canonical FROM core_ledgerevent WHERE {where} LIMIT {MOST_FAULTS}"  # noqa: S608
        )
        rows: list[Row] = cursor.fetchall()
    return rows
