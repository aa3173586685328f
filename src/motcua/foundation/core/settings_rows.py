"""Facts about the whole store: above all whether it is a real one or a simulated exercise."""

from __future__ import annotations

from time import monotonic
from typing import Any

from motcua.foundation.core.models import Setting

#: Seconds for which a process believes what it read: another may load an exercise into a store that is being served.
REMEMBERED = 30.0
_cache: dict[str, tuple[Any, float]] = {}


def read(key: str) -> Any:
    """Return a fact of the store, or None (1 query, none while the process remembers it)."""
    now, kept = monotonic(), _cache.get(key)
    if kept is None or now - kept[1] > REMEMBERED:
        row = Setting.objects.filter(key=key).first()
        kept = _cache[key] = (row.value if row else None, now)
    return kept[0]


def remembered(key: str) -> Any:
    """Return a fact as this process read it last, however long ago, or None: for pages that must not ask the store."""
    return _cache[key][0] if key in _cache else None


def write(key: str, value: Any) -> None:
    """Set a fact of the store."""
    Setting.objects.update_or_create(key=key, defaults={"value": value})
    _cache.pop(key, None)


def forget() -> None:
    """Drop what this process remembers; tests and restores call it."""
    _cache.clear()


def exercise_note() -> str:
    """Return the words that mark a simulated store on every page and paper, or an empty string."""
    return str(read("exercise") or "")
