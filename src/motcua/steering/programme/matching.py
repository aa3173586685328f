"""The rows of a later reading told to be the rows of the one before: by printed number and words, then by place. Pure.

A printed number may stand twice (3.4#1, 3.4#2); where a later text has it once, the place alone would take the row that
is left for a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from motcua.steering.programme.reading.text import fold
from motcua.steering.programme.types import Anomaly, Reading, Task

#: From here on two texts under one number are the same row with some words changed.
ALIKE = 0.6


class Known(NamedTuple):
    """By what a row is known again."""

    uid: str
    number: str
    text: str


def matched(after: Reading, before: Reading, others: Iterable[Known] = ()) -> Reading:
    """Return the later reading, its rows under the keys they had: in the reading before, or (`others`) ever before."""
    known = {one.uid: one for one in others} | {one.uid: Known(one.uid, one.number, one.text) for one in before.tasks}
    uids = _uids(after.tasks, known)
    if all(old == new for old, new in uids.items()):
        return after
    return replace(
        after, tasks=tuple(replace(task, uid=uids[task.uid]) for task in after.tasks),
        anomalies=tuple(_moved(one, uids) for one in after.anomalies),
    )


def _uids(after: Iterable[Task], old: Mapping[str, Known]) -> dict[str, str]:
    """Return the key of each later row, by the key it was read under."""
    found: dict[str, str] = {}
    new = {task.uid: task for task in after}
    # What stands unchanged in its place stays there, so that two rows of the same words are not exchanged.
    for uid, task in new.items():
        if uid in old and _is_same(task, old[uid]):
            found[uid] = uid
    free = {uid: task for uid, task in old.items() if uid not in found}
    for step in (_same_words, _same_place, _most_alike):
        for uid, task in new.items():
            if uid not in found and (key := step(task, free)) is not None:
                found[uid] = key
                del free[key]
    taken = {*old, *found.values()}
    for uid, task in new.items():
        if uid not in found:
            found[uid] = uid if uid not in taken else _fresh(task, {*taken, *new})
            taken.add(found[uid])
    return found


def _is_same(task: Task, other: Known) -> bool:
    return task.number == other.number and fold(task.text) == fold(other.text)


def _same_words(task: Task, free: Mapping[str, Known]) -> str | None:
    return next((uid for uid, other in free.items() if _is_same(task, other)), None)


def _same_place(task: Task, free: Mapping[str, Known]) -> str | None:
    return task.uid if task.uid in free else None


def _most_alike(task: Task, free: Mapping[str, Known]) -> str | None:
    shares = {
        uid: SequenceMatcher(None, fold(task.text), fold(other.text), autojunk=False).ratio()
        for uid, other in free.items() if task.number and other.number == task.number
    }
    best = max(shares, key=lambda uid: shares[uid], default=None)
    return best if best is not None and shares[best] >= ALIKE else None


def _fresh(task: Task, taken: Iterable[str]) -> str:
    """Return a key that no row has or had."""
    stem = task.uid.partition("#")[0]
    held, step = set(taken), 1
    while f"{stem}#{step}" in held:
        step += 1
    return f"{stem}#{step}"


def _moved(anomaly: Anomaly, uids: Mapping[str, str]) -> Anomaly:
    """Return the anomaly at the keys its rows have now: “3.4#1, 3.4#2”, “3.4#1/lead”."""
    parts = []
    for place in anomaly.where.split(", "):
        uid, slash, side = place.partition("/")
        parts.append(f"{uids[uid]}{slash}{side}" if uid in uids else place)
    return replace(anomaly, where=", ".join(parts))
