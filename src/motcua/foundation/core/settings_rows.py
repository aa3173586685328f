"""Facts about the whole store: above all whether it is a real one or a simulated exercise."""

from __future__ import annotations

from typing import Any

from motcua.foundation.core.models import Setting

_cache: dict[str, Any] = {}


def read(key: str) -> Any:
    """Return a fact of the store, or None. Facts change only through `write`, so each process reads them once."""
    if key not in _cache:
        row = Setting.objects.filter(key=key).first()
        _cache[key] = row.value if row else None
    return _cache[key]


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
