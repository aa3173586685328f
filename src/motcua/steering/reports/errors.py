"""What the verbs of this room refuse with."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class NotNow(Invalid):
    """The report stands where the verb makes no sense."""

    code = "not-now"
