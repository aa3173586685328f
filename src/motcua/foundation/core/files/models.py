"""The row of a file: what it is, whose it is, and where its encrypted content lies."""

from __future__ import annotations

from django.db import models

from motcua.foundation.core import time
from motcua.foundation.core.crypto import SealedField
from motcua.foundation.core.files.types import FileKind, Scan
from motcua.foundation.core.refs import Ref, new_public_id, ref


class StoredFile(models.Model):
    """A file in the store. Its name is encrypted, because people put names of people into names of files.

    `size` and `sha256` are of the plain content; `owner` is the reference of the subject it belongs to.
    """

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    owner = models.CharField(max_length=60, db_index=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=time.now)
    name = SealedField()
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    stored_name = models.CharField(max_length=100, unique=True)
    key_version = models.PositiveSmallIntegerField()
    scan = models.CharField(max_length=12, default=Scan.NOT_SCANNED.value)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="core_file_unscanned", condition=models.Q(scan=Scan.NOT_SCANNED.value)),
        ]

    @property
    def ref(self) -> Ref:
        return ref("file", self.public_id)

    @property
    def media_type(self) -> str:
        return FileKind(self.kind).media_type
