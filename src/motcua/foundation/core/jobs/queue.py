"""Jobs and how they come into the queue."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

from motcua.foundation.core import ledger
from motcua.foundation.core.logs import get_logger
from motcua.foundation.core.verbs import Act

P = ParamSpec("P")
R = TypeVar("R")
log = get_logger(__name__)


class JobFailed(Exception):
    """A job failed. The text names the error and the lines, never what the error said: that may name a person."""


def job(function: Callable[P, R]) -> Task[P, R | None]:
    """Make a job of a function of a module. It may run twice after a crash, so it must not mind.

    What it returns is kept beside the job if it is plain numbers and codes, and dropped otherwise.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            result = function(*args, **kwargs)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            log.error("a job failed", job=function.__qualname__, error=type(error).__name__)
            raise JobFailed("\n".join([type(error).__name__, *lines])) from None
        return result if _is_plain(result) else None

    made: Task[P, R | None] = task()(run)
    return made


def enqueue(act: Act | None, work: Task[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
    """Put a job into the queue, in the transaction of the act. Raises PersonalData on an argument that is no code."""
    _check(args, kwargs)
    if act is None or isinstance(work.get_backend(), DatabaseBackend):
        work.enqueue(*args, **kwargs)
    else:
        # Where jobs run at once (tests), they run when the transaction is through, as they would behind a queue.
        act.after_commit(lambda: _now(work, args, kwargs))


def _check(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    ledger.facts_bytes({str(name): value for name, value in enumerate([*args, *kwargs.values()])})


def _now(work: Task[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    work.enqueue(*args, **kwargs)


def _is_plain(result: object) -> bool:
    try:
        _check((), result if isinstance(result, dict) else {"": result})
    except ledger.PersonalData:
        return False
    return True
