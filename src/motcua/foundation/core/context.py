"""What the two shells show on every page: this person's menu, the mark of an exercise, and what stands still."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from motcua.foundation.core import menu
from motcua.foundation.core.jobs import signs
from motcua.foundation.core.settings_rows import exercise_note


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shells' variables."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor, "menu": menu.entries(actor, request.path), "exercise": exercise_note(),
        "notices": signs.notices() if actor is not None and actor.is_known else [],
    }
