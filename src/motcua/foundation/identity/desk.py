"""Screens of identity: sign-in and sign-out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.foundation.core.policies import EVERYONE
from motcua.foundation.core.views import DeskRequest, screen
from motcua.foundation.identity.forms import SignIn

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Anh/chị kiểm tra phím Caps Lock, kiểu gõ tiếng Việt rồi thử lại."
LOCKED = (
    "Tên đăng nhập này tạm khóa 15 phút vì nhập sai nhiều lần. "
    "Anh/chị chờ, hoặc đến gặp quản trị của cơ quan để được cấp lại mật khẩu."
)


@screen("session.open", policy=EVERYONE, public=True)
def sign_in(request: DeskRequest) -> HttpResponse:
    """Sign in with name and password."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            login(request, account)
            return redirect(_next(request))
        form.add_error(None, LOCKED if getattr(request, "axes_locked_out", False) else WRONG)
    return render(request, "identity/sign_in.html", {"form": form, "next": _next(request)})


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Show that a name is locked; django-axes calls this."""
    form = SignIn(request.POST)
    form.full_clean()
    form.add_error(None, LOCKED)
    return render(request, "identity/sign_in.html", {"form": form}, status=429)


@require_POST
@screen("session.close", policy=EVERYONE, public=True)
def sign_out(request: DeskRequest) -> HttpResponse:
    """Sign out; nothing of the officer is left in the session."""
    logout(request)
    return redirect(settings.LOGIN_URL)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"
