"""What the controller does to versions: add a limit, enter dates, draft, publish."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.calendar.types import Unit
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.service.procedures import actions, rules, selectors
from motcua.service.procedures.forms import Dates, Draft, Publish, SetLimit, draft_values
from motcua.service.procedures.models import ProcedureVersion
from motcua.service.procedures.policies import PROCEDURES


def _version(request: DeskRequest, public_id: str, verb: str) -> ProcedureVersion:
    """Return a version on which the actor may do the verb."""
    row = one(PROCEDURES, request.actor, "procedure.read", selectors.whole_versions(request.actor), public_id=public_id)
    require(PROCEDURES, request.actor, verb, row)
    return row


@screen("procedure.set_limit", policy=PROCEDURES)
def set_limit(request: DeskRequest, public_id: str, position: int) -> HttpResponse:
    """Add amount and unit to a limit that the source left open."""
    version = _version(request, public_id, "procedure.set_limit")
    row = version.limits.filter(position=position).first()
    if row is None:
        return redirect("procedures-one", version.procedure.public_id)
    form = SetLimit(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.set_limit(
            call_from(request), version=version, limit=row, amount=given["amount"], unit=Unit(given["unit"]),
            basis=given["basis"],
        )  # fmt: skip
        messages.success(request, f"Đã ghi thời hạn cho hình thức {row.channel_words.lower()}.")
        return redirect("procedures-one", version.procedure.public_id)
    return render(request, "procedures/set_limit.html", {"version": version, "row": row, "form": form})


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
            actions.publish(call_from(request), version=version, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã công bố thủ tục.")
            return redirect("procedures-one", version.procedure.public_id)
    missing = rules.missing_parts(actions.parts_of(version))
    return render(request, "procedures/publish.html", {"version": version, "form": form, "missing": missing})
