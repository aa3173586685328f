"""The one row that says that a store is a simulated one."""

from __future__ import annotations

from django.db import models

from motcua.foundation.core.models import Subject


class Exercise(Subject):
    """A simulated store: of which shape, from which seed, over which days."""

    kind = "exercise"

    shape = models.CharField(max_length=10)
    seed = models.BigIntegerField()
    began = models.DateField()
    ended = models.DateField()
