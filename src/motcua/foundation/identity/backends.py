"""How Django's sign-in finds an account: by password, or by a printed one-time code.

Whether a name exists is told by nothing: same message, and one hash is computed in every case.
"""

from __future__ import annotations

import hashlib
import hmac
from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from motcua.foundation.core import time
from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.registers import Kept
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.naming import plain_username
from motcua.foundation.identity.secrets import fits, plain_code

_BY_KEY = Prepared(lambda key: Account.objects.select_related("home_agency").filter(pk=key), 0)
#: An account with its agency, as every request of its officer needs it.
account = Kept(_BY_KEY.first)


class PasswordBackend(BaseBackend):
    """Sign-in by name and password; also reads the account of a session, with its agency (1 query, or kept)."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None,  # noqa: ARG002 - Django's shape
        password: str | None = None, **_: Any,
    ) -> Account | None:
        if username is None or password is None:
            return None
        found = named(username)
        right = fits(password, found.password if found else "")
        return found if right and found and found.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        kept = account(int(user_id))
        # A copy: what a view sets on its account is no other request's.
        return copy(kept) if kept and kept.is_active else None


class CodeBackend(BaseBackend):
    """Sign-in by name and the one-time code that an administrator printed; the code itself is used up by a verb."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None,  # noqa: ARG002 - Django's shape
        one_time_code: str | None = None, **_: Any,
    ) -> Account | None:
        if username is None or one_time_code is None:
            return None
        found = named(username)
        is_fresh = found is not None and found.reset_until is not None and time.now() < found.reset_until
        right = fits(plain_code(one_time_code), found.reset_code if found and is_fresh else "")
        return found if right and found and found.is_active else None


def named(username: str) -> Account | None:
    """Return the account of a sign-in name as typed, or None."""
    return Account.objects.select_related("home_agency").filter(username=plain_username(username)).first()


def lock_name(_request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return what the lock-out's tables call a name: a keyed digest, for people type passwords into the wrong field."""
    return locked_name(str((credentials or {}).get("username") or ""))


def locked_name(username: str) -> str:
    """Return the keyed digest of a sign-in name."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, b"lock:" + plain_username(username).encode(), hashlib.sha256).hex()[:32]
