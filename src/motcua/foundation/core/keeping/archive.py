"""The file of a backup: a compressed tar whose last part is the manifest. Written whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from motcua.foundation.core.home import sync_folder

FORM = "motcua-backup/1"
MANIFEST = "manifest.json"
SEALS = "seals.jsonl"
FILES = "files/"
_NAME = re.compile(r"manifest\.json|seals\.jsonl|database\.(sqlite3|dump)|files/[A-Za-z0-9_\-./]{1,200}")
_BLOCK = 1 << 20
_LARGEST_MANIFEST = 1 << 30


class BadArchive(ValueError):
    """The file is no backup, or not a whole one."""


@dataclass(slots=True)
class Manifest:
    """What a backup holds. `parts` maps a name to (size in bytes, SHA-256); `facts` tell of the store."""

    facts: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        return json.dumps({"form": FORM, **self.facts, "parts": self.parts}, indent=1, sort_keys=True).encode()


class _Hashed(io.RawIOBase):
    """Reads on, and hashes what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.hash = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.stream.read(size)
        self.hash.update(block)
        return block


@dataclass(frozen=True, slots=True)
class Writer:
    """Takes the parts of a backup."""

    pack: tarfile.TarFile
    manifest: Manifest

    def add(self, path: Path, name: str) -> None:
        """Add a file as long as it is now; what is appended to it meanwhile belongs to the next backup."""
        with path.open("rb") as stream:
            info = _info(name, os.fstat(stream.fileno()).st_size)
            hashed = _Hashed(stream)
            self.pack.addfile(info, hashed)
            self.manifest.parts[name] = (info.size, hashed.hash.hexdigest())

    def close(self) -> None:
        content = self.manifest.as_bytes()
        self.pack.addfile(_info(MANIFEST, len(content)), io.BytesIO(content))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


@contextmanager
def written(target: Path, facts: dict[str, Any]) -> Iterator[Writer]:
    """Write a backup under a temporary name; sync and rename it when all went well, else leave nothing."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as pack:
                writer = Writer(pack, Manifest(facts))
                yield writer
                writer.close()
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def unpack(source: Path, into: Path) -> Manifest:
    """Unpack a backup into an empty folder and hold it against its manifest. Raises BadArchive, OSError."""
    found: dict[str, tuple[int, str]] = {}
    try:
        with gzip.open(source) as stream, tarfile.open(fileobj=stream, mode="r|") as pack:
            for info in pack:
                if not info.isreg() or not _NAME.fullmatch(info.name) or ".." in info.name:
                    raise BadArchive(f"{source} có phần lạ “{info.name[:60]}”: không phải bản sao lưu của motcua.")
                found[info.name] = _take_out(pack, info, into)
            while stream.read(_BLOCK):
                pass  # to the end: what was cut there is noticed too
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise _cut(source) from error
    except OSError as error:
        if error.errno is None:  # gzip's own complaints
            raise _cut(source) from error
        raise
    manifest = _manifest(source, into)
    _compare(source, manifest, found)
    return manifest


def _cut(source: Path) -> BadArchive:
    return BadArchive(
        f"{source} không phải bản sao lưu nguyên vẹn (tệp hỏng, bị cắt dở hoặc không phải bản sao lưu). "
        "Chưa thay đổi gì. Dùng một bản khác."
    )


def _take_out(pack: tarfile.TarFile, info: tarfile.TarInfo, into: Path) -> tuple[int, str]:
    target, size, digest = into / info.name, 0, hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = pack.extractfile(info)
    assert source is not None  # isreg() was asked
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        while block := source.read(_BLOCK):
            size += len(block)
            digest.update(block)
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest()


def _manifest(source: Path, into: Path) -> Manifest:
    path = into / MANIFEST
    if not path.exists() or path.stat().st_size > _LARGEST_MANIFEST:
        raise _cut(source)
    try:
        data = json.loads(path.read_bytes())
        form, parts = data.pop("form"), data.pop("parts")
        manifest = Manifest(data, {str(name): (int(size), str(value)) for name, (size, value) in parts.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _cut(source) from error
    if form != FORM:
        raise BadArchive(f"{source} là bản sao lưu dạng “{str(form)[:40]}”, cần bản motcua mới hơn để đọc.")
    return manifest


def _compare(source: Path, manifest: Manifest, found: dict[str, tuple[int, str]]) -> None:
    del found[MANIFEST]
    wrong = sorted(name for name in manifest.parts.keys() | found.keys() if manifest.parts.get(name) != found.get(name))
    if wrong:
        raise BadArchive(
            f"{source} đã bị thay đổi: {len(wrong)} phần không khớp bảng kê, trước hết là “{wrong[0][:80]}”. "
            "Chưa thay đổi gì. Dùng một bản khác."
        )
