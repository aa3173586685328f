"""What the controller does to versions: add a limit, enter dates, draft, publish."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.calendar.types import Unit
from motcua.foundation.core.errors import NotFound, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.service.procedures import actions, presenting, rules, selectors
from motcua.service.procedures.forms import Dates, Draft, Expire, Publish, SetFee, SetLimit, draft_values
from motcua.service.procedures.models import ChannelLimit, ProcedureVersion
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.types import FeeKind


def _version(request: DeskRequest, public_id: str, verb: str) -> ProcedureVersion:
    """Return a version on which the actor may do the verb."""
    row = one(PROCEDURES, request.actor, "procedure.read", selectors.whole_versions(request.actor), public_id=public_id)
    require(PROCEDURES, request.actor, verb, row)
    return row


def _row(version: ProcedureVersion, position: int) -> ChannelLimit:
    """Return one channel of a version. Raises NotFound."""
    row = next((row for row in version.limits.all() if row.position == position), None)
    if row is None:
        raise NotFound("Không có hình thức nộp như vậy trong nội dung này.")
    return row


@screen("procedure.set_limit", policy=PROCEDURES)
def set_limit(request: DeskRequest, public_id: str, position: int) -> HttpResponse:
    """Add amount and unit to a limit that the source left open."""
    version = _version(request, public_id, "procedure.set_limit")
    row = _row(version, position)
    form = SetLimit(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        rows = [one for one in version.limits.all() if one.amount is None] if given["is_for_all"] else [row]
        unit, amount = Unit(given["unit"]), given["amount"]
        call = call_from(request)
        actions.set_limit(call, version=version, limits=rows, amount=amount, unit=unit, basis=given["basis"])
        messages.success(request, "Đã ghi thời hạn.")
        return redirect("procedures-one", version.procedure.public_id)
    context = {"version": version, "row": row, "form": form, "is_open": row.amount is None}
    return render(request, "procedures/set_limit.html", context)


@screen("procedure.set_fee", policy=PROCEDURES)
def set_fee(request: DeskRequest, public_id: str, position: int) -> HttpResponse:
    """Say what a channel costs where the source leaves it open or contradicts itself."""
    version = _version(request, public_id, "procedure.set_fee")
    row = _row(version, position)
    form = SetFee(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        rows = presenting.rows_with_open_fees(version) if given.pop("is_for_all") else [row]
        kind, amount = FeeKind(given.pop("kind")), Decimal(given.pop("amount"))
        actions.set_fee(call_from(request), version=version, limits=rows, kind=kind, amount=amount, **given)
        messages.success(request, "Đã ghi mức thu.")
        return redirect("procedures-one", version.procedure.public_id)
    is_open = row in presenting.rows_with_open_fees(version)
    context = {"version": version, "row": row, "form": form, "is_open": is_open, "is_fee": True}
    return render(request, "procedures/set_limit.html", context)


@screen("procedure.record_dates", policy=PROCEDURES)
def dates(request: DeskRequest, public_id: str) -> HttpResponse:
    """Enter the days of a version's way."""
    version = _version(request, public_id, "procedure.record_dates")
    form = Dates(request.POST or None, initial={name: getattr(version, name) for name in Dates.base_fields})
    if request.method == "POST" and form.is_valid():
        actions.record_dates(call_from(request), version=version, **form.cleaned_data)
        messages.success(request, "Đã ghi các mốc ngày.")
        return redirect("procedures-one", version.procedure.public_id)
    context = {"version": version, "form": form, "title": "Các mốc công bố", "button": "Ghi các mốc"}
    return render(request, "procedures/form.html", context)


@screen("procedure.draft", policy=PROCEDURES)
def draft(request: DeskRequest) -> HttpResponse:
    """Draft a procedure of the province."""
    require(PROCEDURES, request.actor, "procedure.draft")
    form = Draft(request.POST or None, initial={"code": request.GET.get("ma", "")})
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.draft(call_from(request), code=form.cleaned_data["code"], content=form.content())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã lưu dự thảo.")
            return redirect("procedures-publish", version.public_id)
    return render(request, "procedures/draft.html", {"form": form, "version": None})


@screen("procedure.edit_draft", policy=PROCEDURES)
def edit_draft(request: DeskRequest, public_id: str) -> HttpResponse:
    """Go on with a draft."""
    version = _version(request, public_id, "procedure.edit_draft")
    form = Draft(request.POST or None, initial=draft_values(version))
    form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        actions.edit_draft(call_from(request), version=version, content=form.content())
        messages.success(request, "Đã lưu dự thảo.")
        return redirect("procedures-publish", version.public_id)
    return render(request, "procedures/draft.html", {"form": form, "version": version})


@screen("procedure.publish", policy=PROCEDURES)
def publish(request: DeskRequest, public_id: str) -> HttpResponse:
    """Publish a draft; what is missing is told before the button."""
    version = _version(request, public_id, "procedure.publish")
    form = Publish(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(call_from(request), procedure=version.procedure, version=version, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã công bố thủ tục.")
            return redirect("procedures-one", version.procedure.public_id)
    missing = rules.missing_parts(actions.parts_of(version))
    return render(request, "procedures/publish.html", {"version": version, "form": form, "missing": missing})


@screen("procedure.expire", policy=PROCEDURES)
def expire(request: DeskRequest, public_id: str) -> HttpResponse:
    """End what is in force without a successor."""
    version = _version(request, public_id, "procedure.expire")
    form = Expire(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.expire(call_from(request), procedure=version.procedure, version=version, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã ghi hết hiệu lực.")
            return redirect("procedures-one", version.procedure.public_id)
    context = {"version": version, "form": form, "title": "Bãi bỏ thủ tục", "button": "Ghi hết hiệu lực"}
    return render(request, "procedures/form.html", context)
