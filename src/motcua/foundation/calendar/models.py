"""Versions of the calendar. A row holds from the version that brought it until before the one that ended it, so that
every earlier version can still be read, and a due date computed under it explained.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from motcua.foundation.calendar.types import DayKind
from motcua.foundation.core.models import Subject
from motcua.foundation.organisations.models import Agency


class CalendarVersion(Subject):
    """One version: its reach, its expected years, and the paper that it rests on."""

    kind = "calendar"

    number = models.PositiveIntegerField(unique=True)
    first = models.DateField()
    last = models.DateField()
    expected_years = models.JSONField(default=list)
    basis = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.CheckConstraint(condition=Q(last__gt=models.F("first")), name="calendar_version_reach")]

    def __str__(self) -> str:
        return f"Lịch làm việc, bản {self.number}"


class VersionedRow(models.Model):
    """What holds from version `since` until before version `until`, for one agency or (null) for all."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def in_version(cls, number: int) -> models.QuerySet[Self]:
        """Return the rows that hold in a version."""
        return cls._default_manager.filter(Q(until__isnull=True) | Q(until__gt=number), since__lte=number)


class WeekRow(VersionedRow):
    """Weekly sessions from a day on: seven lists of sessions as `notation` writes them, Monday first."""

    valid_from = models.DateField()
    days = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "valid_from"], condition=Q(until__isnull=True), name="calendar_week_own_once"
            ),
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=Q(until__isnull=True, agency__isnull=True),
                name="calendar_week_shared_once",
            ),
        ]


class DayRow(VersionedRow):
    """A day that differs from its weekday. `sessions` null: see `types.DayException`."""

    day = models.DateField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in DayKind])
    name = models.CharField(max_length=200)
    sessions = models.JSONField(null=True, blank=True)
    in_place_of = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    expected = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"], condition=Q(until__isnull=True), name="calendar_day_own_once"
            ),
            models.UniqueConstraint(
                fields=["day"], condition=Q(until__isnull=True, agency__isnull=True), name="calendar_day_shared_once"
            ),
        ]
