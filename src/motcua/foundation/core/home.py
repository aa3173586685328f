"""Where a store lies: `MOTCUA_HOME` holds database, files, keys and seals; `DATABASE_URL` names another database."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one store and the places in it."""

    root: Path

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def seals(self) -> Path:
        return self.root / "seals" / "seals.jsonl"

    @property
    def database(self) -> Path:
        return self.root / "motcua.sqlite3"

    @property
    def is_fresh(self) -> bool:
        """A store is fresh while it has neither a database file nor any key of its own."""
        return not self.database.exists() and not any(self.keys.glob("*.key"))

    def make(self) -> None:
        """Make the folder, closed to other accounts of the machine; one that an administrator made stays as it is."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        self.root.mkdir(exist_ok=True, mode=0o700)


def make_database(path: Path) -> None:
    """Make the empty file of an embedded database, for its owner alone; its log takes the same mode from it."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def here() -> Home:
    """Return the store that the environment names; `var/` in the working folder unless it says otherwise."""
    return Home(Path(os.environ.get("MOTCUA_HOME") or "var").resolve())


def is_nowhere() -> bool:
    """Return whether the environment names no database, and a folder that holds no store: mistyped, most likely."""
    return not os.environ.get("DATABASE_URL") and here().is_fresh


class BadAddress(ValueError):
    """DATABASE_URL names no database that we serve."""


def database_settings(home: Home, url: str | None) -> dict[str, Any]:
    """Return Django's settings of the database. Raises BadAddress on a URL that names no database we serve."""
    if not url:
        return _sqlite(home.database)
    parts = urlsplit(url)
    if parts.scheme in {"sqlite", "sqlite3"}:
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or dict(parse_qsl(parts.query)).get("port", "")),
            "CONN_MAX_AGE": 600,
            # The first read of a request finds out by itself whether the connection still stands (`core/plans.py`).
            "CONN_HEALTH_CHECKS": False,
            # A pooler that hands a connection from one to another between transactions keeps no plans: ?plans=off.
            "KEEP_PLANS": dict(parse_qsl(parts.query)).get("plans") != "off",
        }
    raise BadAddress(
        f"DATABASE_URL phải bắt đầu bằng postgresql:// hoặc sqlite:///, không phải “{parts.scheme}”. Chưa làm gì."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    # FULL, not NORMAL: a receipt number given to a citizen must not vanish with the power.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
    }
