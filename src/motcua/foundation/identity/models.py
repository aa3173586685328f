"""Accounts, roles at an agency, dated delegation, sessions, and who signed in on which PC today."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from motcua.foundation.core import time
from motcua.foundation.core.models import Subject
from motcua.foundation.core.refs import new_public_id
from motcua.foundation.identity.types import Lending, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.types import Period

ROLE_CHOICES = [(role.value, role.label) for role in Role]
LENDING_CHOICES = [(how.value, how.label) for how in Lending]


class AccountManager(BaseUserManager["Account"]):
    """Django's sign-in asks for a manager that finds an account by its name."""


class Account(Subject, AbstractBaseUser):
    """A person who signs in. `closed_on` is the first day on which nobody signs in by it any more."""

    kind = "account"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # Sessions tell when somebody signed in; a column would be one more write at each sign-in.
    last_login = None

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức danh", max_length=120, blank=True)
    is_locked = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    pin = models.CharField(max_length=128, blank=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
    reset_code = models.CharField(max_length=128, blank=True)
    reset_until = models.DateTimeField(null=True, blank=True)
    home_agency = models.ForeignKey(Agency, models.PROTECT, related_name="accounts")

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the person may sign in today."""
        return not self.is_locked and (self.closed_on is None or time.today() < self.closed_on)

    @property
    def is_staff(self) -> bool:
        """Django asks; there is no admin to enter."""
        return False


class RoleGrant(Subject):
    """A role held at an agency from one day until before another; both days alike where it was taken back at once."""

    kind = "role"

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="identity_grant_period"
            )
        ]

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)

    @property
    def label(self) -> str:
        return Role(self.role).label


class Delegation(Subject):
    """A role lent: by delegation, by order, or to a substitute in an absence. It lends no further."""

    kind = "delegation"

    grant = models.ForeignKey(RoleGrant, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Account, models.PROTECT, related_name="borrowed")
    how = models.CharField(max_length=20, choices=LENDING_CHOICES)
    ground = models.CharField(max_length=300)
    salt = models.CharField(max_length=24, default=new_public_id, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="identity_delegation_period")
        ]

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)

    @property
    def how_label(self) -> str:
        return Lending(self.how).label


class DeskSession(AbstractBaseSession):
    """A session that knows whose it is, so that a person can see and end his own (`sessions.SessionStore` fills it)."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")
    opened_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, blank=True)
    browser = models.CharField(max_length=60, blank=True)


class DeskVisit(models.Model):
    """Somebody signed in with his password on this PC on this day, so he may come back to it by PIN until midnight."""

    device = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.CASCADE, related_name="visits")
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "account"], name="identity_visit_once")]
