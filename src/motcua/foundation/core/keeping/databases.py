"""Copying a database while it is used, and putting a copy in place of another: SQLite and PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from motcua.foundation.core.cli import CommandError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
PART = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
_SILENT_SECONDS = 90
_ALIVE = {
    SQLITE: f"SELECT count(*) FROM core_signoflife WHERE at > datetime('now', '-{_SILENT_SECONDS} seconds')",  # noqa: S608
    POSTGRESQL: f"SELECT count(*) FROM core_signoflife WHERE at > now() - interval '{_SILENT_SECONDS} seconds'",  # noqa: S608
}
_HOLDS = "SELECT count(*) FROM (SELECT 1 FROM core_ledgerevent LIMIT 1) AS any_event"


def kind_of(database: dict[str, Any]) -> str:
    """Return sqlite or postgresql, by Django's settings of a database."""
    return str(database["ENGINE"]).rpartition(".")[2].replace("sqlite3", SQLITE)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database as it stands committed; writers go on meanwhile. Raises CommandError."""
    with contextlib.closing(sqlite3.connect(source, timeout=60, isolation_level=None)) as connection:
        try:
            connection.execute("VACUUM INTO ?", [str(target)])
        except sqlite3.Error as error:
            raise CommandError(f"Không chép được cơ sở dữ liệu: {error}. Không để lại tệp dở dang.") from error


def program(name: str) -> str:
    """Return the path of a program of PostgreSQL. Raises CommandError where it is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if not found:
        raise CommandError(
            f"Máy này chưa có chương trình {name} của PostgreSQL, nên chưa làm gì. "
            "Cài gói postgresql-client (cùng phiên bản với máy chủ) rồi chạy lại."
        )
    return found


def environment(database: dict[str, Any]) -> dict[str, str]:
    """Return the environment in which PostgreSQL's programs find the database; a password stands on no command line."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {name: str(database[key]) for name, key in names.items() if database.get(key)}
    return os.environ | given


def _run(database: dict[str, Any], *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [program(words[0]), *words[1:]], env=environment(database), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{words[0]} báo lỗi: {done.stderr.strip()[-400:]}")
    return done.stdout


def dump_postgresql(database: dict[str, Any], target: Path) -> None:
    """Copy the schema in which the store lies, in one snapshot."""
    schema = _query(database, "SELECT current_schema()")
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}", f"--file={target}")
    _run(database, "pg_dump", *options)


def _query(database: dict[str, Any], sql: str) -> str:
    return _run(database, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql).strip()


def put_sqlite(source: Path, target: Path, aside: Path) -> None:
    """Put a copy where the database lies; what lay there goes aside with its log."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm", "-journal"):
        old = target.with_name(target.name + suffix)
        if old.exists():
            old.rename(aside / old.name)
    source.rename(target)


def put_postgresql(source: Path, database: dict[str, Any], stamp: str) -> str:
    """Load a copy into the store's schema; what was there stays in a schema of its own, whose name is returned."""
    schema, kept = _query(database, "SELECT current_schema()"), f"before_restore_{stamp}"
    entries = _run(database, "pg_restore", "--list", str(source)).splitlines()
    wanted = source.with_suffix(".list")
    wanted.write_text("\n".join(entry for entry in entries if " SCHEMA - " not in entry))
    _query(database, f'ALTER SCHEMA "{schema}" RENAME TO "{kept}"; CREATE SCHEMA "{schema}"')
    try:
        _run(
            database, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            f"--use-list={wanted}", f"--dbname={database['NAME']}", str(source),
        )
    except CommandError:
        _query(database, f'DROP SCHEMA "{schema}" CASCADE; ALTER SCHEMA "{kept}" RENAME TO "{schema}"')
        raise
    return kept


def holds_events(database: dict[str, Any]) -> bool:
    """Return whether a store is there that anything was ever done in."""
    return bool(_count(database, _HOLDS))


def is_running(database: dict[str, Any]) -> bool:
    """Return whether a worker or scheduler gave a sign of life lately."""
    return bool(_count(database, _ALIVE[kind_of(database)]))


def _count(database: dict[str, Any], sql: str) -> int:
    if kind_of(database) == POSTGRESQL:
        table = "core_ledgerevent" if "ledgerevent" in sql else "core_signoflife"
        return int(_query(database, sql)) if _query(database, f"SELECT to_regclass('{table}')") else 0
    path = Path(database["NAME"])
    if not path.exists():
        return 0
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
            return int(connection.execute(sql).fetchone()[0])
    except sqlite3.OperationalError as error:
        # A file without our tables holds no store of ours; one that cannot be opened may hold one.
        return 0 if "no such table" in str(error) else 1
    except sqlite3.DatabaseError:
        return 1
