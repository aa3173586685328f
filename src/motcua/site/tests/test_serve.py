"""`motcua serve` with real processes: it answers, mends itself, and stops without leaving anybody behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from motcua.site.serve import LONGEST_WAIT, Child

pytestmark = [pytest.mark.processes, pytest.mark.slow]
COMMAND = [sys.executable, "-m", "motcua.site.command", "serve"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return kept | {"MOTCUA_HOME": str(home), "MOTCUA_LOG": "ERROR"}


def until(true: Callable[[], object], seconds: float = 180) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


def children(pid: int, word: str = "") -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            words = (status.parent / "cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError, IndexError):
            continue
        if parent == pid and word in words and words:
            found.append(int(status.parent.name))
    return found


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "motcua.sqlite3")) as store:
        return store.execute(sql).fetchall()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def begun_home(home: Path, begun: Path) -> Path:
    """A store that was served before."""
    shutil.copytree(begun, home)
    return home


@pytest.fixture
def served(begun_home: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    process = subprocess.Popen([*COMMAND, "--port", str(port)], env=environment(begun_home), stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdout is not None
    assert f"http://localhost:{port}/".encode() in process.stdout.readline()
    yield process, port
    if process.poll() is None:
        process.kill()
    process.wait()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap", timeout=10) as answer:
            status: int = answer.status
            return status == 200
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_answers_mends_itself_and_stops_cleanly(served: tuple[subprocess.Popen[bytes], int], home: Path) -> None:
    process, port = served
    assert until(lambda: answers(port))
    assert until(lambda: rows(home, "SELECT 1 FROM core_periodicrun WHERE name = 'seal' AND finished_at IS NOT NULL"))
    (worker,) = children(process.pid, "--only worker")
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: children(process.pid, "--only worker") not in ([], [worker]))
    family = children(process.pid)
    assert len(family) == 3
    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in family)
    assert not answers(port)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_children_do_not_outlive_a_parent_that_was_killed(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = served
    family = children(process.pid)
    process.kill()
    process.wait()
    assert until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in family), 40)
    assert not answers(port)


def test_a_port_that_is_taken_is_said_and_nothing_is_left_running(begun_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(  # noqa: S603
            [*COMMAND, "--port", port], env=environment(begun_home), capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert f"không mở được cổng {port}" in done.stderr


def test_two_that_start_at_once_do_not_migrate_together(home: Path) -> None:
    subprocess.run([sys.executable, "-c", "import motcua.site.settings"], env=environment(home), check=True)
    command = [*COMMAND, "--only", "worker"]
    pair = [subprocess.Popen(command, env=environment(home)) for _ in range(2)]  # noqa: S603
    try:
        assert until(lambda: (home / "motcua.sqlite3").exists() and _workers(home) == 2)
    finally:
        for process in pair:
            process.terminate()
    assert [process.wait(30) for process in pair] == [0, 0]
    assert _workers(home) == 0, "who ends in order takes his sign of life away"


def _workers(home: Path) -> int:
    try:
        return len(rows(home, "SELECT 1 FROM core_signoflife WHERE kind = 'worker'"))
    except sqlite3.OperationalError:
        return 0


def test_a_child_that_dies_at_once_is_waited_for_longer_each_time() -> None:
    child, now, waits = Child("web", [sys.executable, "-c", "raise SystemExit(3)"]), 1000.0, []
    for _ in range(7):
        child.look(now)
        assert child.process is not None
        child.process.wait()
        child.look(now)
        waits.append(child.again_at - now)
        now = child.again_at
    assert waits == [1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT]
