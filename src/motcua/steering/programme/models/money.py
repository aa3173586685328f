"""What rows cost: planned, allocated, spent; and the projects inside a row."""

from __future__ import annotations

from django.db import models

from motcua.foundation.core.models import Subject
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.kinds import Money, ProjectState, Source
from motcua.steering.programme.models.tasks import Task


class BudgetLine(models.Model):
    """A row's money in one year, from one source. Of planned and allocated the last day's holds; spent ones add up."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10)
    source = models.CharField(max_length=10)
    amount_vnd = models.BigIntegerField()
    on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["year", "on", "pk"]
        indexes = [models.Index(fields=["task", "year"], name="programme_money_of")]

    @property
    def what_label(self) -> str:
        return Money(self.what).label

    @property
    def source_label(self) -> str:
        return Source(self.source).label


class Project(Subject):
    """A project inside a row, such as one commune's office. `agency` is for whom it is built."""

    kind = "programme-project"

    task = models.ForeignKey(Task, models.PROTECT, related_name="projects")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="programme_projects")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    capital_vnd = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "agency", "name"], name="programme_project_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def state_label(self) -> str:
        return ProjectState(self.state).label


class Progress(models.Model):
    """How far a project is on a day: money paid out so far (đồng) and the share built (percent), side by side."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="progress")
    on = models.DateField()
    disbursed_vnd = models.BigIntegerField()
    built = models.DecimalField(max_digits=4, decimal_places=1)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(built__gte=0, built__lte=100), name="programme_built_share"),
            models.CheckConstraint(condition=models.Q(disbursed_vnd__gte=0), name="programme_disbursed"),
        ]
