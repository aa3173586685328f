"""The web application as `motcua serve` loads it, at the hour of HANDS_SHIFT: a day whose calendar is known."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from motcua.foundation.core import time
from motcua.site.wsgi import application

__all__ = ["application"]
SHIFT = timedelta(seconds=float(os.environ.get("HANDS_SHIFT", "0")))
if SHIFT:
    time.now = lambda: datetime.now(UTC) + SHIFT
