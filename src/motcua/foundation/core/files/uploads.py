"""The streamed upload: to a temporary file, and not a byte over the limit is ever written."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

LIMIT = 60_000_000
"""Bytes of one file that are written at most. Doors have lower limits of their own (`types.Limits`)."""


class LimitedUpload(TemporaryFileUploadHandler):
    """Counts everything that arrives and writes only up to the limit.

    The rest of a file that is too big is read and forgotten, so that the person gets an answer in words instead of a
    broken connection; the file's `size` is the true one, and `store.put` refuses it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.arrived += len(raw_data)
        if self.arrived <= LIMIT:
            super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return super().file_complete(max(file_size, self.arrived))
