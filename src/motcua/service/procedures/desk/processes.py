"""Drafting and publishing internal processes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.service.procedures import actions, presenting
from motcua.service.procedures.forms import PublishProcess, step_formset
from motcua.service.procedures.models import Procedure, Process
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.rules import StepPlan


def _plans(rows: Any) -> list[StepPlan]:
    return [plan for row in rows if (plan := row.plan()) is not None]


def _process(request: DeskRequest, public_id: str) -> Process:
    found = Process.objects.select_related("procedure__current").prefetch_related("steps__agency")
    return one(PROCEDURES, request.actor, "process.read", found, public_id=public_id)


@screen("process.draft", policy=PROCEDURES)
def draft(request: DeskRequest, public_id: str) -> HttpResponse:
    """Draft a process; it starts from the one in use."""
    procedure = one(PROCEDURES, request.actor, "process.draft", Procedure.objects.all(), public_id=public_id)
    live = procedure.processes.order_by("-number").prefetch_related("steps").first()
    rows = step_formset(request.POST or None, live)
    if request.method == "POST" and rows.is_valid():
        process = actions.draft_process(call_from(request), procedure=procedure, steps=_plans(rows))
        return redirect("procedures-process", process.public_id)
    return render(request, "procedures/process_form.html", {"procedure": procedure, "rows": rows, "process": None})


@screen("process.edit", policy=PROCEDURES)
def edit(request: DeskRequest, public_id: str) -> HttpResponse:
    """Change a draft's steps."""
    process = _process(request, public_id)
    require(PROCEDURES, request.actor, "process.edit", process)
    rows = step_formset(request.POST or None, process)
    if request.method == "POST" and rows.is_valid():
        actions.edit_process(call_from(request), process=process, steps=_plans(rows))
        return redirect("procedures-process", process.public_id)
    context = {"procedure": process.procedure, "rows": rows, "process": process}
    return render(request, "procedures/process_form.html", context)


@screen("process.read", policy=PROCEDURES)
def process(request: DeskRequest, public_id: str) -> HttpResponse:
    """See a process drawn, and publish it while it is a draft."""
    row = _process(request, public_id)
    form = PublishProcess(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_process(call_from(request), procedure=row.procedure, process=row, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã ban hành quy trình; các bước từ nay giữ nguyên.")
            return redirect("procedures-one", row.procedure.public_id)
    controls = PROCEDURES.may(request.actor, "process.publish", row)
    context = {"view": presenting.process_view(row), "process": row, "form": form, "controls": controls}
    return render(request, "procedures/process.html", context)
