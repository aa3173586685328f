"""Hand in files to import: the run is one subject, the records it brings are others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

from django.core.files.base import File

from motcua.foundation.core import time
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.files import transit
from motcua.foundation.core.jobs.queue import enqueue
from motcua.foundation.core.verbs import Act, verb
from motcua.service.procedures.models import ImportRun
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.types import RunState


@verb("procedure.start_import", policy=PROCEDURES)
def start_import(act: Act, *, files: Sequence[File[bytes]], is_trial: bool) -> ImportRun:
    """Keep the files and read them in a job after the commit. Raises Invalid without a file.

    Files written for an act that is then rolled back are named after no row and are found by the sweeper.
    """
    if not files:
        raise Invalid("Chưa chọn tệp nào nên chưa nhập gì. Anh/chị chọn tệp .json hoặc .xlsx.", field="files")
    from motcua.service.procedures import jobs  # jobs call verbs, verbs call jobs: one of them looks late

    run = ImportRun(state=RunState.WAITING, is_trial=is_trial, started_by=act.actor.ref, started_at=act.happened_at)
    names = [PurePath(file.name or "tep").name[-120:] for file in files]
    run.name = names[0] if len(names) == 1 else f"{names[0]} và {len(names) - 1} tệp khác"
    run.files = [[transit.put(file, name), name] for file, name in zip(files, names, strict=True)]
    run.save()
    act.record(run, first=True, files=len(names), trial=is_trial)
    enqueue(act, jobs.run_import, run.public_id)
    return run


@verb("procedure.end_import", policy=PROCEDURES, locks=("run",))
def end_import(act: Act, *, run: ImportRun, problem: str) -> ImportRun:
    """Close a run with what came of it; its files are not needed any more."""
    run.state = RunState.FAILED if problem else RunState.DONE
    run.problem, run.ended_at = problem, time.now()
    stored = [name for name, _ in run.files]
    run.files = []
    run.save()
    act.record(run, what=run.state, done=run.done)
    act.after_commit(partial(_forget, stored))
    return run


def _forget(stored: Sequence[str]) -> None:
    for name in stored:
        transit.forget(name)
