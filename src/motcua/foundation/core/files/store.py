"""Putting a file into the store and reading it again.

A door puts the file first and lets its verb keep it; whatever goes wrong in between leaves no file behind:

    with store.arriving(upload, limits=LIMITS) as put:
        actions.attach(call, dossier=dossier, put=put)      # calls store.keep(put, owner=dossier.ref, by=…)
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import default_storage

from motcua.foundation.core import words
from motcua.foundation.core.files import scanning, sealing, sniffing, uploads
from motcua.foundation.core.files.errors import KEPT, BadFile, Damaged, Infected, NoRoom, NotKept
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.files.types import FileKind, Limits, Put, Scan
from motcua.foundation.core.refs import Ref, new_public_id

NAME = 150


class _Sealed(File[bytes]):
    """What the storage is given: it takes chunks, hashed and encrypted while they pass."""

    def __init__(self, plain: Iterable[bytes], version: int) -> None:
        super().__init__(None)
        self.plain, self.version = plain, version
        self.digest, self.count = hashlib.sha256(), 0

    def _passing(self) -> Iterator[bytes]:
        for block in self.plain:
            self.digest.update(block)
            self.count += len(block)
            yield block

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 - Django's shape
        return sealing.seal(self._passing(), self.version)


def plain_name(name: str) -> str:
    """Return a name as it is kept: without folders and control characters, composed letters, its ending saved."""
    composed = unicodedata.normalize("NFC", name.replace("\\", "/"))
    last = "".join(letter for letter in PurePosixPath(composed).name if letter.isprintable()).strip()
    path = PurePosixPath(last or "tep")
    return path.stem[: NAME - len(path.suffix)] + path.suffix[:20]


def put(upload: BinaryIO, name: str, limits: Limits) -> Put:
    """Look at an upload and put it into the storage. Raises BadFile, Infected, NoRoom; nothing is left behind then."""
    if getattr(upload, uploads.FULL, False):
        raise NoRoom
    name = plain_name(name)
    _check_size(_size(upload), name, limits)
    kind = sniffing.sniff(upload, name, limits)
    if kind not in limits.kinds:
        raise BadFile(
            f"Ở đây không nhận tệp {kind.value.upper()}, nên “{name}” chưa được nhận. {KEPT} "
            f"Anh/chị chọn tệp {limits.kinds_words}.",
            field="file",
        )
    upload.seek(0)
    scan = scanning.scan(_blocks(upload))
    if scan is Scan.INFECTED:
        raise Infected(name)
    upload.seek(0)
    return _write(_blocks(upload), name, kind, scan)


def put_bytes(content: bytes, name: str, kind: FileKind) -> Put:
    """Put bytes that the platform itself made into the storage. Raises NoRoom."""
    return _write([content], name, kind, Scan.CLEAN)


def _write(plain: Iterable[bytes], name: str, kind: FileKind, scan: Scan) -> Put:
    version = sealing.newest_version()
    sealed, random = _Sealed(plain, version), new_public_id(24)
    # Thirty folders: few enough to be there soon, and none too full at some millions of files.
    wanted = f"{random[:1]}/{random[1:]}"
    try:
        stored_name = default_storage.save(wanted, sealed)
    except OSError as error:
        raise NoRoom from error
    return Put(stored_name, name, kind, sealed.count, sealed.digest.digest(), scan, version)


def verify(put: Put) -> None:
    """Read a file that was put again, decrypted, and compare its digest. Raises NotKept where it is not the same."""
    digest = hashlib.sha256()
    try:
        for block in _lying(put.stored_name):
            digest.update(block)
    except Damaged as error:
        raise NotKept(put.name) from error
    if digest.digest() != put.sha256:
        raise NotKept(put.name)


def drop(put: Put) -> None:
    """Take a file that was put and not kept out of the storage again."""
    default_storage.delete(put.stored_name)


@contextmanager
def arriving(upload: Any, *, limits: Limits) -> Iterator[Put]:
    """Put an uploaded file and read it back; where that or the block fails, the file goes again. Raises NotKept."""
    found = put(cast(BinaryIO, upload), str(upload.name), limits)
    try:
        verify(found)
        yield found
    except BaseException:
        drop(found)
        raise


def keep(put: Put, *, owner: Ref, by: Ref, limits: Limits | None = None) -> StoredFile:
    """Write the row of a file that was put, inside the caller's transaction. Raises BadFile over the limit's count."""
    if limits is not None and StoredFile.objects.filter(owner=owner).count() >= limits.count:
        raise BadFile(
            f"Hồ sơ đã có {limits.count} tệp, là số tối đa, nên “{put.name}” chưa được nhận. {KEPT} "
            "Anh/chị ghép nhiều trang vào một tệp PDF rồi gửi.",
            field="file",
        )
    row = row_of(put, owner=owner, by=by)
    row.save(force_insert=True)
    return row


def row_of(put: Put, *, owner: Ref, by: Ref) -> StoredFile:
    """Return the unsaved row of a file that was put, for a verb that puts it beside its event."""
    return StoredFile(
        owner=owner, by=by, name=put.name, kind=put.kind, size=put.size, sha256=put.sha256,
        stored_name=put.stored_name, key_version=put.key_version, scan=put.scan,
    )


def read(stored: StoredFile) -> Iterator[bytes]:
    """Yield the plain content. Raises Damaged where it is gone or changed."""
    return _lying(stored.stored_name)


def _lying(stored_name: str) -> Iterator[bytes]:
    try:
        with default_storage.open(stored_name, "rb") as stream:
            yield from sealing.unseal(cast(BinaryIO, stream))
    except OSError as error:
        raise Damaged from error


def read_all(stored: StoredFile) -> bytes:
    """Return the whole content, compared with its digest; for small files such as papers. Raises Damaged."""
    content = b"".join(read(stored))
    if hashlib.sha256(content).digest() != bytes(stored.sha256):
        raise Damaged
    return content


def _size(upload: BinaryIO) -> int:
    """Return the upload's size; an upload over the limit was cut, and only its own count knows how long it was."""
    return cast(int, getattr(upload, "size", None) or upload.seek(0, 2))


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size > limits.size:
        raise BadFile(
            f"Tệp “{name}” nặng {words.size(size)}, quá mức {words.size(limits.size)} cho một tệp, nên chưa được nhận. "
            f"{KEPT} Anh/chị giảm độ phân giải khi quét hoặc chia thành nhiều tệp.",
            field="file",
        )


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(sealing.CHUNK):
        yield block
