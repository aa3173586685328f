"""Opening and leaving a desk: a fresh session for each officer, nothing of the one before left in it.

A PC is known by a random cookie; the store keeps its digest beside those who signed in there by password today.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.foundation.core import menu, time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity import actions, limits, selectors, sessions
from motcua.foundation.identity.browsers import browser_name
from motcua.foundation.identity.models import Account, DeskVisit
from motcua.foundation.identity.secrets import device_digest, fits

DEVICE_COOKIE = "may"
DEVICE_AGE = 400 * 24 * 3600
BACKEND = "motcua.foundation.identity.backends.PasswordBackend"
_DEVICE = re.compile(r"[A-Za-z0-9_\-]{32,64}")


def by_password(request: HttpRequest, account: Account, wanted: str = "") -> HttpResponse:
    """Open the desk to who gave his password (or a printed code), and let his PIN open it for today."""
    is_other = isinstance(request.user, Account) and request.user.pk != account.pk
    begin(request, account, "password")
    device = device_of(request) or secrets.token_urlsafe(32)
    DeskVisit.objects.update_or_create(device=device_digest(device), account=account, defaults={"day": time.today()})
    Account.objects.filter(pk=account.pk, pin_failures__gt=0).update(pin_failures=0)
    response = redirect(wanted or landing(account))
    response.set_cookie(
        DEVICE_COOKIE, device, max_age=DEVICE_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return forgetting(response) if is_other else response


def by_pin(request: HttpRequest, account: Account, before: str, wanted: str = "") -> HttpResponse:
    """Open the desk to a colleague; `before` is the public id of who sat there, "" where nobody did."""
    begin(request, account, "pin")
    same = before == account.public_id
    response = redirect(wanted if wanted and same else landing(account))
    return response if same else forgetting(response)


def begin(request: HttpRequest, account: Account, how: str) -> None:
    """Start a session of the account from nothing: new key, new CSRF secret, no value of the former one."""
    request.session.flush()
    login(request, account, backend=BACKEND)
    request.session[sessions.OPENED] = time.now().isoformat()
    request.session[sessions.SEEN] = int(time.now().timestamp())
    request.session[sessions.HOW] = how
    request.session[sessions.BROWSER] = browser_name(request.headers.get("User-Agent", ""))


def forgetting(response: HttpResponse) -> HttpResponse:
    """Tell the browser to drop what pages kept for the officer who left."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def landing(account: Account) -> str:
    """Return where an officer begins: his work, or his own page while he has no role."""
    return (menu.place("desk") if selectors.roles_on(account, time.today()) else "") or reverse("my-account")


def is_left_alone(request: HttpRequest) -> bool:
    """Return whether nothing was asked from this desk for longer than it stays open by itself."""
    seen = request.session.get(sessions.SEEN, 0)
    return bool(seen) and time.now().timestamp() - seen > limits.idle_minutes() * 60


def device_of(request: HttpRequest) -> str:
    """Return the cookie of this PC, or an empty string."""
    device = request.COOKIES.get(DEVICE_COOKIE, "")
    return device if _DEVICE.fullmatch(device) else ""


def safe_next(request: HttpRequest) -> str:
    """Return the address that was asked for, or an empty string where it is none or leads out of this house."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted.startswith("/") and is_ours else ""


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """Whether a PIN opened; if not, how often it may still be tried."""

    opens: bool
    left: int


def try_pin(account: Account, pin: str) -> PinAnswer:
    """Try a PIN. Each try is counted before it is looked at, so that many at once win nothing."""
    limit = limits.pin_attempts()
    row = Account.objects.filter(pk=account.pk)
    if not account.pin or not row.filter(pin_failures__lt=limit).update(pin_failures=F("pin_failures") + 1):
        return PinAnswer(False, 0)
    if fits(pin, account.pin):
        row.update(pin_failures=0)
        return PinAnswer(True, limit)
    account.refresh_from_db(fields=["pin_failures"])
    if account.pin_failures >= limit:
        actions.lock_pin(Call(SYSTEM_ACTOR), account=account)
    return PinAnswer(False, max(0, limit - account.pin_failures))
