"""Verifying a store as its keeper asks: against the copy he names, else against the store's own file of seals."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from motcua.foundation.core.seal_file import sealing
from motcua.foundation.core.verification import BadSeals, Fault, Kind, Report, verify

GONE = (
    "Cơ sở dữ liệu có {count} niêm phong nhưng tệp niêm phong của kho không còn: có người đã xóa hoặc chuyển đi. "
    "Chép bản giữ bên ngoài về và chạy lại với --against; đừng dựa vào tệp mà lần niêm phong tới tự ghi lại."
)
SPOILT = "Tệp niêm phong của kho trống, hỏng hoặc bị ghi đè. Chạy lại với --against và bản giữ bên ngoài."


def verify_store(own: Path, against: Path | None = None) -> Report:
    """Verify the whole ledger against a copy, or against the store's own file. Raises BadSeals for a copy named.

    The store's own file is part of what is examined: where it is gone or spoilt, that is a fault of the store.
    """
    if against is not None:
        return verify(against)
    for _ in range(2):
        with _as_found(own) as copy:
            report = _held_against(copy, own)
        if copy is not None or not report.seals or not _is_there(own):
            break
        # The first seal of the store was made between our look at the file and our look at the database.
    if copy is None and report.seals:
        report.faults.insert(0, Fault(Kind.OUTSIDE, own.name, GONE.format(count=report.seals)))
    return report


@contextmanager
def _as_found(own: Path) -> Iterator[Path | None]:
    """Give the file as it stands now, before the database is read: a seal made meanwhile is then no fault."""
    with TemporaryDirectory(prefix="motcua-seals-") as folder:
        copy = Path(folder) / own.name
        try:
            shutil.copyfile(own, copy)
        except FileNotFoundError:
            yield None
        else:
            yield copy


def _held_against(copy: Path | None, own: Path) -> Report:
    try:
        return verify(copy)
    except BadSeals:
        report = verify()
        if report.seals or own.stat().st_size:
            report.faults.insert(0, Fault(Kind.OUTSIDE, own.name, SPOILT))
        return report


def _is_there(own: Path) -> bool:
    """Whoever is sealing writes the row first and the file after it: wait for him before calling the file lost."""
    with sealing(own):
        return own.exists()
