"""Readings and answers as JSON and back. A reading is kept whole, so that it can be compared and read again."""

from __future__ import annotations

import dataclasses
import types as python_types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from motcua.steering.programme.kinds import Answers, ProductKind
from motcua.steering.programme.types import Reading

T = TypeVar("T")


def as_json(value: Any) -> Any:
    """Return a reading, or any part of one, as plain JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: as_json(getattr(value, name)) for name in _fields(type(value))}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [as_json(inner) for inner in value]
    return value


def reading_of(content: Mapping[str, Any]) -> Reading:
    """Return the reading that was kept. A field that later versions added has its default."""
    reading: Reading = _as(Reading, content)
    return reading


def answers_json(answers: Answers) -> dict[str, Any]:
    """Return answers as they are kept with the programme."""
    return {
        "units": {name: list(codes) for name, codes in answers.units.items()},
        "kinds": {uid: kind.value for uid, kind in answers.kinds.items()},
        "years": {uid: list(years) for uid, years in answers.years.items()},
        "due": {uid: day.isoformat() for uid, day in answers.due.items()},
        "settled": dict(answers.settled), "cells": {uid: dict(cells) for uid, cells in answers.cells.items()},
    }


def answers_of(content: Mapping[str, Any]) -> Answers:
    """Return the answers that were kept."""
    return Answers(
        units={name: tuple(codes) for name, codes in content.get("units", {}).items()},
        kinds={uid: ProductKind(kind) for uid, kind in content.get("kinds", {}).items()},
        years={uid: tuple(years) for uid, years in content.get("years", {}).items()},
        due={uid: date.fromisoformat(day) for uid, day in content.get("due", {}).items()},
        settled=dict(content.get("settled", {})), cells=dict(content.get("cells", {})),
    )


def merged(before: Answers, more: Answers) -> Answers:
    """Return both; where both answer the same question, the later one."""
    return Answers(
        units={**before.units, **more.units}, kinds={**before.kinds, **more.kinds},
        years={**before.years, **more.years}, due={**before.due, **more.due},
        settled={**before.settled, **more.settled}, cells={**before.cells, **more.cells},
    )


@cache
def _fields(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _as(hint: Any, value: Any) -> Any:
    """Return a JSON value as what the type says."""
    if value is None:
        return None
    if get_origin(hint) in {Union, python_types.UnionType}:
        return _as(next(one for one in get_args(hint) if one is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_as(get_args(hint)[0], inner) for inner in value)
    if dataclasses.is_dataclass(hint):
        assert isinstance(hint, type)
        fields = _fields(hint)
        return hint(**{name: _as(fields[name], inner) for name, inner in value.items() if name in fields})
    if hint is date:
        return date.fromisoformat(value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value
