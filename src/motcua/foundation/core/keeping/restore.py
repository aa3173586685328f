"""`motcua restore FILE`: everything is looked at before anything is touched, and what was there is kept aside.

Nothing here may wake Django before the copy is in its place: its settings would open, or make, what is to be replaced.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.foundation.core import keys, time, words
from motcua.foundation.core.cli import CommandError
from motcua.foundation.core.home import Home, sync_folder
from motcua.foundation.core.keeping import archive, databases
from motcua.foundation.core.keeping.archive import BadArchive, Manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and where the older store lies now, if there was one."""

    manifest: Manifest
    kept: str


def restore(source: Path, home: Home, database: dict[str, Any], *, force: bool = False) -> Restored:
    """Bring a backup back. Raises CommandError, with nothing changed, where that cannot or must not be done."""
    if not source.is_file():
        raise CommandError(f"Không có tệp {source}. Kiểm tra lại đường dẫn; chưa thay đổi gì.")
    _need_keys(home)
    _need_permission(home, database, force)
    with _scratch(home) as scratch:
        try:
            manifest = archive.unpack(source, scratch)
        except BadArchive as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Không giải nén được {source}: {words.refused(error)}. Chưa thay đổi gì.") from error
        _need_fit(manifest, home, database)
        return Restored(manifest, _put(scratch, home, database))


def _need_keys(home: Home) -> None:
    missing = [name for name in keys.NAMES if not keys.versions(home.keys, name)]
    if missing:
        raise CommandError(
            f"Thiếu khóa {', '.join(missing)} trong {home.keys}. Bản sao lưu không chứa khóa: chép thư mục khóa từ bản "
            "lưu riêng vào đó trước, rồi chạy lại. Chưa thay đổi gì."
        )


def _need_permission(home: Home, database: dict[str, Any], force: bool) -> None:
    if databases.is_running(database):
        raise CommandError("Hệ thống đang chạy trên kho này. Dừng “motcua serve”, chờ hai phút rồi chạy lại.")
    if not force and (databases.holds_events(database) or home.seals.exists()):
        raise CommandError(
            f"Kho {home.root} đã có dữ liệu nên chưa phục hồi gì. Thêm --force để phục hồi; dữ liệu đang có sẽ được "
            "giữ riêng dưới tên có ngày giờ."
        )


def _need_fit(manifest: Manifest, home: Home, database: dict[str, Any]) -> None:
    kind = databases.kind_of(database)
    if manifest.facts.get("database") != kind or databases.PART[kind] not in manifest.parts:
        raise CommandError(
            f"Bản sao lưu là của {manifest.facts.get('database')}, còn kho này dùng {kind}. Đặt DATABASE_URL cho đúng "
            "loại cơ sở dữ liệu rồi chạy lại. Chưa thay đổi gì."
        )
    remembered = manifest.facts.get("keys")
    wrong = keys.lacking(remembered if isinstance(remembered, dict) else {}, home.keys)
    if wrong:
        raise CommandError(
            f"Khóa {', '.join(wrong)} trong {home.keys} không phải khóa của bản sao lưu này. Chép đúng thư mục khóa "
            "rồi chạy lại. Chưa thay đổi gì."
        )


@contextmanager
def _scratch(home: Home) -> Iterator[Path]:
    """A folder on the same disk, so that putting in place is renaming."""
    folder = home.root / f".restoring-{os.getpid()}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(scratch: Path, home: Home, database: dict[str, Any]) -> str:
    stamp = time.local(time.now()).strftime("%Y%m%dt%H%M%S")
    aside = home.root / f"before-restore-{stamp}"
    aside.mkdir(mode=0o700)
    where = str(aside)
    if databases.kind_of(database) == databases.POSTGRESQL:
        kept = databases.put_postgresql(scratch / databases.PART[databases.POSTGRESQL], database, stamp)
        where = f"{aside}; schema {kept}"
    else:
        databases.put_sqlite(scratch / databases.PART[databases.SQLITE], Path(database["NAME"]), aside)
    for old, new in ((home.files, scratch / "files"), (home.seals, scratch / archive.SEALS)):
        if old.exists():
            old.rename(aside / old.name)
        if new.exists():
            old.parent.mkdir(parents=True, exist_ok=True)
            new.rename(old)
            sync_folder(old.parent)
    sync_folder(home.root)
    if not any(aside.iterdir()):
        aside.rmdir()
        return where.partition("; ")[2]
    return where
