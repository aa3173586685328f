"""The session engine: Django's own in the database, with a column that says whose session it is."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError, connection

from motcua.foundation.core import logs, registers, time
from motcua.foundation.core.faults import is_full
from motcua.foundation.core.prepared import fetch

if TYPE_CHECKING:
    from motcua.foundation.identity.models import DeskSession

log = logs.get_logger(__name__)
#: Keys of what a session holds beside Django's own.
AGENCY = "agency"
OPENED = "opened"
HOW = "how"
BROWSER = "browser"
SEEN = "seen"


_RUNNING = """
SELECT session_data, (SELECT mark FROM core_registermark LIMIT 1)
FROM identity_desksession WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(DatabaseStore):
    """Sessions whose rows name their account."""

    def load(self) -> dict[str, Any]:
        """Read what the session holds: every request of every officer begins with it (1 query).

        The mark of the registers comes with it, so that what this process kept of them need not be asked for.
        """
        now = connection.ops.adapt_datetimefield_value(time.now())
        found = fetch(_RUNNING, [self.session_key or "", now])
        if not found:
            self._session_key = None
            return {}
        held, mark = found[0]
        registers.seen(mark)
        return self.decode(held)

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Spell what a session holds. It lies in our own table: a signature would guard it from nobody."""
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Read what a session holds; what was spelled otherwise is an empty session, whose person signs in again."""
        try:
            held = json.loads(session_data)
        except ValueError:
            return {}
        return held if isinstance(held, dict) else {}

    def save(self, must_create: bool = False) -> None:
        """Save; on a full disk a page that was only read is shown all the same."""
        try:
            super().save(must_create)
        except OperationalError as error:
            if must_create or not is_full(error):
                raise
            log.error("the disk is full: a session was not saved")

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
