"""The session engine: Django's own in the database, with a column that says whose session it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

if TYPE_CHECKING:
    from motcua.foundation.identity.models import DeskSession

#: Keys of what a session holds beside Django's own.
AGENCY = "agency"
OPENED = "opened"
HOW = "how"
BROWSER = "browser"
SEEN = "seen"


class SessionStore(DatabaseStore):
    """Sessions whose rows name their account."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        from motcua.foundation.identity.models import DeskSession

        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        row: DeskSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.opened_at = datetime.fromisoformat(data[OPENED]) if OPENED in data else None
        row.how, row.browser = data.get(HOW, ""), data.get(BROWSER, "")
        return row
