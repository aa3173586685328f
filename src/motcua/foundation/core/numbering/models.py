"""What became of numbers. The counters themselves are `core.models.Counter`."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from motcua.foundation.core import time
from motcua.foundation.core.refs import Ref, new_public_id, ref


class Use(StrEnum):
    """What became of a number that was given."""

    USED = "used"
    VOID = "void"


class NumberEntry(models.Model):
    """A number that was given: to which subject, in which volume of a book, and whether it is void by now."""

    series = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    volume = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=60, blank=True, db_index=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=time.now)
    use = models.CharField(max_length=5, default=Use.USED.value)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="core_number_once")]


class Volume(models.Model):
    """A volume (quyển) of a book: from `first` on, until `last` once it is closed."""

    series = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="core_volume_once"),
            models.UniqueConstraint(
                fields=["series"], name="core_volume_one_open", condition=Q(closed_at__isnull=True)
            ),
        ]


class NumberRange(models.Model):
    """Numbers set aside: `series` is the symbol printed beside them, `next` the first that nobody has yet."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    series = models.CharField(max_length=120, db_index=True)
    purpose = models.CharField(max_length=20)
    agency = models.CharField(max_length=60)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    next = models.PositiveIntegerField()
    registered_at = models.DateTimeField(default=time.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), next__gte=F("first"), next__lte=F("last") + 1),
                name="core_range_bounds",
            )
        ]

    @property
    def ref(self) -> Ref:
        return ref("range", self.public_id)
