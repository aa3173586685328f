"""The people of my agency: for its administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.foundation.identity import actions, backends, inheriting, presenting, selectors
from motcua.foundation.identity.desk.trying import tried
from motcua.foundation.identity.doing import END_LENDING, PERSON, ROLE, Doing
from motcua.foundation.identity.forms import GiveRoleOutside, OpenAccount, after, agencies_of
from motcua.foundation.identity.models import Account, Delegation, RoleGrant
from motcua.foundation.identity.policies import ACCOUNTS
from motcua.foundation.identity.secrets import fits, new_code, plain_code
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency


@screen("account.open", policy=ACCOUNTS)
def people(request: DeskRequest) -> HttpResponse:
    """List who works at an agency that I look after."""
    actor = request.actor
    assert isinstance(actor, Officer)
    require(ACCOUNTS, actor, "account.open")
    agencies = list(agencies_of(actor))
    wanted = request.GET.get("co-quan", "")
    agency = next((one for one in agencies if one.public_id == wanted), None) or _first(agencies, actor)
    among, closed = ACCOUNTS.rows(actor, "account.read", Account.objects.all()), "tat-ca" in request.GET
    found = selectors.people(among, agency, closed=closed) if agency else []
    context = {
        "agencies": agencies, "agency": agency, "lines": presenting.lines(found), "closed": closed,
        "left_behind": inheriting.left_behind(among).count(),
    }
    return render(request, "identity/people.html", context)


@screen("account.open", policy=ACCOUNTS)
def left_behind(request: DeskRequest) -> HttpResponse:
    """List who has no agency at work any more, because his was merged or ended."""
    require(ACCOUNTS, request.actor, "account.open")
    among = ACCOUNTS.rows(request.actor, "account.read", Account.objects.all())
    lines = presenting.left_lines(inheriting.left_behind(among))
    return render(request, "identity/left_behind.html", {"lines": lines})


def _first(agencies: list[Agency], actor: Officer) -> Agency | None:
    return next((one for one in agencies if one.pk == actor.agency_id), agencies[0] if agencies else None)


@screen("account.open", policy=ACCOUNTS)
def open_account(request: DeskRequest) -> HttpResponse:
    """Open an account; its one-time code is printed next."""
    assert isinstance(request.actor, Officer)
    require(ACCOUNTS, request.actor, "account.open")
    at = Agency.objects.filter(public_id=request.GET.get("co-quan", "")).first()
    form = OpenAccount(request.POST or None, row=at, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with tried(form):
            account = actions.open_account(call_from(request), **form.cleaned_data)
        if not form.errors:
            messages.success(request, f"Đã mở tài khoản cho {account.full_name}. Việc tiếp theo: giao vai trò, in mã.")
            return redirect("person", public_id=account.public_id)
    return render(request, "identity/open_account.html", {"form": form})


@screen("account.read", policy=ACCOUNTS)
def person(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one person: roles, lendings, and what I may do."""
    assert isinstance(request.actor, Officer)
    account = _seen(request, public_id)
    return render(request, "identity/person.html", {"page": presenting.person_page(request.actor, account)})


@screen("account.move", policy=ACCOUNTS)
def do_person(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Ask what a verb on an account needs, and do it."""
    account = _seen(request, public_id)
    doing = _known(PERSON, slug)
    require(ACCOUNTS, request.actor, doing.verb, None if doing.verb == "role.give" else account)
    return _do(request, doing, account, account)


@screen("role.end", policy=ACCOUNTS)
def do_role(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Ask what a verb on a role needs, and do it."""
    doing = _known(ROLE, slug)
    grants = RoleGrant.objects.select_related("account", "agency")
    grant = one(ACCOUNTS, request.actor, doing.verb, grants, public_id=public_id)
    return _do(request, doing, grant, grant.account)


@screen("delegation.end", policy=ACCOUNTS)
def end_lending(request: DeskRequest, public_id: str) -> HttpResponse:
    """End a lending early."""
    lendings = Delegation.objects.select_related("grant__account", "grant__agency", "to")
    lending = one(ACCOUNTS, request.actor, "delegation.end", lendings, public_id=public_id)
    return _do(request, END_LENDING, lending, lending.grant.account)


def _seen(request: DeskRequest, public_id: str) -> Account:
    among = Account.objects.select_related("home_agency")
    return one(ACCOUNTS, request.actor, "account.read", among, public_id=public_id)


def _known(doings: dict[str, Doing], slug: str) -> Doing:
    if slug not in doings:
        raise NotFound("Không có việc như vậy.")
    return doings[slug]


def _do(request: DeskRequest, doing: Doing, row: Account | RoleGrant | Delegation, about: Account) -> HttpResponse:
    actor = request.actor
    assert isinstance(actor, Officer)
    mine = actor.ref == about.ref or not ACCOUNTS.may(actor, "account.read", about)
    form = doing.form(request.POST if request.method == "POST" else None, row=row, actor=actor)
    if request.method == "POST" and form.is_valid():
        with tried(form):
            doing.run(call_from(request), row, form.cleaned_data)
        if not form.errors:
            messages.success(request, doing.done)
            return redirect("my-account") if mine else redirect("person", public_id=about.public_id)
    context = {"doing": doing, "form": form, "row": row, "about": about, "mine": mine, "what": presenting.what(row)}
    return render(request, "identity/do.html", context)


@screen("role.give", policy=ACCOUNTS)
def give_role_outside(request: DeskRequest) -> HttpResponse:
    """Give a role here to an officer of another agency."""
    assert isinstance(request.actor, Officer)
    require(ACCOUNTS, request.actor, "role.give")
    form = GiveRoleOutside(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        account = backends.named(given["username"])
        if account is None:
            form.add_error("username", "Không có tên đăng nhập này. Anh/chị hỏi lại người đó.")
        with tried(form):
            if account is not None:
                actions.give_role(
                    call_from(request), account=account, agency=given["agency"], role=Role(given["role"]),
                    valid_from=given["valid_from"], valid_to=after(given["last"]),
                )
        if not form.errors:
            messages.success(request, "Đã giao vai trò.")
            return redirect("people")
    return render(request, "identity/give_role_outside.html", {"form": form})


@never_cache
@screen("account.reset_face_to_face", policy=ACCOUNTS)
def reset(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask whether the person stands here; then show the one-time code, once, as a slip to print."""
    verb = "account.reset_face_to_face"
    account = one(ACCOUNTS, request.actor, verb, Account.objects.all(), public_id=public_id)
    if request.method != "POST":
        return render(request, "identity/reset.html", {"about": account})
    code = new_code()
    account = actions.reset_face_to_face(call_from(request), account=account, code=code)
    # The same press sent twice is answered by the first one, whose code only that answer showed.
    shown = code if fits(plain_code(code), account.reset_code) else ""
    return render(request, "identity/reset_slip.html", {"about": account, "code": shown})
