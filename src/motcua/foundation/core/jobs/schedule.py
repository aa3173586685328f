"""Periodic work, declared in code:

    @periodic("seal", every=timedelta(minutes=10))
    def seal() -> None: ...

    @periodic("sweep-files", daily_at=time(2, 0))
    def sweep_files() -> None: ...

`tick` looks what is due, takes its lease and puts it into the queue, all in one transaction. Due times stand on fixed
marks of the clock, so a late or missed run moves no later one; however many marks were missed, it is caught up once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from motcua.foundation.core import time as clock
from motcua.foundation.core.jobs.models import PeriodicRun
from motcua.foundation.core.jobs.queue import enqueue, job
from motcua.foundation.core.logs import get_logger

log = get_logger(__name__)
LEASE = timedelta(minutes=30)
#: A local midnight; the zone has kept one offset ever since.
MARKS_FROM = datetime(2015, 1, 1, tzinfo=clock.LOCAL_ZONE)
_known: dict[str, Periodic] = {}


@dataclass(frozen=True, slots=True)
class Periodic:
    """A declaration: due `offset` after a local midnight, and `every` so often from there."""

    name: str
    run: Callable[[], object]
    every: timedelta
    offset: timedelta = timedelta()

    def next_after(self, instant: datetime) -> datetime:
        """Return the first mark after an instant."""
        first = MARKS_FROM + self.offset
        return first + ((instant - first) // self.every + 1) * self.every


def periodic(
    name: str, *, every: timedelta | None = None, daily_at: time | None = None
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Declare a periodic job under a name of its own. Give either `every` or `daily_at`."""
    if (every is None) == (daily_at is None):
        raise ValueError("a periodic job has either `every` or `daily_at`")

    def decorate(function: Callable[[], object]) -> Callable[[], object]:
        if name in _known and _known[name].run.__module__ != function.__module__:
            raise ValueError(f"two periodic jobs are called {name}")
        offset = timedelta(hours=daily_at.hour, minutes=daily_at.minute) if daily_at else timedelta()
        _known[name] = Periodic(name, function, every or timedelta(days=1), offset)
        return function

    return decorate


def discover() -> dict[str, Periodic]:
    """Return all periodic jobs, after every room's `jobs` was loaded."""
    from motcua.foundation.core.jobs import chores  # noqa: F401 - declares core's own

    autodiscover_modules("jobs")
    return dict(_known)


def tick() -> list[str]:
    """Put what is due into the queue and return its names."""
    known, now = discover(), clock.now()
    rows = {row.name: row for row in PeriodicRun.objects.filter(name__in=known)}
    new = [PeriodicRun(name=name, next_at=now) for name in known if name not in rows]
    if new:
        PeriodicRun.objects.bulk_create(new, ignore_conflicts=True)
    due = [name for name in known if name not in rows or rows[name].next_at <= now]
    return [name for name in due if _claim(known[name], now)]


def _claim(work: Periodic, now: datetime) -> bool:
    """Take the lease and queue the run, both or neither. Of several machines one succeeds."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    with transaction.atomic():
        mine = PeriodicRun.objects.filter(free, name=work.name, next_at__lte=now).update(
            next_at=work.next_after(now), lease_until=now + LEASE
        )
        if mine:
            enqueue(None, run_periodic, work.name)
    return bool(mine)


@job
def run_periodic(name: str) -> None:
    """Run one periodic job and give its lease back."""
    row = PeriodicRun.objects.filter(name=name)
    row.update(started_at=clock.now())
    try:
        discover()[name].run()
    except BaseException:
        row.update(failed_at=clock.now(), lease_until=None)
        raise
    row.update(finished_at=clock.now(), lease_until=None)
