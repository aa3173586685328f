"""Signs of life, and what the desk is told when there are none."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from motcua.foundation.core import time
from motcua.foundation.core.jobs.models import SignOfLife
from motcua.foundation.core.looks import Notice, Tone
from motcua.foundation.core.words import clock

WORKER, SCHEDULER = "worker", "scheduler"
BEAT = timedelta(seconds=20)
SILENT = timedelta(seconds=90)
PATIENCE = timedelta(minutes=5)
#: How long a process believes what it looked up last; a page asks nothing meanwhile.
REMEMBERED = timedelta(seconds=30)


def name_here() -> str:
    """Return the name of this process among all machines."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}"


def beat(kind: str, name: str) -> None:
    """Say that this process is alive, and forget those that have been silent for a day."""
    now = time.now()
    SignOfLife.objects.update_or_create(name=name, defaults={"kind": kind, "at": now})
    SignOfLife.objects.filter(at__lt=now - timedelta(days=1)).delete()


def silence(name: str) -> None:
    """Take the sign of a process that ends in order."""
    SignOfLife.objects.filter(name=name).delete()


def alive(kind: str | None = None) -> set[str]:
    """Return the names of the processes that gave a sign lately."""
    rows = SignOfLife.objects.filter(at__gte=time.now() - SILENT)
    return set((rows.filter(kind=kind) if kind else rows).values_list("name", flat=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the work outside requests stands. `oldest` is since when the oldest waiting job has waited."""

    workers: int
    schedulers: int
    waiting: int
    oldest: datetime | None
    failed: int


def standing() -> Standing:
    """Return how the work stands, for `doctor` and the desk (4 queries)."""
    ready = DBTaskResult.objects.ready()
    return Standing(
        workers=len(alive(WORKER)), schedulers=len(alive(SCHEDULER)), waiting=ready.count(),
        oldest=ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first(),
        failed=DBTaskResult.objects.failed().count(),
    )


_seen: tuple[datetime, str] | None = None


def notices() -> list[Notice]:
    """Return what the shells show over every page: nothing while somebody works or nothing waits."""
    global _seen  # noqa: PLW0603 - what this process remembers for half a minute
    now = time.now()
    if _seen is None or not timedelta() <= now - _seen[0] < REMEMBERED:
        _seen = now, _trouble(now)
    return [Notice(_seen[1], Tone.CARE)] if _seen[1] else []


def forget() -> None:
    """Look again at the next page; tests call it."""
    global _seen  # noqa: PLW0603
    _seen = None


def _trouble(now: datetime) -> str:
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return ""
    last = SignOfLife.objects.filter(kind=WORKER).order_by("-at").values_list("at", flat=True).first()
    if last is not None and now - last < SILENT:
        return ""
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    since = last or (oldest if oldest and now - oldest > PATIENCE else None)
    if since is None:
        return ""
    return (
        f"Bộ xử lý nền đang dừng từ {clock(since)}: tin nhắn, niêm phong sổ và việc định kỳ phải chờ. "
        "Tiếp nhận và giải quyết hồ sơ vẫn bình thường. Đề nghị báo quản trị hệ thống."
    )
