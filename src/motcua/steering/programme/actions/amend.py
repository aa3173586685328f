"""Amending a programme at work: the waiting reading is taken over, and what it changes stays readable."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.programme import entering, storing
from motcua.steering.programme.actions.approve import occurrence, put_occurrences
from motcua.steering.programme.differing import differences
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import Answers, Difference, FactKind, ProgrammeState
from motcua.steering.programme.models import (
    Assignment,
    Fact,
    Occurrence,
    Programme,
    StoredReading,
    Task,
    TaskChange,
)
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.types import Reading
from motcua.steering.programme.types import Task as ReadTask
from motcua.steering.programme.unfolding import frame_of, unfolded


@verb("programme.amend", policy=PROGRAMMES, locks=("programme",))
def amend(act: Act, *, programme: Programme, ends_missing: bool = False) -> Programme:
    """Take over the reading that waits beside a programme at work.

    Rows it changes keep their former cells in their history, new rows unfold; rows it leaves out end only where
    `ends_missing` says that the new text replaces the old one whole. Raises BadProgramme where nothing waits.
    """
    waiting = programme.readings.filter(is_current=False).order_by("-sequence").first()
    current = programme.readings.get(is_current=True)
    if programme.state == ProgrammeState.DRAFT or waiting is None or waiting.sequence < current.sequence:
        raise BadProgramme(
            "Không có văn bản sửa đổi nào đang chờ nên chương trình giữ nguyên. Anh/chị nhập văn bản sửa đổi trước."
        )
    before, after = storing.reading_of(current.content), storing.reading_of(waiting.content)
    changed = [one for one in differences(before, after) if ends_missing or one.field != "ended"]
    _take_over(act, programme, waiting, after, changed)
    programme.readings.filter(pk=current.pk).update(is_current=False)
    programme.readings.filter(pk=waiting.pk).update(is_current=True)
    programme.state, programme.sha256 = ProgrammeState.AMENDED, waiting.sha256
    programme.save()
    act.record(programme, sha256=waiting.sha256, changes=len(changed), ends=ends_missing)
    return programme


def _take_over(
    act: Act, programme: Programme, waiting: StoredReading, after: Reading, changed: Iterable[Difference]
) -> None:
    answers = storing.answers_of(programme.answers)
    rows = {task.uid: task for task in programme.tasks.all()}
    read = {task.uid: task for task in after.tasks}
    touched = {one.key: one for one in changed if one.what == "task"}
    TaskChange.objects.bulk_create(
        TaskChange(
            task=rows[one.key], reading=waiting, field=one.field, before=one.before, after=one.after, at=act.entered_at
        )
        for one in changed if one.what == "task" and one.key in rows
    )
    _add(programme, [one for uid, one in read.items() if uid not in rows], after, answers)
    for uid in touched:
        if uid in rows and uid in read:
            _change(act, rows[uid], read[uid], after, answers)
        elif uid in rows:
            _end(act, rows[uid])
    entering.fill_targets(programme, after, programme.targets.count())
    entering.fill_anomalies(programme, after.anomalies, answers)


def _add(programme: Programme, new: list[ReadTask], after: Reading, answers: Answers) -> None:
    """Write rows that are new, with those who answer for them and what falls due."""
    groups = entering.groups_of(programme, [task.group for task in new])
    at = programme.tasks.count()
    rows = [entering.new_task(programme, groups, one, at + step, answers) for step, one in enumerate(new)]
    Task.objects.bulk_create(rows)
    assert programme.issued_on is not None
    known = entering.agencies_of(after, answers, after.header.issue_date or programme.issued_on)
    for row, one in zip(rows, new, strict=True):
        Assignment.objects.bulk_create(entering.assignments(row, one, answers, known))
    put_occurrences(programme, rows)


def _change(act: Act, task: Task, read: ReadTask, after: Reading, answers: Answers) -> None:
    """Write the new cells of a row. What is no longer owed and has no fact yet is dropped, what is new is added."""
    programme = task.programme
    assert programme.issued_on is not None
    day = after.header.issue_date or programme.issued_on
    for name, value in entering.cells(read).items():
        setattr(task, name, value)
    task.product_kind = task.product_kind or entering.kind_of(read, answers)
    task.ended_on = None
    task.save()
    task.assignments.all().delete()
    known = entering.agencies_of(after, answers, day)
    Assignment.objects.bulk_create(entering.assignments(task, read, answers, known))
    frame = frame_of(programme)
    owed = {one.year: one for one in unfolded(task, frame, answers).occurrences}
    rows = {row.year: row for row in task.occurrences.all()}
    Occurrence.objects.bulk_create(occurrence(task, one, frame) for year, one in owed.items() if year not in rows)
    for year, row in rows.items():
        if year in owed and row.due_on != owed[year].due_on:
            row.opens_on, row.due_on = owed[year].opens_on, owed[year].due_on
            row.save()
        elif year not in owed and row.source == "unfolded":
            _drop(act, row)


def _end(act: Act, task: Task) -> None:
    task.ended_on = time.local_day(act.happened_at)
    task.save()
    for row in task.occurrences.all():
        _drop(act, row)


def _drop(act: Act, row: Occurrence) -> None:
    if not row.facts.filter(what__in=(FactKind.ACCEPTED, FactKind.DROPPED)).exists():
        day = time.local_day(act.happened_at)
        Fact.objects.create(occurrence=row, what=FactKind.DROPPED, on=day, by=act.actor.ref, at=act.entered_at)
