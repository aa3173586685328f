"""Stores of their own for tests with real processes: a folder with a SQLite file, or a database of a PostgreSQL."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from motcua.testing import CHECKOUT

PATIENCE = 90
"""Seconds after which a process that does not answer counts as stuck."""
DAY = datetime(2025, 4, 24, 2, tzinfo=UTC)
"""When hands work: a day whose calendar is known, whatever today is."""


@dataclass
class Store:
    """A store: the environment that every process on it is given."""

    home: Path
    url: str = ""
    shift: float = 0.0

    def begin(self, begun: Path) -> Store:
        """Take over the folder of a store that was begun and is empty."""
        shutil.copytree(begun, self.home)
        return self

    @property
    def environment(self) -> dict[str, str]:
        ours = ("MOTCUA_", "DATABASE_", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {
            "PYTHONPATH": os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")])),
            "MOTCUA_HOME": str(self.home), "DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
            "MOTCUA_LOG": "ERROR", "HANDS_SHIFT": str(self.shift), "PYTHONUNBUFFERED": "1",
        }

    def run(self, *words: str, timeout: float = PATIENCE, **more: str) -> subprocess.CompletedProcess[str]:
        """Run `motcua` with these words."""
        command = [sys.executable, "-m", "motcua.site.command", *words]
        return subprocess.run(
            command, env=self.environment | more, cwd=tempfile.gettempdir(), capture_output=True, text=True,
            timeout=timeout, check=False,
        )


@dataclass
class Hand:
    """A worker process; see `hands`."""

    store: Store
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.hands"], env=self.store.environment, cwd=self.store.home.parent,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, bufsize=0,
        )

    def tell(self, order: str, **asked: Any) -> None:
        """Give an order and do not wait."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"order": order, **asked}).encode() + b"\n")

    def told(self, patience: float = PATIENCE) -> dict[str, Any]:
        """Return the next answer; a process that died or is stuck fails the test."""
        assert self.process.stdout is not None and self.process.stderr is not None
        line, until = b"", time.monotonic() + patience
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))
            if not ready:
                self.kill()
                pytest.fail(f"a process did not answer within {patience} s")
            block = os.read(self.process.stdout.fileno(), 1 << 16)
            if not block:
                pytest.fail(f"a process died: {self.process.stderr.read().decode()[-4000:]}")
            line += block
        found: dict[str, Any] = json.loads(line)
        return found

    def has_told(self) -> bool:
        """Return whether an answer waits to be read."""
        assert self.process.stdout is not None
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def ask(self, order: str, **asked: Any) -> Any:
        """Give an order and return its answer; a refusal fails the test."""
        self.tell(order, **asked)
        told = self.told()
        assert "answer" in told, told
        return told["answer"]

    def kill(self) -> None:
        """End the process as a power cut would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def hands(store: Store, count: int) -> Iterator[list[Hand]]:
    """Start so many processes on a store; all of them have ended when the block is left."""
    found = [Hand(store) for _ in range(count)]
    try:
        assert [hand.told()["answer"] for hand in found] == ["ready"] * count
        yield found
    finally:
        for hand in found:
            hand.kill()


def together(orders: Sequence[tuple[Hand, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Give orders to several processes at the same instant and return their answers in order."""
    for hand, asked in orders:
        hand.tell(**asked)
    return [hand.told() for hand, _ in orders]


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Make a folder that other users may pass through, as PostgreSQL's own must."""
    with tempfile.TemporaryDirectory(prefix="motcua-", ignore_cleanup_errors=True) as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Return the address of a PostgreSQL: the one that DATABASE_URL names, or one that is started for this run."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    script = str(CHECKOUT / "tools" / "postgres.sh")
    with folder() as place:
        started = subprocess.run(
            [script, "start", str(place / "pg")], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        if started.returncode:
            pytest.skip(f"no PostgreSQL can be started here: {started.stderr.strip().splitlines()[-1:]}")
        try:
            yield started.stdout.strip()
        finally:
            subprocess.run([script, "stop", str(place / "pg")], capture_output=True, check=False, timeout=PATIENCE)


@contextlib.contextmanager
def database(server: str) -> Iterator[str]:
    """Make an empty database on a server; it is dropped when the block is left."""
    import psycopg

    name = f"motcua_{secrets.token_hex(4)}"
    parts = urlsplit(server)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def shift() -> float:
    """Return how far hands live from the real time."""
    return (DAY - datetime.now(UTC)).total_seconds()
