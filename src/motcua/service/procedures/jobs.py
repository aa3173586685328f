"""Work behind the screens: reading what was handed in, and letting announced versions take effect on their day."""

from __future__ import annotations

import tempfile
from datetime import time as hour
from pathlib import Path

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.files import transit
from motcua.foundation.core.jobs.queue import job
from motcua.foundation.core.jobs.schedule import periodic
from motcua.foundation.core.verbs import Call
from motcua.service.procedures import actions, selectors
from motcua.service.procedures.importing import Line, import_path
from motcua.service.procedures.models import ImportLine, ImportRun
from motcua.service.procedures.types import RunState

EVERY = 20  # records between two looks at the progress


@job
def run_import(public_id: str) -> None:
    """Read the files of a run and write its lines. Run again after a crash it begins anew; records are idempotent."""
    run = ImportRun.objects.get(public_id=public_id)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, done=0)
    run.lines.all().delete()
    try:
        with tempfile.TemporaryDirectory(prefix="motcua-import-") as folder:
            _fetch(run, Path(folder))
            _read(run, Path(folder))
    except (OSError, Refusal) as error:
        actions.end_import(Call(SYSTEM_ACTOR), run=run, problem=str(error)[:500])
        raise
    actions.end_import(Call(SYSTEM_ACTOR), run=run, problem="")


def _fetch(run: ImportRun, folder: Path) -> None:
    """Copy what was handed in to plain files, wherever the storage keeps it."""
    for number, (stored, name) in enumerate(run.files, 1):
        with (folder / f"{number:03d}-{name}").open("wb") as target:
            target.writelines(transit.plain(stored))


def _read(run: ImportRun, folder: Path) -> None:
    lines: list[ImportLine] = []
    count = 0
    for count, line in enumerate(import_path(Call(SYSTEM_ACTOR), folder, is_trial=run.is_trial), 1):
        lines.append(_line(run, count, line))
        if len(lines) >= EVERY:
            _put(run, lines, count)
            lines = []
    _put(run, lines, count)


def _put(run: ImportRun, lines: list[ImportLine], count: int) -> None:
    ImportLine.objects.bulk_create(lines)
    ImportRun.objects.filter(pk=run.pk).update(done=count)


def _line(run: ImportRun, position: int, line: Line) -> ImportLine:
    return ImportLine(
        run=run,
        position=position,
        code=(line.reading.code or "")[:80],
        name=line.name,
        outcome=line.reading.outcome,
        change=line.change or "",
        place=line.reading.place[:300],
        reasons=[[reason.code.value, reason.where, reason.detail] for reason in line.reading.reasons],
    )


@periodic("take-effect", daily_at=hour(0, 1))
def take_effect() -> None:
    """Let every announced version hold whose first day has come."""
    for version in selectors.due_to_take_effect(time.today()):
        actions.take_effect(Call(SYSTEM_ACTOR), procedure=version.procedure, version=version)
