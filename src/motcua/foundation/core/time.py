"""The one place that knows what time it is.

Instants are UTC; the local day is that of Asia/Ho_Chi_Minh. A simulated store lives at its own time: `travelling`
moves it for the code inside, and nothing else in the project reads a clock.
"""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_travelled: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("travelled", default=None)


def now() -> datetime:
    """Return the present instant (UTC), or the instant a simulation has travelled to."""
    return _travelled.get() or datetime.now(UTC)


def today() -> date:
    """Return the present local day."""
    return local_day(now())


def local(instant: datetime) -> datetime:
    """Return the instant as local time."""
    return instant.astimezone(LOCAL_ZONE)


def local_day(instant: datetime) -> date:
    """Return the local day in which the instant falls."""
    return instant.astimezone(LOCAL_ZONE).date()


def at_local(day: date, hour: time) -> datetime:
    """Return the instant (UTC) of a local day and hour."""
    return datetime.combine(day, hour, LOCAL_ZONE).astimezone(UTC)


def microseconds(instant: datetime) -> int:
    """Return the instant as whole microseconds since 1970, exactly (a float would round)."""
    delta = instant - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_microseconds(value: int) -> datetime:
    """Return the instant (UTC) that `microseconds` gave."""
    seconds, rest = divmod(value, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


@contextlib.contextmanager
def travelling(instant: datetime) -> Iterator[None]:
    """Let the code inside live at another instant; for simulations and tests."""
    token = _travelled.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
