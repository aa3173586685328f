"""Verbs of a programme. Its face for other rooms: `enter(call, reading=…, sha256=…, name=…)` and `approve`."""

from motcua.steering.programme.actions.amend import amend
from motcua.steering.programme.actions.approve import approve
from motcua.steering.programme.actions.enter import answer, enter

__all__ = ["amend", "answer", "approve", "enter"]
