"""What crosses the border between the data of a paper and its issuing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Form:
    """The number of a form in the set of its day; empty where no set of forms is known for that day."""

    number: str = ""
    rule_set: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an agency was called on a day, and where it dates its papers from."""

    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper worked out and not yet set. `at` is the time of its event; `occasion` tells two of a kind apart."""

    template: str
    data: dict[str, Any]
    at: datetime
    what: str
    name: str
    form: Form
    head: str
    occasion: str = ""
