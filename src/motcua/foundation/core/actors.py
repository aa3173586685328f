"""The two actors that are no person: the platform itself, and anybody from outside."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.foundation.core import refs
from motcua.foundation.core.refs import Ref


@dataclass(frozen=True, slots=True)
class PlainActor:
    """An actor without an account."""

    ref: Ref
    is_known: bool
    agency_ref: str = ""


SYSTEM_ACTOR = PlainActor(refs.SYSTEM, is_known=True)
ANYONE = PlainActor(refs.ANONYMOUS, is_known=False)
