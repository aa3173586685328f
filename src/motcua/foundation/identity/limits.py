"""The settings of identity: facts of the store with their defaults, read once per process (`core.settings_rows`)."""

from __future__ import annotations

from motcua.foundation.core.settings_rows import read


def _number(key: str, default: int) -> int:
    value = read(key)
    return default if value is None else int(value)


def idle_minutes() -> int:
    """Minutes without work after which a desk locks itself."""
    return _number("identity-idle-minutes", 10)


def reset_hours() -> int:
    """Hours for which a printed one-time code is good."""
    return _number("identity-reset-hours", 24)


def pin_attempts() -> int:
    """Wrong PINs after which only the password opens."""
    return _number("identity-pin-attempts", 5)


def strict_levels() -> frozenset[str]:
    """The levels of government, beside the province's, where a weighty act takes two people."""
    return frozenset(read("identity-four-eyes-levels") or ())
