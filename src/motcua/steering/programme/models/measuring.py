"""Targets, their measurable parts, what was measured, and which row serves which part."""

from __future__ import annotations

from django.db import models

from motcua.foundation.core.models import Subject
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.models.document import Programme, StoredReading
from motcua.steering.programme.models.tasks import Task


class Target(models.Model):
    """A target as printed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="programme_target_once")]

    def __str__(self) -> str:
        return f"{self.code}. {self.text}"


class Measure(Subject):
    """A measurable part of a target. Without `value` only words say what is wanted.

    `indicator` is the code of a number of the platform; empty, the responsible agency enters dated values by hand.
    """

    kind = "measure"

    target = models.ForeignKey(Target, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    text = models.TextField()
    comparator = models.CharField(max_length=10, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    scope = models.CharField(max_length=300, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=300, blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    responsible = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programme_measures")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["target__position", "position"]
        constraints = [models.UniqueConstraint(fields=["target", "code"], name="programme_measure_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Entry(models.Model):
    """A value measured on a day, entered by hand with its source. A later entry of the same day corrects it."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="entries")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programme_entries")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]


class Link(models.Model):
    """A row serves a measurable part of a target."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="links")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="links")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "measure"], name="programme_link_once")]


class TargetChange(models.Model):
    """What an amendment changed in a target, or in one of its measures: before and after."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="changes")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, blank=True, related_name="changes")
    reading = models.ForeignKey(StoredReading, models.PROTECT, related_name="target_changes")
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]
