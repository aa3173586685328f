"""Legal documents and dated rule sets."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from motcua.foundation.core.models import Subject


class LegalDocument(Subject):
    """A legal document. `expired_on` is the first day out of force; a missing date is not known."""

    kind = "document"

    type = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    issued_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    expired_on = models.DateField(null=True, blank=True)
    replaced_by = models.CharField(max_length=60, blank=True)
    amends = models.JSONField(default=list, blank=True)
    trust = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-effective_on", "number"]
        constraints = [models.UniqueConstraint(fields=["number", "issuer"], name="law_document_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"


class DatedQuerySet(models.QuerySet["RuleSet"]):
    def on(self, day: date) -> Self:
        """Return the rule sets in force on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class RuleSet(Subject):
    """What holds for a subject (one-stop, forms, clock …) from one day until before another."""

    kind = "rule-set"

    code = models.CharField(max_length=40, unique=True)
    subject = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    trust = models.CharField(max_length=20)
    basis = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(LegalDocument, models.PROTECT, null=True, blank=True, related_name="rule_sets")
    is_own = models.BooleanField(default=False)
    """Entered by the province: an upgrade's law does not write over it."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="law_rule_set_period"
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(valid_to__isnull=True), name="law_rule_set_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleValue(models.Model):
    """One value of a rule set. Its dates are always written, those of the set where it has none of its own."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="values")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    value = models.JSONField()
    trust = models.CharField(max_length=20)
    basis = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "key", "valid_from"], name="law_rule_value_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="law_rule_value_period"
            ),
        ]
        indexes = [models.Index(fields=["key", "valid_from"], name="law_rule_value_key")]
