"""A reading as the steward corrected it: cells laid out otherwise, and what follows from them read anew.

The document's own text is never changed: only which of its words stand in which cell.
"""

from __future__ import annotations

from dataclasses import replace

from motcua.steering.programme.kinds import Answers
from motcua.steering.programme.reading.tasks import recut
from motcua.steering.programme.rosters import roster_on
from motcua.steering.programme.types import Reading, Task

CELLS = ("text", "product", "lead", "coordinating", "period", "budget")


def corrected(reading: Reading, answers: Answers) -> Reading:
    """Return the reading with the steward's cells (6 queries where there are any, else none)."""
    if not any(task.uid in answers.cells for task in reading.tasks):
        return reading
    roster = roster_on(reading.header.issue_date)
    tasks = tuple(
        recut(task, answers.cells[task.uid], roster) if task.uid in answers.cells else task for task in reading.tasks
    )
    total = sum(task.budget.amount_vnd or 0 for task in tasks)
    return replace(reading, tasks=tasks, totals=replace(reading.totals, sum_vnd=total))


def still_fitting(answers: Answers, before: Reading, after: Reading) -> Answers:
    """Return the answers less the cells of rows that read otherwise now: an old text would hide theirs."""
    old = {task.uid: _cells(task) for task in before.tasks}
    new = {task.uid: _cells(task) for task in after.tasks}
    kept = {uid: cells for uid, cells in answers.cells.items() if uid in new and new[uid] == old.get(uid)}
    return replace(answers, cells=kept)


def _cells(task: Task) -> tuple[str, ...]:
    return (task.text, task.product, task.lead, task.coordinating, task.period.text, task.budget.text)
