"""Kept sums: what verbs appended and nobody summed yet, the sums themselves, and how they compared with the rows."""

from __future__ import annotations

from django.db import models


class Delta(models.Model):
    """A change of a measure on a local day, appended by a verb in its own transaction; the folder sums and deletes it.

    `day` is a number, 20250424; `agency` a key without a constraint, which a reception would pay for.
    """

    measure = models.CharField(max_length=40)
    agency = models.BigIntegerField()
    field = models.TextField(blank=True)
    part = models.CharField(max_length=60, blank=True)
    day = models.IntegerField()
    amount = models.BigIntegerField()


class Series(models.Model):
    """What is summed along the days. Agency 0 and field "*" stand for all of them."""

    measure = models.CharField(max_length=40)
    agency = models.BigIntegerField()
    field = models.TextField()
    part = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "agency", "field", "part"], name="indicators_series_once")
        ]
        indexes = [models.Index(fields=["measure", "field", "agency"], name="indicators_series_by_field")]


class Fold(models.Model):
    """A sum of one cell of time: a day, a month or a year (`windows.cells_of`).

    Series are never deleted, so the key needs no constraint, which half a million cells built anew would pay for.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    cell = models.IntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "cell"], name="indicators_fold_once")]


class FoldLock(models.Model):
    """Whoever folds or builds anew holds the source's row, so that one does at a time."""

    source = models.CharField(max_length=40, primary_key=True)


class Comparison(models.Model):
    """What comparing kept sums with the rows found. `found` lists differences, `measures` sums them by measure."""

    source = models.CharField(max_length=40)
    at = models.DateTimeField()
    seconds = models.FloatField()
    differences = models.PositiveIntegerField()
    measures = models.JSONField(default=dict)
    found = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["source", "-at"], name="indicators_latest")]
