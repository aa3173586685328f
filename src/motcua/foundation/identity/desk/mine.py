"""My own account: roles and lendings with their days, password, PIN, sessions, the agency I act for."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.middleware import get_user
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.foundation.core.policies import SIGNED_IN
from motcua.foundation.core.views import DeskRequest, call_from, screen
from motcua.foundation.identity import actions, entering, presenting, sessions
from motcua.foundation.identity.desk.trying import tried
from motcua.foundation.identity.forms import ChangePassword, SetPin
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.types import Officer


@screen("account.read", policy=ACCOUNTS)
def my_account(request: DeskRequest) -> HttpResponse:
    """Show my account."""
    assert isinstance(request.actor, Officer)
    return render(request, "identity/my_account.html", {"page": presenting.my_page(request)})


@screen("account.set_password", policy=ACCOUNTS)
def change_password(request: DeskRequest) -> HttpResponse:
    """Change my password; my other sessions end."""
    account = _me(request)
    form = ChangePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with tried(form):
            actions.set_password(
                call_from(request), account=account, password=given["password"], current=given["current"],
                keep=request.session.session_key or "",
            )
        if not form.errors:
            account.refresh_from_db()
            update_session_auth_hash(request, account)
            messages.success(request, "Đã đổi mật khẩu. Các phiên trên máy khác đã kết thúc.")
            return redirect(entering.landing(account))
    return render(request, "identity/change_password.html", {"form": form, "first": account.must_change_password})


@screen("account.set_pin", policy=ACCOUNTS)
def set_pin(request: DeskRequest) -> HttpResponse:
    """Set my PIN for shared PCs."""
    account = _me(request)
    form = SetPin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with tried(form):
            actions.set_pin(call_from(request), account=account, **form.cleaned_data)
        if not form.errors:
            messages.success(request, "Đã đặt mã PIN. Từ nay anh/chị đổi người trên máy dùng chung bằng mã này.")
            return redirect("my-account")
    return render(request, "identity/set_pin.html", {"form": form})


@require_POST
@screen("session.switch_agency", policy=SIGNED_IN)
def switch_agency(request: DeskRequest) -> HttpResponse:
    """Act for another of the agencies where I hold a role."""
    assert isinstance(request.actor, Officer)
    wanted = next((place for place in request.actor.places if place.ref == request.POST.get("co-quan")), None)
    if wanted is None:
        messages.error(request, "Anh/chị không giữ vai trò nào ở cơ quan đó, nên vẫn làm việc cho cơ quan hiện tại.")
    else:
        request.session[sessions.AGENCY] = wanted.agency_id
        messages.success(request, f"Từ giờ anh/chị làm việc cho {wanted.name}.")
    return redirect("my-account")


@require_POST
@screen("account.end_sessions", policy=ACCOUNTS)
def end_sessions(request: DeskRequest) -> HttpResponse:
    """End my sessions on other machines, or take my name off this shared PC."""
    account = _me(request)
    if "roi-may" in request.POST:
        actions.leave_desk(call_from(request), account=account, device=entering.device_of(request))
        messages.success(request, "Mã PIN của anh/chị không còn mở được máy này. Phiên này vẫn tiếp tục.")
    else:
        actions.end_other_sessions(call_from(request), account=account, keep=request.session.session_key or "")
        messages.success(request, "Đã kết thúc các phiên trên máy khác.")
    return redirect("my-account")


def _me(request: DeskRequest) -> Account:
    """Return the account itself: `request.user` is lazy, and verbs ask a row for its table."""
    account = get_user(request)
    assert isinstance(account, Account)
    return account
