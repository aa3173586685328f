"""`motcua serve`: web server, worker and scheduler as processes of one parent that keeps them alive.

The parent migrates the store first, under a lock, so that two machines starting at once never migrate together. A child
that dies is started again, after 1 s, then 2, 4 … up to 30; one that lived for a minute begins at 1 again. SIGTERM and
SIGINT let every child finish what it has in hand. `--only` runs one part in the foreground, for systemd.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from motcua.foundation.core import words
from motcua.foundation.core.cli import CommandError, say, warn

PARTS = ("web", "worker", "scheduler")
MOST_WORKERS = 2
FIRST_WAIT, LONGEST_WAIT, SETTLED = 1.0, 30.0, 60.0
PATIENCE = 20.0
LOOK = 0.2
TICK = 5.0
_MIGRATION_LOCK = 5_701_861
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def prepare() -> None:
    """Bring the store to the newest shape, one process at a time."""
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    from motcua.foundation.core import home, keyring

    with _alone():
        if not os.environ.get("DATABASE_URL"):
            home.make_database(settings.HOME.database)
        call_command("migrate", verbosity=0)
        keyring.check()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the store's migration lock: in PostgreSQL itself, or on a file beside an embedded database."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
        return
    settings.HOME.root.mkdir(parents=True, exist_ok=True)
    with (settings.HOME.root / "migrate.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@dataclass(slots=True)
class Child:
    """A part as a process: when it was started, and when it may be started again."""

    part: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    wait: float = FIRST_WAIT

    def look(self, now: float) -> None:
        """Start it, or note that it died and when to try again."""
        if self.process is None:
            if now >= self.again_at:
                self.process = subprocess.Popen(self.command, preexec_fn=_die_with_parent)  # noqa: S603, PLW1509
                self.started = now
        elif self.process.poll() is not None:
            if now - self.started >= SETTLED:
                self.wait = FIRST_WAIT
            warn(f"motcua: {self.part} dừng (mã {self.process.returncode}), khởi động lại sau {self.wait:.0f} giây")
            self.process, self.again_at, self.wait = None, now + self.wait, min(self.wait * 2, LONGEST_WAIT)


@dataclass(slots=True)
class Parent:
    """Keeps its children alive until it is told to stop."""

    children: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Run until a signal comes; say once when the web server answers. Returns the exit code."""
        said = False
        while not self.stopping.is_set():
            for child in self.children:
                child.look(time.monotonic())
            if not said and ready():
                announce()
                said = True
            self.stopping.wait(LOOK)
        return self.end()

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Be told to stop."""
        self.stopping.set()

    def end(self) -> int:
        """Let the children finish; who does not within PATIENCE is killed."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return 0


def _die_with_parent() -> None:
    """Ask Linux to stop this child should its parent be killed; elsewhere the children outlive it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def web_command(host: str, port: int) -> list[str]:
    """Return the command of the web server: at most two processes, which is what measuring favoured."""
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--no-access-log", "--log-level", "warning",
        "--respawn-failed-workers", "--workers-kill-timeout", "15", "motcua.site.wsgi:application",
    ]


def serve(host: str, port: int) -> int:
    """Run all three parts. Raises CommandError where the port is taken."""
    _free(host, port)
    own = [sys.executable, "-m", "motcua.site.command", "serve", "--only"]
    others = [Child(part, [*own, part]) for part in PARTS[1:]]
    parent = Parent([Child("web", web_command(host, port)), *others])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, parent.stop)
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104
    return parent.run(lambda: _answers(host, port), lambda: say(f"Một cửa đang chạy tại http://{shown}:{port}/"))


def serve_only(part: str, host: str, port: int) -> int:
    """Run one part in this process."""
    if part == "web":
        command = web_command(host, port)
        os.execv(command[0], command)  # noqa: S606 - granian takes this process over, and systemd's signals with it
    return work() if part == "worker" else keep_time()


def work() -> int:
    """Be the worker until a signal comes."""
    from motcua.foundation.core.jobs import signs
    from motcua.foundation.core.jobs.working import Hands

    hands = Hands(signs.name_here())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: hands.stop())
    hands.run()
    return 0


def keep_time() -> int:
    """Be the scheduler until a signal comes."""
    from django.db import DatabaseError, close_old_connections

    from motcua.foundation.core.jobs import schedule, signs
    from motcua.foundation.core.logs import get_logger

    name, stopping, beaten = signs.name_here(), threading.Event(), 0.0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.is_set():
        try:
            schedule.tick()
            if time.monotonic() - beaten >= signs.BEAT.total_seconds():
                signs.beat(signs.SCHEDULER, name)
                beaten = time.monotonic()
        except DatabaseError as error:
            get_logger(__name__).warning("the scheduler could not reach the store", error=type(error).__name__)
        close_old_connections()
        stopping.wait(TICK)
    signs.silence(name)
    return 0


def _free(host: str, port: int) -> None:
    """Raise CommandError where somebody listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"không mở được cổng {port} trên {host} ({words.refused(error)}). Chọn cổng khác: "
                "motcua serve --port 8001"
            ) from error


def _answers(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((target, port), 0.2):
            return True
    except OSError:
        return False
