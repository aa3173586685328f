"""Files on their way to a job: scanned, encrypted while they are written, plain again only in the job's own hands.

They have no row of their own: the run names them, and its end takes them away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage

from motcua.foundation.core.files import scanning, sealing
from motcua.foundation.core.files.errors import Infected, NoRoom
from motcua.foundation.core.files.types import Scan
from motcua.foundation.core.refs import new_public_id


class _Sealed(File[bytes]):
    """What the storage is given: chunks, encrypted while they pass."""

    def __init__(self, plain: File[bytes]) -> None:
        super().__init__(None)
        self.plain = plain

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return sealing.seal(self.plain.chunks(chunk_size), sealing.newest_version())


def put(file: File[bytes], name: str) -> str:
    """Store a file and return the name it lies under. Raises Infected and NoRoom; nothing is left behind then."""
    if scanning.scan(file.chunks()) is Scan.INFECTED:
        raise Infected(name)
    try:
        return default_storage.save(f"imports/{new_public_id()}", _Sealed(file))
    except OSError as error:
        raise NoRoom from error


def plain(stored: str) -> Iterator[bytes]:
    """Yield a stored file's content. Raises Damaged where it was changed, OSError where it is gone."""
    with default_storage.open(stored, "rb") as stream:
        yield from sealing.unseal(cast(BinaryIO, stream))


def forget(stored: str) -> None:
    """Take a stored file away."""
    default_storage.delete(stored)
