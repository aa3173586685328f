"""Looking for orphans both ways: files without a row, and rows without a file. It reports; it removes only litter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage

from motcua.foundation.core import time
from motcua.foundation.core.files import scanning, store
from motcua.foundation.core.files.errors import Damaged
from motcua.foundation.core.files.models import StoredFile
from motcua.foundation.core.files.storage import PART
from motcua.foundation.core.files.types import Scan
from motcua.foundation.core.logs import get_logger

#: A file younger than this may still be on its way to its row.
PATIENCE = timedelta(hours=1)
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: stored names without a row, public ids of rows without a file, and litter it removed."""

    without_row: tuple[str, ...]
    without_file: tuple[str, ...]
    removed: tuple[str, ...]


def sweep() -> Swept:
    """Compare the storage with the rows. Half-written files that nobody writes any more are removed."""
    lying = set(_walk(""))
    known = dict(StoredFile.objects.values_list("stored_name", "public_id"))
    before = time.now() - PATIENCE
    old = [name for name in sorted(lying - known.keys()) if default_storage.get_modified_time(name) < before]
    litter = tuple(name for name in old if name.endswith(PART))
    for name in litter:
        default_storage.delete(name)
    swept = Swept(
        without_row=tuple(name for name in old if not name.endswith(PART)),
        without_file=tuple(sorted(known[name] for name in known.keys() - lying)),
        removed=litter,
    )
    log.info("files swept", orphans=len(swept.without_row), missing=len(swept.without_file), removed=len(litter))
    return swept


def _walk(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _walk(f"{folder}/{name}".lstrip("/"))


def scan_waiting(at_most: int = 200) -> int:
    """Scan files that came in while no scanner answered; return how many are scanned now."""
    if isinstance(scanning.configured(), scanning.NoScanner):
        return 0
    done = 0
    for stored in StoredFile.objects.filter(scan=Scan.NOT_SCANNED).order_by("id")[:at_most]:
        try:
            found = scanning.scan(store.read(stored))
        except Damaged:
            continue
        if found is not Scan.NOT_SCANNED:
            StoredFile.objects.filter(pk=stored.pk).update(scan=found)
            done += 1
    return done
