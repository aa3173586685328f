"""How a procedure is served, from a day on: at the one-stop, across agencies, at which online level. Said, not guessed.

Law: Decision 09/2015/QĐ-TTg and Decree 61/2018/NĐ-CP (the chairman's list of what is received at one-stops and what is
interconnected), Decree 43/2011/NĐ-CP (levels 1 to 4 of online services).
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class ServiceQuerySet(models.QuerySet["ProcedureService"]):
    def on(self, day: date) -> Self:
        """Return the statements that hold on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class ProcedureService(models.Model):
    """What a decision says of a procedure from a day on; what it leaves open is empty, which is neither yes nor no."""

    procedure = models.ForeignKey("procedures.Procedure", models.PROTECT, related_name="services")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    one_stop = models.BooleanField(null=True, blank=True)
    interconnected = models.BooleanField(null=True, blank=True)
    online = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=300)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "valid_from"], name="procedures_service_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="procedures_service_period",
            ),
            models.CheckConstraint(
                condition=Q(online__isnull=True) | Q(online__gte=1, online__lte=4), name="procedures_online_level"
            ),
        ]

    @property
    def words(self) -> list[str]:
        """Return what is said, point by point."""
        said = (
            (self.one_stop, "tiếp nhận tại Bộ phận Một cửa", "không tiếp nhận tại Bộ phận Một cửa"),
            (self.interconnected, "giải quyết liên thông", "không liên thông"),
        )
        found = [yes if value else no for value, yes, no in said if value is not None]
        return [*found, f"dịch vụ công trực tuyến mức độ {self.online}"] if self.online else found
