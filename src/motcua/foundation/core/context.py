"""What the two shells show on every page: the menu of this person, and whether the store is an exercise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from motcua.foundation.core import menu
from motcua.foundation.core.settings_rows import exercise_note


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shells' variables."""
    actor = getattr(request, "actor", None)
    return {"actor": actor, "menu": menu.entries(actor, request.path), "exercise": exercise_note()}
