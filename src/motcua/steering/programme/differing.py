"""In what two readings of a document differ, as values: for a screen to show and an amendment to take over. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from motcua.steering.programme.kinds import Difference
from motcua.steering.programme.types import Header, Reading, Target, Task

#: The cells of a row, by the name of their reading.
_CELLS = ("group", "number", "text", "product", "lead", "coordinating")


def differences(before: Reading, after: Reading) -> tuple[Difference, ...]:
    """Return what differs: header, targets, rows, in the order of the document. A row is known by its uid."""
    return (*_header(before.header, after.header), *_targets(before, after), *_tasks(before, after))


def _header(before: Header, after: Header) -> Iterator[Difference]:
    for field in fields(Header):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield Difference("header", "", field.name, str(old or ""), str(new or ""))


def _targets(before: Reading, after: Reading) -> Iterator[Difference]:
    old, new = ({target.id: target for target in reading.targets} for reading in (before, after))
    for key in dict.fromkeys([*old, *new]):
        yield from _one("target", key, _of_target(old.get(key)), _of_target(new.get(key)))


def _tasks(before: Reading, after: Reading) -> Iterator[Difference]:
    old, new = ({task.uid: task for task in reading.tasks} for reading in (before, after))
    for key in dict.fromkeys([*old, *new]):
        yield from _one("task", key, _of_task(old.get(key)), _of_task(new.get(key)))


def _one(what: str, key: str, before: dict[str, str] | None, after: dict[str, str] | None) -> Iterator[Difference]:
    if before is None or after is None:
        known = before or after or {}
        field = "added" if before is None else "ended"
        told = known["text"]
        yield Difference(what, key, field, told if after is None else "", told if before is None else "")
        return
    for name in before:
        if before[name] != after[name]:
            yield Difference(what, key, name, before[name], after[name])


def _of_target(target: Target | None) -> dict[str, str] | None:
    return None if target is None else {"text": target.text}


def _of_task(task: Task | None) -> dict[str, str] | None:
    if task is None:
        return None
    cells = {name: str(getattr(task, name)) for name in _CELLS}
    return {**cells, "period": task.period.text, "budget": task.budget.text}
