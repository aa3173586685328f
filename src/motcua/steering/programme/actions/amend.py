"""Amending a programme at work: the waiting reading is taken over, and what it changes stays readable."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from motcua.foundation.core.verbs import Act, verb
from motcua.steering.programme import entering, storing, today
from motcua.steering.programme.actions import amend_books
from motcua.steering.programme.actions.amend_books import Amending
from motcua.steering.programme.actions.approve import occurrence
from motcua.steering.programme.actions.shares import happen, said
from motcua.steering.programme.differing import differences
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import Difference, FactKind, ProgrammeState
from motcua.steering.programme.models import Assignment, Occurrence, Programme, StoredReading, Task, TaskChange
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.types import Reading
from motcua.steering.programme.types import Task as ReadTask
from motcua.steering.programme.unfolding import frame_of, unfolded


@verb("programme.amend", policy=PROGRAMMES, locks=("programme",))
def amend(act: Act, *, programme: Programme, ends_missing: bool = False) -> Programme:
    """Take over the reading that waits beside a programme at work.

    Rows, targets and money it changes keep what they were in their history, new rows unfold; rows it leaves out end
    only where `ends_missing` says that the new text replaces the old one whole. Raises BadProgramme where nothing
    waits.
    """
    waiting = programme.readings.filter(is_current=False).order_by("-sequence").first()
    current = programme.readings.get(is_current=True)
    if programme.state == ProgrammeState.DRAFT or waiting is None or waiting.sequence < current.sequence:
        raise BadProgramme(
            "Không có văn bản sửa đổi nào đang chờ nên chương trình giữ nguyên. Anh/chị nhập văn bản sửa đổi trước."
        )
    before, after = storing.reading_of(current.content), storing.reading_of(waiting.content)
    changed = [one for one in differences(before, after) if ends_missing or one.field != "ended"]
    _take_over(_amending(act, programme, waiting, after), changed, ends_missing=ends_missing)
    programme.readings.filter(pk=current.pk).update(is_current=False)
    programme.readings.filter(pk=waiting.pk).update(is_current=True)
    programme.state, programme.sha256 = ProgrammeState.AMENDED, waiting.sha256
    programme.save()
    act.record(programme, sha256=waiting.sha256, changes=len(changed), ends=ends_missing)
    return programme


def _amending(act: Act, programme: Programme, waiting: StoredReading, after: Reading) -> Amending:
    """Return the change; another decision changes things on its day, the same one read anew on the day it is read."""
    day = today.day()
    if not amend_books.is_same(programme, after) and after.header.issue_date is not None:
        day = min(day, after.header.issue_date)
    number = entering.number_of(after.header) or programme.number
    return Amending(act, programme, waiting, after, storing.answers_of(programme.answers), number, day)


def _take_over(at: Amending, changed: Iterable[Difference], *, ends_missing: bool) -> None:
    programme = at.programme
    rows = {task.uid: task for task in programme.tasks.all()}
    read = {task.uid: task for task in at.after.tasks}
    touched = {one.key: one for one in changed if one.what == "task"}
    TaskChange.objects.bulk_create(
        TaskChange(
            task=rows[one.key], reading=at.waiting, field=one.field, before=one.before, after=one.after,
            at=at.act.entered_at,
        )
        for one in changed if one.what == "task" and one.key in rows
    )
    covers_all = ends_missing or all(uid in read for uid, row in rows.items() if row.ended_on is None)
    years = set(programme.years)
    amend_books.take_header(at, covers_all=covers_all, ends_missing=ends_missing)
    years ^= set(programme.years)
    _add(at, [one for uid, one in read.items() if uid not in rows])
    for uid, row in rows.items():
        row.programme = programme
        if uid in touched and uid in read:
            _change(at, row, read[uid])
        elif uid in touched:
            _end(at, row)
        elif row.ended_on is None and years:
            _unfold(at, row, years)
            amend_books.plan_anew(at, row, amend_books.untouched(row))
    amend_books.take_targets(at, ends_missing=ends_missing)
    entering.fill_anomalies(programme, at.after.anomalies, at.answers)


def _add(at: Amending, new: list[ReadTask]) -> None:
    """Write rows that are new, with those who answer for them and what falls due."""
    programme = at.programme
    groups = entering.groups_of(programme, [task.group for task in new])
    first = programme.tasks.count()
    rows = [entering.new_task(programme, groups, one, first + step, at.answers) for step, one in enumerate(new)]
    Task.objects.bulk_create(rows)
    assert programme.issued_on is not None
    known = entering.agencies_of(at.after, at.answers, at.after.header.issue_date or programme.issued_on)
    for row, one in zip(rows, new, strict=True):
        Assignment.objects.bulk_create(entering.assignments(row, one, at.answers, known))
        at.act.record(row, first=True, what="added", number=said(at.number), on=at.on.isoformat())
        _unfold(at, row)
        amend_books.plan_anew(at, row, {})


def _change(at: Amending, task: Task, read: ReadTask) -> None:
    """Write the new cells of a row. What is no longer owed and has no fact yet is dropped, what is new is added."""
    programme = at.programme
    assert programme.issued_on is not None
    untouched = amend_books.untouched(task)
    for name, value in entering.cells(read).items():
        setattr(task, name, value)
    task.product_kind = task.product_kind or entering.kind_of(read, at.answers)
    task.ended_on = None
    task.save()
    task.assignments.all().delete()
    known = entering.agencies_of(at.after, at.answers, at.after.header.issue_date or programme.issued_on)
    Assignment.objects.bulk_create(entering.assignments(task, read, at.answers, known))
    at.act.record(task, what="changed", number=said(at.number), on=at.on.isoformat())
    _unfold(at, task)
    amend_books.plan_anew(at, task, untouched)


def _unfold(at: Amending, task: Task, years: Collection[int] | None = None) -> None:
    """Bring what falls due in line with a row: new times, moved ones, and those that are owed no more.

    With `years` (which the programme gained or lost) only these: the rest of a row that stays is as it was agreed.
    """
    frame = frame_of(at.programme)
    owed = {one.year: one for one in unfolded(task, frame, at.answers).occurrences}
    rows = {row.year: row for row in task.occurrences.all()}
    if years is not None:
        owed = {year: one for year, one in owed.items() if year in years}
        rows = {year: row for year, row in rows.items() if year in years}
    new = [occurrence(task, one, frame) for year, one in owed.items() if year not in rows]
    Occurrence.objects.bulk_create(new)
    for row in new:
        due = row.due_on.isoformat() if row.due_on else None
        at.act.record(row, first=True, task=task.ref, year=row.year, due=due, number=said(at.number))
    for year, row in rows.items():
        if year in owed and row.due_on != owed[year].due_on:
            row.opens_on, row.due_on = owed[year].opens_on, owed[year].due_on
            row.save()
            due = row.due_on.isoformat() if row.due_on else None
            at.act.record(row, what="moved", due=due, number=said(at.number), on=at.on.isoformat())
        elif year not in owed and row.source == "unfolded":
            _drop(at, row)


def _end(at: Amending, task: Task) -> None:
    task.ended_on = at.on
    task.save()
    at.act.record(task, what="ended", number=said(at.number), on=at.on.isoformat())
    for row in task.occurrences.all():
        _drop(at, row)


def _drop(at: Amending, row: Occurrence) -> None:
    """Drop what is owed no more, by the number of what amends; not before the last thing that happened to it."""
    facts = list(row.facts.all())
    if not any(fact.what in {FactKind.ACCEPTED, FactKind.DROPPED} for fact in facts):
        happen(at.act, row, FactKind.DROPPED, max([at.on, *(fact.on for fact in facts)]), number=at.number)
