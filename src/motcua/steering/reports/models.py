"""Periods, the report of each unit, what people added, and the versions that were sent."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from motcua.foundation.core.models import Note, Subject
from motcua.foundation.identity.models import Account
from motcua.foundation.organisations.models import Agency
from motcua.steering.reports.regimes import form_of, regimes
from motcua.steering.reports.types import COUNTED, OPEN, Form, PeriodKind, RemarkKind, State


class RegimeFile(Subject):
    """A province's own regimes and forms as it wrote them; the last one holds."""

    kind = "report-regimes"

    text = models.TextField()
    loaded_at = models.DateTimeField()


class Period(Subject):
    """A period on which units report. `form` is the form as it was when the period was opened.

    `drafter` is who gathers for the province; `opener` the role that opened it and sees all of it.
    """

    kind = "report-period"

    regime = models.CharField(max_length=20)
    what = models.CharField(max_length=10, default=PeriodKind.PERIODIC)
    occasion = models.CharField(max_length=10, blank=True)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    first = models.DateField()
    last = models.DateField()
    form = models.JSONField()
    basis = models.CharField(max_length=60, blank=True)
    outside = models.JSONField(default=list)
    opener = models.CharField(max_length=20)
    drafter = models.ForeignKey(Agency, models.PROTECT, related_name="report_periods")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-last", "-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "occasion", "year"], name="reports_period_once",
                condition=Q(what=PeriodKind.PERIODIC),
            ),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="reports_period_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shape(self) -> Form:
        """The form as a value."""
        if not hasattr(self, "_shape"):
            self._shape = form_of(self.form)
        return self._shape

    @property
    def what_label(self) -> str:
        return PeriodKind(self.what).label

    @property
    def regime_name(self) -> str:
        known = regimes().get(self.regime)
        return known.name if known else self.regime


class Report(Subject):
    """The report of one unit in a period. `above` is the report that takes it up; none at the top.

    `drafter` writes it (the unit itself, but for the province's). `own` are the agencies whose records are its own
    numbers; `numbers` what the registry said of them (and of all below, where there are any) at `filled_at`.
    """

    kind = "report"

    period = models.ForeignKey(Period, models.CASCADE, related_name="reports")
    unit = models.ForeignKey(Agency, models.PROTECT, related_name="reports")
    drafter = models.ForeignKey(Agency, models.PROTECT, related_name="drafted_reports")
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    rank = models.CharField(max_length=10)
    own = models.JSONField(default=list)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=State.DRAFT)
    numbers = models.JSONField(default=dict)
    as_of = models.DateField()
    filled_at = models.DateTimeField()
    edition = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["period", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="reports_report_once")]

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def is_open(self) -> bool:
        """Whether words and contested figures may change."""
        return State(self.state) in OPEN

    @property
    def is_counted(self) -> bool:
        """Whether a version of it stands."""
        return State(self.state) in COUNTED

    @property
    def gathers(self) -> bool:
        """Whether it takes up other reports: its numbers have a whole beside its own."""
        return "whole" in self.numbers

    def days_late(self, today: date) -> int:
        """Return by how many days it is late, or was when it was sent first."""
        return max(0, (today - self.due_on).days)

class Answer(models.Model):
    """What a unit wrote into a cell: words, or a number that no record holds. `salt` is for the ledger's digest."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers")
    cell = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    salt = models.CharField(max_length=32)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "cell"], name="reports_answer_once")]


class Remark(models.Model):
    """A signed note: on a figure the unit thinks wrong (with its own beside), on giving back, on correcting.

    `ended_at` is when a contested figure was taken back or replaced by another one.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    what = models.CharField(max_length=10)
    cell = models.CharField(max_length=10, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    note = models.OneToOneField(Note, models.PROTECT, related_name="+")
    signer = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "cell"], name="reports_contest_once",
                condition=Q(what=RemarkKind.CONTEST, ended_at__isnull=True),
            )
        ]


class Edition(models.Model):
    """A version that was sent: `canonical` is what was frozen, byte for byte; the ledger holds its digest."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    canonical = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    signer = models.ForeignKey(Account, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reports_edition_once")]

    @property
    def content(self) -> dict[str, Any]:
        """What was frozen, as a value."""
        found: dict[str, Any] = json.loads(bytes(self.canonical))
        return found

    def tells(self, remark: Remark) -> bool:
        """Whether it was sent with this contested figure and reason."""
        kept = self.content["figures"].get(remark.cell)
        said = kept and kept["stated"] is not None and Decimal(kept["stated"]) == remark.value
        return bool(said and kept["note"] == remark.note.words and remark.at <= self.sent_at)
