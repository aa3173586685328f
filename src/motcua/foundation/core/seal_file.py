"""The outside copy: an append-only file of seal lines. A line is written after its row was committed, and fsynced.

Between the two the power may go; so whoever seals next first writes what is missing. A file that says something else
than the database is never touched: one of the two was changed, and the file is the witness.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from motcua.foundation.core import logs, time
from motcua.foundation.core.home import sync_folder
from motcua.foundation.core.models import LedgerHead, Seal
from motcua.foundation.core.seal_lines import NotASeal, parse, who

log = logs.get_logger(__name__)
_BLOCK = 1 << 20


class SealsDisagree(Exception):
    """The outside copy and the database tell two histories."""

    def __init__(self, path: Path, number: int) -> None:
        self.number = number
        super().__init__(
            f"Tệp niêm phong {path} và cơ sở dữ liệu không khớp từ niêm phong số {number}. Không ghi thêm gì để giữ "
            "nguyên chứng cứ. Chạy “motcua ledger verify --against” với tệp này để biết chỗ bị thay đổi."
        )


@contextmanager
def sealing(path: Path) -> Iterator[None]:
    """Let one process at a time seal; a second one on this machine waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name("lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def catch_up(path: Path) -> int:
    """Append the lines the file lacks and return how many, while `sealing`. Raises SealsDisagree."""
    newest = Seal.objects.order_by("-number").values_list("number", flat=True).first()
    if newest is None:
        _set_aside(path)
        return 0
    is_new = not path.exists()
    with path.open("a+b") as stream:
        known = _agreed(path, stream)
        count = _append(stream, known)
    if is_new:
        sync_folder(path.parent)
    return count


def _last(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Return the last whole line, and what a cut left behind it."""
    end = stream.seek(0, os.SEEK_END)
    tail = b""
    while end and tail.count(b"\n") < 2:
        start = max(0, end - _BLOCK)
        stream.seek(start)
        tail = stream.read(end - start) + tail
        end = start
    whole, _, cut = tail.rpartition(b"\n")
    return whole.rpartition(b"\n")[2], cut


def _agreed(path: Path, stream: IO[bytes]) -> int:
    """Return up to which number the file holds what the database holds, and finish a line that was cut."""
    written, cut = _last(stream)
    number = _number(path, written) if written else 0
    if written and _line(number) != written:
        raise SealsDisagree(path, number)
    if cut:
        number += 1
        whole = _line(number)
        if whole is None or not whole.startswith(cut):
            raise SealsDisagree(path, number)
        stream.write(whole[len(cut):] + b"\n")
    return number


def _number(path: Path, line: bytes) -> int:
    try:
        return parse(line).number
    except NotASeal:
        raise SealsDisagree(path, 0) from None


def _line(number: int) -> bytes | None:
    line = Seal.objects.filter(number=number).values_list("line", flat=True).first()
    return None if line is None else bytes(line)


def behind(path: Path) -> int:
    """Return how many lines the file lacks; touches nothing. Raises SealsDisagree."""
    newest = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    if not path.exists():
        return newest
    with path.open("rb") as stream:
        written, cut = _last(stream)
    number = _number(path, written) if written else 0
    if written and _line(number) != written:
        raise SealsDisagree(path, number)
    if cut and not (_line(number + 1) or b"").startswith(cut):
        raise SealsDisagree(path, number + 1)
    return newest - number


def _append(stream: IO[bytes], known: int) -> int:
    count = 0
    missing = Seal.objects.filter(number__gt=known).order_by("number").values_list("line", flat=True)
    for line in missing.iterator(chunk_size=20):
        stream.write(bytes(line) + b"\n")
        count += 1
    stream.flush()
    os.fsync(stream.fileno())
    return count


def _set_aside(path: Path) -> None:
    """A database that none of the file's seals knows is a new one: an older store's file is kept beside, dated.

    A ledger that holds an older event, one of a subject that the file has sealed, lost its seals. Raises SealsDisagree.
    """
    if path.exists() and path.stat().st_size:
        _refuse_if_known(path)
        kept = path.with_name(f"seals-{time.now():%Y%m%dT%H%M%S}-{os.getpid()}.jsonl")
        path.rename(kept)
        sync_folder(path.parent)
        log.warning("seals of an older store set aside", kept=kept.name)


def _refuse_if_known(path: Path) -> None:
    here = {who(subject) for subject in LedgerHead.objects.values_list("subject", flat=True).iterator()}
    with path.open("rb") as stream:
        for line in stream:
            try:
                seal = parse(line)
            except NotASeal:
                continue
            if any(leaf.partition(" ")[0] in here for leaf in seal.leaves):
                raise SealsDisagree(path, seal.number)
