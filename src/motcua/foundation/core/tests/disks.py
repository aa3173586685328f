"""Disks that fail, for tests of what keeps files."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.base import File

from motcua.foundation.core.files.storage import DurableFiles


class FullDisk(DurableFiles):
    """A disk that is full after some bytes."""

    def _save(self, name: str, content: File[bytes]) -> str:
        full = content.chunks()

        class Until(File[bytes]):
            def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
                yield next(full)
                raise OSError(28, "No space left on device")

        return super()._save(name, Until(None))
