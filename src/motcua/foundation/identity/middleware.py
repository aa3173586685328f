"""Gives each request its actor: the officer who signed in, or anybody from outside."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from motcua.foundation.core import time
from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.policies import Actor
from motcua.foundation.identity import selectors
from motcua.foundation.identity.models import Account

SESSION_AGENCY = "agency"


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor`, worked out on first use so that public pages ask nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return ANYONE
    return selectors.officer(account, time.today())
