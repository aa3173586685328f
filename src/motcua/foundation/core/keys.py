"""Keys live in files (mode 0600) outside database and backup, versioned by number: `field-1.key`, `field-2.key`…

The newest version writes, every version reads. A key is made only where there is no store yet: a store whose keys
are gone must be told so by `motcua doctor`, never be given fresh keys that open nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from motcua.foundation.core.home import sync_folder

NAMES = ("django", "field", "index", "file", "seal")
LENGTH = 32


class KeyMissing(Exception):
    """A key the store needs is not in its folder."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(
            f"Thiếu khóa “{name}” trong thư mục {folder}. Chép lại thư mục khóa từ bản lưu riêng; "
            "hệ thống không tự tạo khóa mới cho dữ liệu đã có."
        )


class KeyUnreadable(KeyMissing):
    """A key's file holds something else than a key."""

    def __init__(self, path: Path) -> None:
        Exception.__init__(
            self, f"Tệp khóa {path} không đọc được hoặc không phải khóa. Chép lại tệp này từ bản lưu riêng của khóa."
        )


def versions(folder: Path, name: str) -> list[int]:
    """Return the versions of a key that lie in the folder, ascending."""
    found = (path.stem.rpartition("-")[2] for path in folder.glob(f"{name}-*.key"))
    return sorted(int(text) for text in found if text.isdigit())


@cache
def load(folder: Path, name: str, version: int | None = None) -> tuple[int, bytes]:
    """Return (version, bytes) of a key, the newest unless a version is named. Raises KeyMissing, KeyUnreadable."""
    known = versions(folder, name)
    if not known or (version is not None and version not in known):
        raise KeyMissing(name, folder)
    number = known[-1] if version is None else version
    return number, _read(folder / f"{name}-{number}.key")


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise KeyUnreadable(path) from error
    if len(key) != LENGTH:
        raise KeyUnreadable(path)
    return key


def create(folder: Path, name: str) -> int:
    """Write the next version of a key, readable by its owner alone, and return its number.

    The file has its name only when it is whole and safe on the disk: nobody ever reads half a key.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = (versions(folder, name) or [0])[-1] + 1
    unnamed = folder / f".{name}-{number}-{os.getpid()}.new"
    unnamed.unlink(missing_ok=True)  # of a process that died here; in a container all have the same number
    handle = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_bytes(LENGTH).hex() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(unnamed, folder / f"{name}-{number}.key")  # refuses a name that is taken
    finally:
        unnamed.unlink()
    sync_folder(folder)
    load.cache_clear()
    return number


def ensure(folder: Path, *, fresh: bool) -> None:
    """Make the keys of a fresh store; of any other, only look that they are all there. Raises KeyMissing.

    Of several processes that start at once on a fresh store one makes the keys, and all others wait for them.
    """
    missing = _missing(folder)
    if not missing:
        return
    if fresh:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _making(folder, begin=fresh) as is_begun:
        missing = _missing(folder)
        if missing and not is_begun:
            raise KeyMissing(missing[0], folder)
        for name in missing:
            create(folder, name)


def _missing(folder: Path) -> list[str]:
    return [name for name in NAMES if not versions(folder, name)]


@contextmanager
def _making(folder: Path, *, begin: bool) -> Iterator[bool]:
    """Be the one who makes the keys; say whether their making has begun and not ended, be it in a process now dead.

    The mark lies in the folder from before the first key until after the last, and is the lock as well.
    """
    mark = folder / ".being-made"
    try:
        handle = os.open(mark, os.O_RDWR | (os.O_CREAT if begin else 0), 0o600)
    except FileNotFoundError:
        yield False
        return
    with os.fdopen(handle, "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield True
        mark.unlink(missing_ok=True)


def fingerprints(folder: Path) -> dict[str, str]:
    """Return what names every key without telling it, by name and version: `field-1`."""
    return {
        f"{name}-{version}": hashlib.sha256(b"motcua-key\0" + load(folder, name, version)[1]).hexdigest()[:16]
        for name in NAMES
        for version in versions(folder, name)
    }


def lacking(remembered: Mapping[str, str], folder: Path) -> list[str]:
    """Return the names of remembered keys that are gone or have become others."""
    here = fingerprints(folder)
    return sorted(name for name, fingerprint in remembered.items() if here.get(name) != fingerprint)
