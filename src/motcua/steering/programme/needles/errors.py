"""What can be wrong with what is asked of a needle."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid


class BadNeedle(Invalid):
    """What is asked of a needle does not fit it; nothing was written."""

    code = "needle"
