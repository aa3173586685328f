"""The door: sign-in, sign-out, the printed code, and the change of officer on a shared PC."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.foundation.core import time
from motcua.foundation.core.policies import EVERYONE
from motcua.foundation.core.refs import PUBLIC_ID
from motcua.foundation.core.views import DeskRequest, call_from, screen
from motcua.foundation.identity import actions, entering, selectors
from motcua.foundation.identity.desk.trying import tried
from motcua.foundation.identity.forms import SignIn, SwitchOfficer, UseCode
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.secrets import device_digest
from motcua.foundation.identity.types import Officer

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Anh/chị kiểm tra phím Caps Lock, kiểu gõ tiếng Việt rồi thử lại."
WRONG_CODE = "Tên đăng nhập hoặc mã không đúng, hoặc mã đã dùng hay đã hết hạn. Anh/chị xem lại phiếu rồi thử lại."
LOCKED = (
    "Tên đăng nhập này tạm khóa 15 phút vì nhập sai nhiều lần. "
    "Anh/chị chờ, hoặc đến gặp quản trị của cơ quan để được cấp lại mật khẩu."
)
WRONG_PIN = "Mã PIN không đúng. Còn thử được {left} lần, sau đó phải đăng nhập bằng mật khẩu."
LOCKED_PIN = "Mã PIN này không dùng được nữa cho đến khi anh/chị đăng nhập bằng mật khẩu."


@never_cache
@screen("session.open", policy=EVERYONE, public=True)
def sign_in(request: DeskRequest) -> HttpResponse:
    """Sign in with name and password."""
    if request.method != "POST" and isinstance(request.actor, Officer):
        return redirect(entering.safe_next(request) or "my-account")
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            return entering.by_password(request, account, entering.safe_next(request))
        form.add_error(None, WRONG)
    device = entering.device_of(request)
    known = bool(device) and bool(selectors.colleagues_on(device_digest(device)))
    return render(request, "identity/sign_in.html", {"form": form, "next": entering.safe_next(request), "known": known})


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Show that a name is locked; django-axes calls this."""
    form = SignIn(request.POST)
    form.errors.clear()
    form.add_error(None, LOCKED)
    return render(request, "identity/sign_in.html", {"form": form}, status=429)


@never_cache
@screen("session.open", policy=EVERYONE, public=True)
def use_code(request: DeskRequest) -> HttpResponse:
    """Choose a password with the one-time code that the agency's administrator printed."""
    form = UseCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        account = authenticate(request, username=given["username"], one_time_code=given["code"])
        if not isinstance(account, Account):
            form.add_error(None, WRONG_CODE)
        else:
            request.actor = selectors.officer(account, time.today())
            with tried(form):
                actions.use_code(call_from(request), account=account, code=given["code"], password=given["password"])
            if not form.errors:
                account.refresh_from_db()
                return entering.by_password(request, account)
    return render(request, "identity/use_code.html", {"form": form})


@require_POST
@screen("session.close", policy=EVERYONE, public=True)
def sign_out(request: DeskRequest) -> HttpResponse:
    """Sign out; nothing of the officer is left in the session nor in the browser."""
    logout(request)
    return entering.forgetting(redirect("sign-in"))


@never_cache
@screen("session.close", policy=EVERYONE, public=True)
def lock(request: DeskRequest) -> HttpResponse:
    """Lock the desk: the session and what was half typed end, and the same officer's PIN leads back to where he was.

    An address alone locks nobody out: where the desk was not left alone, it asks for the press of a button.
    """
    back = {"next": entering.safe_next(request)}
    if isinstance(request.user, Account):
        if request.method != "POST" and not entering.is_left_alone(request):
            return render(request, "identity/lock.html", back)
        back["ai"] = request.user.public_id
        request.session.flush()
    return entering.forgetting(redirect(f"{reverse('switch-officer')}?{urlencode(back)}"))


@never_cache
@screen("session.open", policy=EVERYONE, public=True)
def switch_officer(request: DeskRequest) -> HttpResponse:
    """Let a colleague who signed in on this PC today take over by his PIN; only the PIN ends the session open now."""
    device = entering.device_of(request)
    colleagues = selectors.colleagues_on(device_digest(device)) if device else []
    ready = [one for one in colleagues if one.pin]
    before = _before(request)
    form = SwitchOfficer(request.POST or None, colleagues=ready, chosen=before)
    if request.method == "POST" and form.is_valid():
        account = next(one for one in ready if one.public_id == form.cleaned_data["who"])
        answer = entering.try_pin(account, form.cleaned_data["pin"])
        if answer.opens:
            return entering.by_pin(request, account, before, entering.safe_next(request))
        form.add_error("pin", WRONG_PIN.format(left=answer.left) if answer.left else LOCKED_PIN)
    context = {
        "form": form, "ready": ready, "without_pin": [one for one in colleagues if not one.pin],
        "next": entering.safe_next(request), "before": before, "open": isinstance(request.user, Account),
    }
    return render(request, "identity/switch_officer.html", context)


def _before(request: DeskRequest) -> str:
    """Return the public id of who sat here last: of the open session, else as the lock noted it."""
    if isinstance(request.user, Account):
        return request.user.public_id
    noted = request.POST.get("ai") or request.GET.get("ai") or ""
    return noted if PUBLIC_ID.fullmatch(noted) else ""
