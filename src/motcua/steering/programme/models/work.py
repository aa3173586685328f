"""What falls due, what happened to it, what proves it, and who was reminded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.models import Note, Subject
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme.kinds import FactKind, Rung, Term
from motcua.steering.programme.models.document import Programme
from motcua.steering.programme.models.tasks import Task

if TYPE_CHECKING:
    from motcua.steering.programme.models.measuring import Entry
    from motcua.steering.programme.models.money import Progress


class Occurrence(Subject):
    """One time a row falls due. Without `due_on` it waits; `source` tells the unfolded from what the steward answered.

    Its state is no column: it follows from the facts and the day (`rules.states`).
    """

    kind = "occurrence"

    task = models.ForeignKey(Task, models.CASCADE, related_name="occurrences")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    opens_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    waits = models.BooleanField(default=False)
    source = models.CharField(max_length=10, default="unfolded")

    class Meta:
        ordering = ["task__position", "year"]
        constraints = [
            models.UniqueConstraint(fields=["task", "year"], name="programme_occurrence_once"),
            models.UniqueConstraint(fields=["task"], condition=Q(year__isnull=True), name="programme_undated_once"),
        ]
        indexes = [models.Index(fields=["due_on"], name="programme_occurrence_due")]

    @property
    def term(self) -> Term:
        return Term(self.opens_on, self.due_on, self.waits)


class Fact(models.Model):
    """What happened to an occurrence on a day, for one lead agency or (without one) for all. Never changed.

    `number` is of the submission, document or minutes; `to` is whom it was submitted to; `new_due_on` is the day set
    when something that waited goes on.
    """

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="facts")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programme_facts")
    what = models.CharField(max_length=10)
    on = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    to = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="programme_received")
    new_due_on = models.DateField(null=True, blank=True)
    note = models.OneToOneField(Note, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(max_length=60)
    by_agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]

    @property
    def what_label(self) -> str:
        return FactKind(self.what).label


class Evidence(models.Model):
    """A file that proves something: a submission, a product, a project's progress, a measurement."""

    fact = models.ForeignKey(Fact, models.PROTECT, null=True, blank=True, related_name="evidence")
    progress = models.ForeignKey("Progress", models.PROTECT, null=True, blank=True, related_name="evidence")
    entry = models.ForeignKey("Entry", models.PROTECT, null=True, blank=True, related_name="evidence")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_evidence_of_one",
                condition=(
                    Q(fact__isnull=False, progress__isnull=True, entry__isnull=True)
                    | Q(fact__isnull=True, progress__isnull=False, entry__isnull=True)
                    | Q(fact__isnull=True, progress__isnull=True, entry__isnull=False)
                ),
            )
        ]


    @property
    def of(self) -> Fact | Progress | Entry:
        """What it proves."""
        found = self.fact or self.progress or self.entry
        assert found is not None
        return found


class Reminder(Subject):
    """A reminder to one agency: a digest of all that rose to this rung.

    What is late gets a numbered letter (công văn đôn đốc); the word to the owner beforehand has no number, nor has what
    the sender notes for himself.
    """

    kind = "reminder"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reminders")
    rung = models.CharField(max_length=10)
    to = models.ForeignKey(Agency, models.PROTECT, related_name="programme_reminders")
    sender = models.ForeignKey(Agency, models.PROTECT, related_name="programme_reminders_sent")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "year", "number"], name="programme_reminder_number_once")
        ]

    @property
    def code(self) -> str:
        """The number as it stands on the letter."""
        return f"{self.number:02d}/ĐĐ-CCHC" if self.number else "Nhắc việc"

    @property
    def rung_label(self) -> str:
        return Rung(self.rung).label


class ReminderLine(models.Model):
    """One occurrence in a letter, and whose share of it is meant. Nothing is reminded of twice on one rung."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="lines")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="reminders")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    rung = models.CharField(max_length=10)
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "agency", "rung", "due_on"], name="programme_reminded_once")
        ]
