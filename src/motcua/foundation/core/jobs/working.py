"""The worker: django-tasks-db's, with a sign of life, and with care for what a dead worker left half done."""

from __future__ import annotations

import threading
from contextlib import suppress

from django.db import DatabaseError, close_old_connections, connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from motcua.foundation.core import time
from motcua.foundation.core.jobs import signs
from motcua.foundation.core.logs import get_logger

INTERVAL = 1.0
#: A job that killed its worker this often is left alone.
ATTEMPTS = 3
log = get_logger(__name__)


class Hands(Worker):
    """Runs jobs until it is told to stop; it asks the queue without a lock while there is nothing to do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            queue_names=["*"], interval=0.2, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=name, excluded_queue_names=[],
        )
        self.stopped = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        threading.Thread(target=self._beat, daemon=True).start()
        while not self.stopped.is_set():
            try:
                if DBTaskResult.objects.ready().exists():
                    super().run()
            except DatabaseError as error:
                log.warning("the worker could not reach the queue", error=type(error).__name__)
            close_old_connections()
            self.stopped.wait(INTERVAL)
        with suppress(DatabaseError):
            signs.silence(self.worker_id)

    def stop(self) -> None:
        """Finish the job in hand and stop."""
        self.running = False
        self.stopped.set()

    def _beat(self) -> None:
        """Give a sign of life on a connection of its own, however long a job takes."""
        while True:
            try:
                signs.beat(signs.WORKER, self.worker_id)
                take_up()
            except DatabaseError as error:
                log.warning("no sign of life could be given", error=type(error).__name__)
            connection.close()
            if self.stopped.wait(signs.BEAT.total_seconds()):
                return


def take_up() -> int:
    """Put jobs of workers that died back into the queue, and give up those that killed several. Return how many."""
    living = signs.alive(signs.WORKER)
    found = 0
    for left in DBTaskResult.objects.running().filter(started_at__lt=time.now() - signs.SILENT):
        if not left.worker_ids or left.worker_ids[-1] in living:
            continue
        again = len(left.worker_ids) < ATTEMPTS
        status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        row = DBTaskResult.objects.filter(pk=left.pk, status=TaskResultStatus.RUNNING, worker_ids=left.worker_ids)
        found += row.update(status=status)
        log.warning("a worker died over a job", job=left.task_path, again=again)
    return found
