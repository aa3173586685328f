"""What the register refuses. The messages say what cannot be and what to do."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class BadEvent(Invalid):
    """The event would leave the register in a state that cannot be; nothing of it was kept."""

    code = "bad-event"


class SameDay(BadEvent):
    """What changed on a day cannot end on it: its last state would have lasted no day at all."""


class AnotherDay(BadEvent):
    """The register of an exercise stands still on a day; an event of another one would never take effect."""

    code = "another-day"


class BadCode(Invalid):
    """The text is no agency code in either national format."""

    code = "bad-agency-code"


class BadData(Invalid):
    """A data file of agencies cannot be read."""

    code = "bad-register-data"


class NoHeir(BadEvent):
    """Open work would be left to nobody: several agencies take the duties over, or none."""

    code = "no-heir"
