"""The decision, each reading of it, and what disagrees with itself in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from motcua.foundation.core.models import Subject
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.kinds import HandInState, ProgrammeState

if TYPE_CHECKING:
    from motcua.steering.programme.models.tasks import Task


class Programme(Subject):
    """A decision with targets and tasks. `document_status` is what is said of its force; `state` is our own.

    `steward` drives it and accepts products; `office` accepts those of the steward; `issuer` issues. They are agencies
    of the day of the decision; who carries their work today the register knows. `body_key` is the issuing body however
    it is spelled; a document without a number is known by its bytes alone.
    """

    kind = "programme"

    number = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=60, blank=True)
    issuing_body = models.CharField(max_length=200, blank=True)
    body_key = models.CharField(max_length=200, blank=True, editable=False)
    place = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    signer_office = models.CharField(max_length=200, blank=True)
    title = models.TextField(blank=True)
    short = models.CharField(max_length=120, blank=True)
    document_status = models.CharField(max_length=100, blank=True)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=ProgrammeState.DRAFT.value)
    approved_on = models.DateField(null=True, blank=True)
    printed_vnd = models.BigIntegerField(null=True, blank=True)
    printed_total = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    ladder = models.JSONField(default=dict, blank=True)
    steward = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programmes_driven")
    office = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programmes_assisted")
    issuer = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programmes_issued")

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "body_key", "issued_on"], condition=~Q(number=""), name="programme_document_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title[:60]

    @property
    def is_draft(self) -> bool:
        return self.state == ProgrammeState.DRAFT

    @property
    def state_label(self) -> str:
        return ProgrammeState(self.state).label

    @property
    def years(self) -> range:
        """The years of the programme; empty where none are known."""
        return range(self.first_year, self.last_year + 1) if self.first_year and self.last_year else range(0)

    @property
    def called(self) -> str:
        """A name short enough for a heading."""
        return self.short or f"{self.type} {self.number}".strip() or "Chương trình chưa có số"


class StoredReading(models.Model):
    """One reading of the document or of what amends it, whole, as JSON of `types.Reading`."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="readings")
    sequence = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content = models.JSONField()
    is_current = models.BooleanField(default=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "sequence"], name="programme_reading_once"),
            models.UniqueConstraint(fields=["programme", "sha256"], name="programme_reading_same_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(is_current=True), name="programme_reading_one_current"
            ),
        ]


class HandIn(Subject):
    """A file handed in that is read outside the request. `stored` names it until it is read; then it is taken away."""

    kind = "programme-hand-in"

    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default=HandInState.WAITING.value)
    problem = models.TextField(blank=True)
    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, blank=True, related_name="hand_ins")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    @property
    def is_over(self) -> bool:
        return self.state != HandInState.WAITING


class AnomalyRow(models.Model):
    """Something that disagrees in the document: shown, never corrected. `resolution` is what was found out about it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="anomalies")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    what = models.CharField(max_length=40)
    where = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    values = models.JSONField(default=list)
    resolution = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="programme_anomaly_once")]


class TaskChange(models.Model):
    """What an amendment changed in a row: the cells before and after, so that history stays readable."""

    task: models.ForeignKey[Task, Task] = models.ForeignKey("Task", models.CASCADE, related_name="changes")
    reading = models.ForeignKey(StoredReading, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "pk"]
