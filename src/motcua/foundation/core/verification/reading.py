"""Reading the ledger as fast as the driver gives it: one snapshot, plain rows, no objects.

The columns of an event are compared with its bytes by the database itself, on a second connection, at the same time;
only what disagrees comes here and is judged again. Hashes are never left to the database.

A part of the ledger is a range of its subjects, so that every chain is whole in one part; it is read in the order in
which the table lies on the disk all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.foundation.core.verification.types import MOST_FAULTS

# Small enough for the processor's cache.
PAGE = 500
Row = tuple[Any, ...]
_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
_EVENTS = "SELECT subject, sequence, entered_us, canonical, hash FROM core_ledgerevent WHERE {part} ORDER BY id"
EVENTS = {"sqlite": _EVENTS, "postgresql": _EVENTS}
# For a store whose columns were given other types, or nothing: slower, and nothing can stop it.
CAREFUL_EVENTS = {
    "sqlite": (
        "SELECT CAST(subject AS TEXT), COALESCE(CAST(sequence AS INTEGER), 0), "
        "COALESCE(CAST(entered_us AS INTEGER), 0), COALESCE(CAST(canonical AS BLOB), x''), "
        "COALESCE(CAST(hash AS BLOB), x'') FROM core_ledgerevent WHERE {part} ORDER BY id"
    ),
    "postgresql": (
        "SELECT subject, COALESCE(sequence, 0), COALESCE(entered_us, 0), COALESCE(canonical, ''), COALESCE(hash, '') "
        "FROM core_ledgerevent WHERE {part} ORDER BY id"
    ),
}
HEADS = {
    "sqlite": (
        "SELECT CAST(subject AS TEXT), COALESCE(CAST(sequence AS INTEGER), 0), COALESCE(CAST(hash AS BLOB), x''), "
        "COALESCE(CAST(sealed_sequence AS INTEGER), 0) FROM core_ledgerhead WHERE {part}"
    ),
    "postgresql": (
        "SELECT subject, COALESCE(sequence, 0), COALESCE(hash, ''), COALESCE(sealed_sequence, 0) FROM core_ledgerhead "
        "WHERE {part}"
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
COLUMNS = (
    "subject", "sequence", "verb", "actor", "agency", "act", "cause", "happened_us", "entered_us", "request_key",
)
_FORM = "motcua-event/1\n" + "%s\n" * len(COLUMNS)
# SQLite formats twice as fast as it joins, but takes nothing for an empty text and stops at a NUL: both are looked for.
_ODD = " OR ".join(f"instr({name}, char(0)) IS NOT 0" for name in COLUMNS if name != "request_key")
_DISAGREE = {
    "sqlite": (
        f"(instr(canonical, CAST(printf('{_FORM}', {', '.join(COLUMNS)}) AS BLOB)) IS NOT 1 "
        f"OR {_ODD} OR COALESCE(instr(request_key, char(0)), 0))"
    ),
    "postgresql": (
        "(position(textsend(concat_ws(E'\n','motcua-event/1',subject,sequence,verb,actor,agency,act,cause,happened_us,"
        "entered_us,COALESCE(request_key,''),'')) IN canonical) IS DISTINCT FROM 1)"
    ),
}
# Events for a process that need not name what is wrong: one whose columns disagree comes without its bytes, so that one
# look at each row answers both questions.
SOUND_EVENTS = {
    vendor: _EVENTS.replace("canonical", f"CASE WHEN NOT {wrong} THEN canonical END")
    for vendor, wrong in _DISAGREE.items()
}
# Compared so that no index serves: a part is read from the table, in its order.
_SUBJECT = {"sqlite": "+subject", "postgresql": "subject COLLATE \"C\""}


@dataclass(frozen=True, slots=True)
class Part:
    """The subjects from one on and before another; empty texts leave an end open, and the whole ledger has none."""

    first: str = ""
    until: str = ""

    def sql(self, vendor: str) -> str:
        """Return the condition that a row's subject belongs to the part. What has no subject is in the first part."""
        conditions = []
        if self.first:
            conditions.append(f"{_SUBJECT[vendor]} >= {_quoted(self.first)}")
        if self.until:
            conditions.append(f"COALESCE({_SUBJECT[vendor]} < {_quoted(self.until)}, {not self.first})")
        return " AND ".join(conditions) or "TRUE"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


WHOLE = Part()


@dataclass(frozen=True, slots=True)
class Source:
    """A connection inside one snapshot. `is_own` is False inside a transaction of the caller, which stays alone."""

    database: BaseDatabaseWrapper
    is_own: bool
    part: Part = WHOLE

    def pages(self, sql: dict[str, str], size: int = PAGE) -> Iterator[list[Row]]:
        """Yield the rows page by page, of this part where the statement asks for one. One statement at a time."""
        self.database.ensure_connection()
        vendor = self.database.vendor
        reader = _sqlite_pages if vendor == "sqlite" else _postgresql_pages
        text = sql[vendor].replace("{part}", self.part.sql(vendor))
        return reader(self.database.connection, text, size)


def _sqlite_pages(raw: Any, sql: str, size: int) -> Iterator[list[Row]]:
    # No thread here: this driver gives the interpreter away at every row, and would wait for it as often.
    with closing(raw.execute(sql)) as cursor:
        while page := cursor.fetchmany(size):
            yield page


def _postgresql_pages(raw: Any, sql: str, size: int) -> Iterator[list[Row]]:
    """Yield pages; the server goes on sending while one is worked on."""
    import psycopg

    # Django's own cursors bind on the client's side, which knows no binary results.
    # A client library before 17 gives row by row, which is slower and nothing else.
    at_once = size if psycopg.capabilities.has_stream_chunked() else 1
    with psycopg.Cursor(raw) as cursor:
        rows = cursor.stream(sql.encode(), binary=True, size=at_once)
        while page := list(islice(rows, size)):
            yield page


@contextmanager
def snapshot(part: Part = WHOLE, shared: str = "") -> Iterator[Source]:
    """Open a connection on one unchanging state of the store; it holds up no writer.

    `shared` names the snapshot that another connection to PostgreSQL exported.
    """
    if connection.in_atomic_block:
        yield Source(connection, is_own=False, part=part)
        return
    with closing(connection.copy()) as own:
        with own.cursor() as cursor:
            cursor.execute(_BEGIN[own.vendor])
            if shared:
                cursor.execute(f"SET TRANSACTION SNAPSHOT '{shared}'")
            # The first read takes the snapshot.
            cursor.execute("SELECT 1 FROM core_seal LIMIT 1")
            cursor.fetchall()
        yield Source(own, is_own=True, part=part)


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
