"""The streamed upload: to a temporary file, and not a byte over the limit is ever written."""

from __future__ import annotations

import os
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

LIMIT = 60_000_000
"""Bytes of one file that are written at most. Doors have lower limits of their own (`types.Limits`)."""
FULL = "no_room"
"""The mark of an upload that the disk had no room for; `store.put` refuses it in words."""


class LimitedUpload(TemporaryFileUploadHandler):
    """Counts everything that arrives and writes only up to the limit.

    The rest of a file that is too big, or that the disk has no room for, is read and forgotten, so that the person gets
    an answer in words instead of a broken connection; the file's `size` is the true one, and `store.put` refuses it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arrived = 0
        self.is_full = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.arrived += len(raw_data)
        if self.arrived <= LIMIT and not self.is_full:
            try:
                super().receive_data_chunk(raw_data, start)
                self.file.flush()
            except OSError:
                self.is_full = True
                # Makes room for what still waits in the buffer, which closing the file would fail on.
                os.ftruncate(self.file.fileno(), 0)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        done = super().file_complete(max(file_size, self.arrived))
        setattr(done, FULL, self.is_full)
        return done
