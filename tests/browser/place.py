"""A store made by the exercise's modules and a real server on it, in processes of their own: as an office runs it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from motcua.testing import CHECKOUT

PASSWORD = "trai-nghiem-mot-cua"
FEW = "6"
PATIENCE = 60.0
"""Seconds until the server must answer; the machine may be busy."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server answers, and its store."""

    address: str
    home: Path

    def run(self, *words: str) -> str:
        """Run a `motcua` command on this store and return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "motcua.site.command", *words],
            env=environment(self.home), capture_output=True, text=True, check=True, cwd=CHECKOUT,
        )
        return done.stdout


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process on this store: SQLite in a folder of its own, whatever else is set here."""
    ours = ("MOTCUA_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"MOTCUA_HOME": str(home), "MOTCUA_LOG": "WARNING"} | more


@contextmanager
def opened(home: Path, begun: Path, shape: str = "2016") -> Iterator[Place]:
    """Fill an empty store with a small exercise and serve it until the block ends."""
    shutil.copytree(begun, home)
    port = _free_port()
    place = Place(f"http://localhost:{port}", home)
    place.run("demo", "load", "--shape", shape, "--dossiers", FEW)
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "1", "motcua.site.wsgi:application"],
            env=environment(home, MOTCUA_ADDRESS=place.address), stdout=log, stderr=log, cwd=CHECKOUT,
        )
        try:
            _await(place, server)
            yield place
        finally:
            server.terminate()
            server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _await(place: Place, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with urlopen(place.address, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError((place.home / "server.log").read_text(encoding="utf-8"))
