"""What the verbs of this room refuse with."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid, Refusal


class Incomplete(Invalid):
    """A mandatory part is missing, so the procedure cannot be published (Decree 63/2010/NĐ-CP, art. 8)."""

    code = "incomplete"


class Frozen(Refusal):
    """What is published does not change; a new version is drafted beside it."""

    code = "frozen"


class TimesDisagree(Invalid):
    """The steps of a process do not add up to the procedure's time limit."""

    code = "times-disagree"
