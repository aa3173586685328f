"""The rows of the annex, and who answers for each."""

from __future__ import annotations

from django.db import models

from motcua.foundation.core.models import Subject
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.kinds import Part, ProductKind
from motcua.steering.programme.models.document import Programme
from motcua.steering.programme.types import BudgetState, Due, Period, Recurrence


class TaskGroup(models.Model):
    """A heading of the annex."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="programme_group_once")]

    def __str__(self) -> str:
        return self.name


class Task(Subject):
    """A row: the printed cells word for word, and what was read of them. `uid` is its key, `number` only its label.

    Amounts are đồng. Years are the printed ones, else none. `ended_on` is set where an amendment leaves the row out.
    """

    kind = "programme-task"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    group = models.ForeignKey(TaskGroup, models.PROTECT, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    uid = models.CharField(max_length=30)
    number = models.CharField(max_length=30, blank=True)
    text = models.TextField(blank=True)
    product = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    coordinating = models.TextField(blank=True)
    period_text = models.TextField(blank=True)
    budget_text = models.TextField(blank=True)
    recurrence = models.CharField(max_length=12)
    start_year = models.PositiveSmallIntegerField(null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True, blank=True)
    due_text = models.CharField(max_length=100, blank=True)
    due_month = models.PositiveSmallIntegerField(null=True, blank=True)
    due_day = models.PositiveSmallIntegerField(null=True, blank=True)
    due_strictly_before = models.BooleanField(default=False)
    budget_state = models.CharField(max_length=10)
    amount_vnd = models.BigIntegerField(null=True, blank=True)
    per_year_vnd = models.BigIntegerField(null=True, blank=True)
    product_kind = models.CharField(max_length=10, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "uid"], name="programme_task_once")]

    def __str__(self) -> str:
        return f"{self.number or self.uid}. {self.text}"

    @property
    def period(self) -> Period:
        """The reading of the period cell."""
        due = None
        if self.due_month:
            due = Due(self.due_text, self.due_month, self.due_day, self.due_strictly_before)
        return Period(self.period_text, Recurrence(self.recurrence), self.start_year, self.end_year, due)

    @property
    def label(self) -> str:
        """The printed number; where it repeats, which of them."""
        return self.number if self.uid == self.number else self.uid.replace("#", " – lần ")

    @property
    def product_kind_label(self) -> str:
        return ProductKind(self.product_kind).label if self.product_kind else "Chưa rõ loại"

    @property
    def has_amount(self) -> bool:
        return self.budget_state == BudgetState.AMOUNT


class Assignment(models.Model):
    """An agency or body and its part in a row. `name` is printed; without agency nobody of the register is meant.

    One row for each responsible agency: a collective name stands for the agencies of the day of the decision.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programme_assignments")
    part = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    unit_kind = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "part", "agency"], condition=models.Q(agency__isnull=False),
                name="programme_assigned_once",
            )
        ]
        indexes = [models.Index(fields=["agency", "part"], name="programme_assigned_to")]

    @property
    def part_label(self) -> str:
        return Part(self.part).label
