"""A province to measure on: a durable PostgreSQL of its own, migrated and furnished, and servers that serve it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CLUSTER = ROOT / "tools" / "postgres.sh"


@dataclass(frozen=True, slots=True)
class Store:
    """A furnished database and the folder of its keys."""

    url: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"DATABASE_URL": self.url, "MOTCUA_HOME": str(self.home), "MOTCUA_LOG": "ERROR"}

    def motcua(self, *words: str) -> str:
        """Run a `motcua` command on the store."""
        done = subprocess.run(
            [sys.executable, "-m", "motcua.site.command", *words], env=self.environment, check=True, cwd=ROOT,
            capture_output=True, text=True,
        )
        return done.stdout

    def sql(self, text: str, *options: str) -> str:
        """Run SQL through psql."""
        address = self.url.replace("postgresql://motcua@/", "postgresql://motcua@/")
        done = subprocess.run(
            ["psql", address, "-X", "-q", "-v", "ON_ERROR_STOP=1", *options, "-f", "-"], input=text, check=True,
            capture_output=True, text=True,
        )
        return done.stdout


@contextlib.contextmanager
def cluster() -> Iterator[tuple[str, Path]]:
    """Start a durable throwaway cluster; yield its address and a scratch folder."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        environment = os.environ | {"DURABLE": "1"}
        started = subprocess.run(
            [str(CLUSTER), "start", str(folder / "pg")], env=environment, check=True, capture_output=True, text=True
        )
        try:
            yield started.stdout.strip(), folder
        finally:
            subprocess.run([str(CLUSTER), "stop", str(folder / "pg")], check=False, capture_output=True)


def furnish(url: str, name: str, folder: Path, dossiers: int = 60) -> Store:
    """Create a database in the cluster and load a small province into it through the verbs."""
    base, _, query = url.partition("?")
    subprocess.run(["psql", url, "-X", "-q", "-c", f"CREATE DATABASE {name}"], check=True, capture_output=True)
    store = Store(f"{base.rpartition('/')[0]}/{name}?{query}", folder / name)
    store.home.mkdir()
    store.motcua("simulate", "--dossiers", str(dossiers), "--seed", "1", "--days", "90")
    return store


@contextlib.contextmanager
def served(store: Store, port: int) -> Iterator[str]:
    """Serve the store with two workers, as a province would; yield the address."""
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "2", "--blocking-threads", "1", "--no-access-log", "--log-level", "error",
        "motcua.site.wsgi:application",
    ]
    server = subprocess.Popen(command, env=store.environment, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(address + "/dang-nhap", timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(20)
