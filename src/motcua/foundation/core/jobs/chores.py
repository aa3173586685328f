"""What core itself does by the clock."""

from __future__ import annotations

from datetime import time, timedelta
from importlib import import_module

from django.conf import settings
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from motcua.foundation.core import seals
from motcua.foundation.core import time as clock
from motcua.foundation.core.files import sweeping
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.outbox import sending

KEPT = timedelta(days=14)


@periodic("seal", every=timedelta(minutes=10))
def seal() -> None:
    """Seal what moved in the ledger and carry the seal out."""
    seals.make_seal()


@periodic("sweep-files", daily_at=time(2, 10))
def sweep_files() -> None:
    """Look for files without a row and rows without a file."""
    sweeping.sweep()


@periodic("scan-files", every=timedelta(minutes=15))
def scan_files() -> None:
    """Scan files that came in while the scanner was away."""
    sweeping.scan_waiting()


@periodic("send-messages", every=timedelta(minutes=5))
def send_messages() -> None:
    """Try again what could not be sent."""
    sending.send_waiting()


@periodic("forget-sessions", daily_at=time(2, 40))
def forget_sessions() -> None:
    """Delete sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@periodic("forget-jobs", daily_at=time(2, 50))
def forget_jobs() -> None:
    """Delete jobs that went well two weeks ago; failed ones stay twice as long."""
    now = clock.now()
    for status, age in ((TaskResultStatus.SUCCESSFUL, KEPT), (TaskResultStatus.FAILED, 2 * KEPT)):
        DBTaskResult.objects.filter(status=status, finished_at__lt=now - age).delete()
