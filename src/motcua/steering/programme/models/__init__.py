"""The tables of a programme: what was read, who owes what, what became of it, what it costs and measures."""

from motcua.steering.programme.models.document import AnomalyRow, HandIn, Programme, StoredReading, TaskChange
from motcua.steering.programme.models.measuring import Entry, Link, Measure, Target, TargetChange
from motcua.steering.programme.models.money import BudgetLine, Progress, Project
from motcua.steering.programme.models.tasks import Assignment, Task, TaskGroup
from motcua.steering.programme.models.work import Evidence, Fact, Occurrence, Reminder, ReminderLine

__all__ = [
    "AnomalyRow", "Assignment", "BudgetLine", "Entry", "Evidence", "Fact", "HandIn", "Link", "Measure", "Occurrence",
    "Programme", "Progress", "Project", "Reminder", "ReminderLine", "StoredReading", "Target", "TargetChange", "Task",
    "TaskChange", "TaskGroup",
]
