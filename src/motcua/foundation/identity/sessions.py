"""The session engine: Django's own in the database, with a column that says whose session it is."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import OperationalError
from django.db.models import Subquery

from motcua.foundation.core import logs, registers, time
from motcua.foundation.core.faults import is_full
from motcua.foundation.core.models import RegisterMark
from motcua.foundation.core.prepared import Prepared

if TYPE_CHECKING:
    from motcua.foundation.identity.models import DeskSession

log = logs.get_logger(__name__)
#: Keys of what a session holds beside Django's own.
AGENCY = "agency"
OPENED = "opened"
HOW = "how"
BROWSER = "browser"
SEEN = "seen"


@cache
def _running() -> Prepared[DeskSession]:
    mark = Subquery(RegisterMark.objects.values("mark")[:1])
    rows = SessionStore.get_model_class()._default_manager.annotate(mark=mark)
    return Prepared(lambda key, now: rows.filter(session_key=key, expire_date__gt=now), "", time.now())


class SessionStore(DatabaseStore):
    """Sessions whose rows name their account."""

    def _get_session_from_db(self) -> DeskSession | None:
        """Read the row by a query compiled once: every request of every officer begins with it.

        The mark of the registers comes with it, so that what this process kept of them need not be asked for.
        """
        row = _running().first(self.session_key or "", time.now())
        if row is None:
            self._session_key = None
        else:
            registers.seen(row.mark)  # type: ignore[attr-defined]  # annotated
        return row

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
