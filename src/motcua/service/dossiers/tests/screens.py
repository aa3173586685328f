"""Screens under test: signing in as an officer, and counting what a page asks the store."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.foundation.core import time
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer

# Session, account and roles are asked for once a request by whoever signs in, whatever the page.
BESIDE = re.compile(
    r'session|"identity_rolegrant"|WHERE "identity_account"\."id" = |SAVEPOINT|^BEGIN|^COMMIT', re.IGNORECASE
)


def at(text: str) -> datetime:
    """Return an instant given in local time."""
    return datetime.fromisoformat(text).replace(tzinfo=time.LOCAL_ZONE)


def signed_in(officer: Officer) -> Client:
    """Return a browser of this officer."""
    client = Client()
    client.force_login(Account.objects.get(pk=officer.account_id))
    return client


def asked(client: Client, url: str, data: dict[str, Any] | None = None) -> tuple[Any, list[str]]:
    """Return the answer and the queries beside session and user; a first call warms what a process keeps."""
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(url) if data is None else client.post(url, data)
    return answer, [query["sql"] for query in caught.captured_queries if not BESIDE.search(query["sql"])]


def text_of(answer: Any) -> str:
    """Return a page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
