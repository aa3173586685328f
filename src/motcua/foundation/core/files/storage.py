"""The local storage: a file that was saved is whole and on the disk, under its name and for good.

A process that dies while writing leaves a temporary name behind. The name is given before the bytes are synced, so that
a journalling file system writes both at once; nothing knows the name until then, for its row comes after it.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PART = ".part"


class DurableFiles(FileSystemStorage):
    """Django's folder storage, but written to a temporary name, renamed when whole, and synced to the disk."""

    def _save(self, name: str, content: File[bytes]) -> str:
        final = Path(self.path(name))
        _make_folder(final.parent)
        lying = final.with_name(f".{final.name}{PART}")
        try:
            handle = os.open(lying, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                for chunk in content.chunks():
                    stream.write(chunk)
                stream.flush()
                lying = lying.replace(final)
                os.fsync(stream.fileno())
            _sync_folder(final.parent)
        except BaseException:
            lying.unlink(missing_ok=True)
            raise
        return name


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each of them safe on the disk before anything is put into it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
