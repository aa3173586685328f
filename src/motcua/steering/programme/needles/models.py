"""How a measure is counted from the platform's records: readings offered, the one chosen, what was counted before."""

from __future__ import annotations

from django.db import models

from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.models import Entry, Measure
from motcua.steering.programme.needles.types import Counting


class Formula(models.Model):
    """One reading of a measure: which indicator, over whose records, counted how.

    `level` narrows to levels of government, `kinds` to kinds of agencies of the register; `exempt` agencies are left
    out of both sides. Several levels or kinds are joined by commas. `threshold` is of `Counting.REACH` only.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="formulas")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    words = models.CharField(max_length=200)
    why = models.CharField(max_length=400, blank=True)
    indicator = models.CharField(max_length=60)
    level = models.CharField(max_length=60, blank=True)
    kinds = models.CharField(max_length=200, blank=True)
    exempt = models.ManyToManyField(Agency, blank=True, related_name="+")
    counting = models.CharField(max_length=8, default=Counting.WHOLE.value)
    threshold = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["measure", "code"], name="programme_formula_once")]

    def __str__(self) -> str:
        return self.words


class Choice(models.Model):
    """From which day on which reading holds, and on what ground. The latest day holds; said again, the last word."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="choices")
    formula = models.ForeignKey(Formula, models.PROTECT, related_name="choices")
    valid_from = models.DateField()
    basis = models.CharField(max_length=300)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["valid_from", "pk"]


class Point(models.Model):
    """What a reading gave at the end of a month: derived from the records, kept so that a page need not count anew.

    `on` is the programme's day. A value that is unknown stays empty. It may be deleted and is then counted again.
    """

    formula = models.ForeignKey(Formula, models.CASCADE, related_name="points")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["formula", "on"], name="programme_point_once")]


class Baseline(models.Model):
    """Both sides of a baseline that the plan prints as a fraction (819/1.368), and where it stands there."""

    measure = models.OneToOneField(Measure, models.CASCADE, related_name="printed_baseline")
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    place = models.CharField(max_length=200, blank=True)


class EntryCount(models.Model):
    """Both sides of a share that was entered by hand."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="counted")
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
