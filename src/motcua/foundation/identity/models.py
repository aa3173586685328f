"""Accounts, roles at an agency, and dated delegation."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from motcua.foundation.core.models import Subject
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency

ROLE_CHOICES = [(role.value, role.label) for role in Role]


class AccountManager(BaseUserManager["Account"]):
    """Django's sign-in asks for a manager that finds an account by its name."""


class Account(Subject, AbstractBaseUser):
    """A person who signs in."""

    kind = "account"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức danh", max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    pin = models.CharField(max_length=128, blank=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
    home_agency = models.ForeignKey(Agency, models.PROTECT, related_name="accounts")

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_staff(self) -> bool:
        """Django asks; there is no admin to enter."""
        return False


class RoleGrant(Subject):
    """A role held at an agency from one day until before another."""

    kind = "role"

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="identity_grant_period",
            )
        ]


class Delegation(Subject):
    """A role lent: delegation by the one who holds it, or substitution in an absence. It lends no further."""

    kind = "delegation"

    grant = models.ForeignKey(RoleGrant, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Account, models.PROTECT, related_name="borrowed")
    how = models.CharField(max_length=20, choices=[("delegation", "Ủy quyền"), ("substitution", "Thay thế khi vắng")])
    ground = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")), name="identity_delegation_period"
            )
        ]
