"""The dated tree of agencies. An agency is one identity; what it is called and where it stands are dated states."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from motcua.foundation.core.models import Subject
from motcua.foundation.core.refs import new_public_id


class Level(models.Model):
    """A level of government; `order` counts from the top. Data, because their number changed in 2025."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField()


class Kind(models.Model):
    """A kind of agency: its level, the kinds it may stand under ("" for none), the words before its name."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100)
    level = models.ForeignKey(Level, models.PROTECT, related_name="kinds")
    order = models.PositiveSmallIntegerField()
    parents = models.JSONField(default=list)
    office = models.CharField(max_length=60, blank=True)
    is_territorial = models.BooleanField(default=False)


class AgencyQuerySet(models.QuerySet["Agency"]):
    def on(self, day: date) -> Self:
        """Return the agencies that exist on the day (`selectors.register_day()` for the present one)."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Agency(Subject):
    """An agency through time. `code` is printed in dossier codes; `name` is its title on the register's day.

    `key` names it for ever in data files; `valid_from` and `valid_to` bound its life (half-open).
    """

    kind = "agency"

    key = models.CharField(max_length=60, unique=True, default=new_public_id)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    aliases = models.JSONField(default=list, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan"

    def __str__(self) -> str:
        return self.name


class AgencyStateQuerySet(models.QuerySet["AgencyState"]):
    def on(self, day: date) -> Self:
        """Return the states that hold on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class AgencyState(models.Model):
    """What an agency was from one day until before another: name, kind, level and parent.

    `name` is the territory's or the department's own (“Xã Cẩm Giàng”), `title` what stands on letters (“UBND xã …”).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="states")
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=300, blank=True)
    form = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="child_states")
    has_one_stop = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    objects = AgencyStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="organisations_state_period",
            ),
            models.UniqueConstraint(fields=["agency", "valid_from"], name="organisations_state_once"),
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(valid_to__isnull=True), name="organisations_state_one_open"
            ),
        ]


class AgencyCode(models.Model):
    """A code under which an agency is known in one scheme: national old style, national 2020, statistics…"""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    trust = models.CharField(max_length=20, default="example")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "agency"], name="organisations_code_once"),
            models.UniqueConstraint(
                fields=["scheme", "code"],
                condition=models.Q(valid_to__isnull=True),
                name="organisations_code_held_once",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="organisations_code")]


class Succession(models.Model):
    """Whom an agency's duties passed to, on which day and by what. `how` is `whole` or `part`."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="origins")
    day = models.DateField()
    how = models.CharField(max_length=20)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "day"], name="organisations_succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="organisations_no_self_succession"
            ),
        ]


class RegisterEvent(models.Model):
    """What a document did to the register. `digest` tells a line of a data file that was entered before."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="register_events")
    what = models.CharField(max_length=20)
    day = models.DateField()
    basis = models.CharField(max_length=200, blank=True)
    trust = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["day", "id"]


class Passage(models.Model):
    """What an ended agency left behind: to whom its open work passes, from which day on, and how far that has gone.

    Without `heir` nobody has it yet: several agencies took the duties over and none was chosen. `carried` names the
    kinds of things that pass only where it was asked for (`registry.Dependants.asks`).
    """

    predecessor = models.OneToOneField(Agency, models.PROTECT, related_name="passage")
    heir = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="passages")
    day = models.DateField()
    carried = models.JSONField(default=list)
    entered_at = models.DateTimeField()
    passed = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["day"], name="organisations_unsettled", condition=Q(settled_at__isnull=True))
        ]


class Inheritance(models.Model):
    """From which day an agency carries the open work of another one, through however many successions.

    The closure of `Passage`, kept so that a policy can ask it inside one query.
    """

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="inherited_by")
    heir = models.ForeignKey(Agency, models.PROTECT, related_name="inherited")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["heir", "predecessor"], name="organisations_inherited_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("heir")), name="organisations_no_self_inheritance"
            ),
        ]
