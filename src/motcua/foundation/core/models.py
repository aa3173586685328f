"""The tables of core. Rows of the ledger are written by `ledger` alone; triggers refuse UPDATE and DELETE on them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from motcua.foundation.core import time
from motcua.foundation.core.crypto import SealedField
from motcua.foundation.core.refs import Ref, new_public_id, ref


class Subject(models.Model):
    """A row that verbs act on: it has a random public id, a version for screens, and a chain in the ledger."""

    kind: ClassVar[str]

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def ref(self) -> Ref:
        return ref(self.kind, self.public_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; every change after the first counts the version up, so that a stale screen is noticed."""
        if not self._state.adding:
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)


class LedgerHead(models.Model):
    """Where a subject's chain stands. Writers of one subject wait for each other here, and for nobody else."""

    subject = models.CharField(max_length=60, primary_key=True)
    sequence = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)
    sealed_sequence = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject"],
                name="core_head_unsealed",
                condition=models.Q(sequence__gt=models.F("sealed_sequence")),
            )
        ]


class LedgerEvent(models.Model):
    """One event. `canonical` is what was hashed, byte for byte; the columns beside it are checked against it."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=60)
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    agency = models.CharField(max_length=60, blank=True)
    act = models.CharField(max_length=24)
    cause = models.CharField(max_length=24, blank=True)
    happened_us = models.BigIntegerField()
    entered_us = models.BigIntegerField()
    request_key = models.CharField(max_length=64, null=True, unique=True)
    canonical = models.BinaryField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "sequence"], name="core_event_chain")]


class Seal(models.Model):
    """A signed Merkle root over all heads moved since the seal before it. `line` is what left the database."""

    number = models.PositiveIntegerField(primary_key=True)
    made_us = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    line = models.BinaryField()


class Denial(models.Model):
    """Somebody tried what the policy forbids; written outside the transaction that was rolled back."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=time.now, db_index=True)
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)


class Counter(models.Model):
    """The last number given in a series. The row is locked until the number's transaction ends: no gap, no double."""

    series = models.CharField(max_length=120, primary_key=True)
    value = models.PositiveIntegerField()


class Setting(models.Model):
    """A fact about the whole store, such as that it is a simulated one."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()


class RegisterMark(models.Model):
    """The mark of the registers (`registers`): one row, another mark after each act that may have changed one."""

    id = models.SmallIntegerField(primary_key=True)
    mark = models.CharField(max_length=24)


class AccessEntry(models.Model):
    """Somebody read a person's record: one row per actor, subject, purpose and quarter of an hour."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=60)
    quarter = models.DateTimeField()
    actor = models.CharField(max_length=60)
    agency = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=40)

    class Meta:
        constraints = [
            # The subject leads: the question asked of this table is who has read one person's record.
            models.UniqueConstraint(fields=["subject", "quarter", "actor", "purpose"], name="core_access_once")
        ]


class Note(Subject):
    """A text somebody wrote about a subject. The ledger holds its salted digest: erasing it leaves the chain whole."""

    kind = "note"

    about = models.CharField(max_length=60, db_index=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    text = SealedField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=120, blank=True)

    @property
    def words(self) -> str:
        """Return what every reader shows: the text, or that it was erased and by which decision (`ground`)."""
        if self.erased_at is None:
            return self.text
        return f"Nội dung đã được xóa theo quyết định {self.ground}".rstrip() + "."
