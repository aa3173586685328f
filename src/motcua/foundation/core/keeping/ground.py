"""What `doctor` can see without opening the store: folder, keys, disk, fonts, helpers."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from motcua.foundation.core import keys
from motcua.foundation.core.files import scanning
from motcua.foundation.core.home import Home
from motcua.foundation.core.keeping.types import Finding, fault, ok, warn

LITTLE, TOO_LITTLE = 2_000_000_000, 200_000_000
FONTS = Path(__file__).resolve().parents[1] / "fonts"
SHEETS = Path(__file__).resolve().parents[1] / "static" / "core"


def missing_keys(home: Home) -> Iterator[Finding]:
    """Yield a fault for every key that is not there; without them nothing else may be tried."""
    for name in keys.NAMES:
        if not keys.versions(home.keys, name):
            yield fault("keys", str(keys.KeyMissing(name, home.keys)))


def key_files(home: Home) -> Iterator[Finding]:
    """Check that keys are readable by their owner alone, and whole."""
    open_ones = [path.name for path in home.keys.glob("*.key") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        names = ", ".join(sorted(open_ones))
        yield fault("keys", f"Người khác đọc được tệp khóa {names}. Chạy: chmod 600 {home.keys}/*.key")
    if stat.S_IMODE(home.keys.stat().st_mode) & 0o077:
        yield warn("keys", f"Người khác vào được thư mục khóa. Chạy: chmod 700 {home.keys}")
    try:
        count = len(keys.fingerprints(home.keys))
    except (ValueError, OSError) as error:
        yield fault("keys", f"Tệp khóa hỏng hoặc không đọc được ({error}). Chép lại thư mục khóa từ bản lưu riêng.")
        return
    if not open_ones:
        yield ok("keys", f"{count} khóa, chỉ chủ sở hữu đọc được. Nhớ giữ một bản ở nơi khác: {home.keys}")


def disk(home: Home) -> Iterator[Finding]:
    """Check the free space where the store lies."""
    usage = shutil.disk_usage(home.root)
    words = f"Còn trống {usage.free / 1e9:.1f} GB trên {usage.total / 1e9:.1f} GB"
    if usage.free < TOO_LITTLE:
        yield fault("disk", f"{words}: sắp không ghi được hồ sơ. Dọn đĩa ngay.")
    elif usage.free < LITTLE:
        yield warn("disk", f"{words}. Nên dọn đĩa.")
    else:
        yield ok("disk", f"{words}.")
    if home.database.exists() and stat.S_IMODE(home.database.stat().st_mode) & 0o004 and _is_open(home.root):
        yield warn("disk", f"Tài khoản khác trên máy đọc được cơ sở dữ liệu. Chạy: chmod 700 {home.root}")
    if not os.access(home.root, os.W_OK):
        yield fault("disk", f"Không ghi được vào {home.root}. Kiểm tra quyền của thư mục.")


def _is_open(folder: Path) -> bool:
    return bool(stat.S_IMODE(folder.stat().st_mode) & 0o001)


def fonts() -> Iterator[Finding]:
    """Check the letters that papers and pages are set in."""
    if not list(FONTS.glob("*.ttf")):
        yield fault("fonts", "Thiếu phông chữ của giấy tờ: không in được giấy hẹn. Cài lại motcua.")
    elif not (SHEETS / "motcua.css").exists():
        yield fault("fonts", "Thiếu tệp giao diện. Cài lại motcua.")
    else:
        yield ok("fonts", "Phông chữ và giao diện đầy đủ.")


def scanner(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Check that ClamAV answers, where one is named."""
    if not environment.get("MOTCUA_CLAMAV"):
        yield warn("clamav", "Chưa nối ClamAV (MOTCUA_CLAMAV): tệp tải lên được ghi là chưa quét vi-rút.")
        return
    try:
        scanning.configured().scan([b"motcua"])
    except (OSError, ValueError) as error:
        yield warn("clamav", f"ClamAV không trả lời ({error}): tệp mới được ghi là chưa quét, quét lại sau.")
    else:
        yield ok("clamav", "ClamAV trả lời.")
