"""The day on which programmes are looked at: today, or the day on which an exercise's programme stands still."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core import settings_rows, time

STANDS_ON = "programme-stands-on"


def day() -> date:
    """Return the present day of programmes."""
    fixed = settings_rows.read(STANDS_ON)
    return date.fromisoformat(fixed) if fixed else time.today()


def is_still() -> bool:
    """Return whether an exercise's programme stands still on a day of its own."""
    return bool(settings_rows.read(STANDS_ON))
