"""What this room refuses with."""

from motcua.foundation.core.errors import Invalid, NotFound


class BadPeriod(Invalid):
    """The days asked for cannot be counted."""

    code = "bad-period"


class UnknownIndicator(NotFound):
    """No room has declared such a number."""

    code = "unknown-indicator"
