"""When periodic work is due and who is alive. The queue itself is django-tasks-db's table."""

from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """One periodic job: when it is due next, until when somebody holds it, and how it went last."""

    name = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)


class SignOfLife(models.Model):
    """A process that works: `kind` is worker or scheduler, `name` tells it from all others."""

    name = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
