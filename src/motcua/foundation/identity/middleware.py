"""Gives each request its actor: the officer who signed in, or anybody from outside.

A desk left alone locks itself, with or without JavaScript; a first password is changed before anything else is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from motcua.foundation.core import registers, time
from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.registers import Kept
from motcua.foundation.identity import backends, limits, selectors, sessions
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer

#: Activity is written into the session at most once in so many seconds.
STEP = 60
BEFORE_A_NEW_PASSWORD = frozenset({"change-password"})


def _officer(account_id: int, day: date, agency_id: int | None) -> Officer:
    account = backends.account(account_id)
    assert account is not None, "who acts was read a moment ago"
    return selectors.officer(account, day, agency_id=agency_id)


_OFFICER = Kept(_officer)


class acting:  # noqa: N801 - listed like the functions beside it
    """Set `request.actor`, worked out on first use so that public pages ask nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        with registers.reading():
            response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # "Back" must not show the next officer what the one before saw.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if getattr(view, "public", True) or not isinstance(request.user, Account):
            return None
        request.actor = actor_of(request)  # type: ignore[attr-defined]  # every desk page asks him many times
        if _is_left_alone(request):
            return _sent(request, f"{reverse('lock')}?{urlencode({'next': request.get_full_path()})}")
        name = request.resolver_match.url_name if request.resolver_match else ""
        if request.user.must_change_password and name not in BEFORE_A_NEW_PASSWORD:
            return _sent(request, reverse("change-password"))
        return None


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request (1 query beside session and account, or kept)."""
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return ANYONE
    return _OFFICER(account.pk, time.today(), request.session.get(sessions.AGENCY))


def _is_left_alone(request: HttpRequest) -> bool:
    now = int(time.now().timestamp())
    seen = request.session.get(sessions.SEEN, 0)
    if seen and now - seen > limits.idle_minutes() * 60 + STEP:
        return True
    if now - seen >= STEP:
        request.session[sessions.SEEN] = now
    return False


def _sent(request: HttpRequest, url: str) -> HttpResponse:
    """Lead away; a part of a page asked for by htmx takes the whole page with it."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
