"""What the desk's shell shows beside the menu: after how many idle minutes it locks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from motcua.foundation.identity import limits


def desk(_request: HttpRequest) -> dict[str, Any]:
    """Return the shell's variables of identity."""
    return {"idle_minutes": limits.idle_minutes()}
