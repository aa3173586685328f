"""Officers' screens of the register: the tree of a day, the page of an agency, and the verbs."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.foundation.organisations import actions, asof, estates, presenting, selectors
from motcua.foundation.organisations.doing import DOINGS, FOUND, Doing, Preview, perform, preview
from motcua.foundation.organisations.errors import BadEvent, SameDay
from motcua.foundation.organisations.forms import EventForm, HeirForm
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.policies import AGENCIES


@screen("agency.read", policy=AGENCIES)
def tree(request: DeskRequest) -> HttpResponse:
    """Show the register as of a day."""
    form, asked, day = asof.asked(request.GET, asof.AsOfForm)
    register = selectors.tree(day, asked.get("loai") or None)
    counts = Counter(branch.unit.kind for branch in presenting.flat(register))
    context = asof.standing(day) | {
        "form": form, "asked_kind": asked.get("loai"), "branches": register,
        "counts": presenting.counts(counts),
        "changes": selectors.days_of_change(), "may_found": AGENCIES.may(request.actor, "agency.found"),
    }
    return render(request, "organisations/tree.html", context)


@screen("agency.read", policy=AGENCIES)
def agency(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one agency through time."""
    row = one(AGENCIES, request.actor, "agency.read", Agency.objects.all(), public_id=public_id)
    form, _, day = asof.asked(request.GET, asof.DayForm)
    page = presenting.page(row, selectors.history(row), day)
    is_at_work = not page.is_absent and selectors.at_work().filter(pk=row.pk).exists()
    possible = DOINGS.values() if is_at_work and AGENCIES.may(request.actor, "agency.rename") else ()
    context = asof.standing(day) | {"form": form, "agency": row, "page": page, "possible": possible}
    context |= {"estate": estates.estate(row)}
    context |= {"coming": estates.coming(row), "may_choose": AGENCIES.may(request.actor, "agency.choose_heir")}
    return render(request, "organisations/agency.html", context)


@screen("agency.found", policy=AGENCIES)
def found(request: DeskRequest) -> HttpResponse:
    """Found an agency, after a preview."""
    require(AGENCIES, request.actor, "agency.found")
    return _do(request, FOUND, None)


@screen("agency.change", policy=AGENCIES)
def do(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Change an agency, after a preview."""
    row = one(AGENCIES, request.actor, "agency.change", Agency.objects.all(), public_id=public_id)
    if slug not in DOINGS:
        raise NotFound("Không có việc này trên danh mục cơ quan.")
    return _do(request, DOINGS[slug], row)


def _do(request: DeskRequest, doing: Doing, row: Agency | None) -> HttpResponse:
    """Ask, show what would change, then enter exactly what was shown."""
    form = doing.form(row, request.POST if request.method == "POST" else None)
    shown = _shown(form) if form.is_bound and form.is_valid() else None
    if shown is not None and request.POST.get("seen_effects") == shown.digest:
        changed = perform(call_from(request), form.event(), form.bequest())
        messages.success(request, estates.entered(form.event(), shown.estates))
        return redirect("agency", public_id=changed.public_id)
    context = {"agency": row, "doing": doing, "form": form, "preview": shown}
    return render(request, "organisations/do.html", context)


@screen("agency.choose_heir", policy=AGENCIES)
def choose_heir(request: DeskRequest, public_id: str) -> HttpResponse:
    """Say who goes on with what an ended agency left, after a preview: it is said once."""
    row = one(AGENCIES, request.actor, "agency.choose_heir", Agency.objects.all(), public_id=public_id)
    left = estates.estate(row)
    if left is None or not left.lacks_heir:
        messages.info(request, f"{row.name} chưa kết thúc, hoặc đã có cơ quan nhận hồ sơ. Chưa có gì thay đổi.")
        return redirect("agency", public_id=public_id)
    form = HeirForm(row, request.POST if request.method == "POST" else None)
    choice = form.choice() if form.is_bound and form.is_valid() else None
    if choice is not None and request.POST.get("seen_heir") == choice.said and _chosen(request, row, form):
        messages.success(request, f"Đã ghi: {choice.heir.name} giải quyết tiếp hồ sơ của {row.name}.")
        return redirect("agency", public_id=public_id)
    context = {"agency": row, "form": form, "estate": left, "choice": None if form.errors else choice}
    return render(request, "organisations/heir.html", context, status=422 if form.errors else 200)


def _chosen(request: DeskRequest, row: Agency, form: HeirForm) -> bool:
    try:
        actions.choose_heir(call_from(request), agency=row, heir=form.cleaned_data["into"], carried=form.carried())
    except BadEvent as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    return True


def _shown(form: EventForm) -> Preview | None:
    try:
        return preview(form.event(), form.bequest())
    except SameDay as refused:
        way_out = " Bài tập đứng ở ngày đó, nên anh/chị thử với một cơ quan chưa có biến động." if form.still else ""
        form.add_error(None, refused.message + way_out)
        return None
    except BadEvent as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return None
