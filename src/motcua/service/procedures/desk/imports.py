"""Importing: hand in files, watch the reading, take the report along."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core import time
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.service.procedures import actions, selectors
from motcua.service.procedures.forms import Import
from motcua.service.procedures.models import ImportRun
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.reading import Outcome
from motcua.service.procedures.reporting import workbook_of
from motcua.service.procedures.searching import next_page

STALLED = timedelta(minutes=30)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen("procedure.read_import", policy=PROCEDURES)
def imports(request: DeskRequest) -> HttpResponse:
    """Hand in files; below, what was handed in before."""
    require(PROCEDURES, request.actor, "procedure.read_import")
    form = Import(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        run = actions.start_import(call_from(request), files=given["uploads"], is_trial=given["is_trial"])
        return redirect("procedures-import", run.public_id)
    controls = PROCEDURES.may(request.actor, "procedure.import")
    context = {"form": form, "runs": selectors.latest_runs(request.actor), "controls": controls}
    return render(request, "procedures/imports.html", context)


@screen("procedure.read_import", policy=PROCEDURES)
def run(request: DeskRequest, public_id: str) -> HttpResponse:
    """Watch a run, and read its report; a part of the page asks again by itself until it is over."""
    row = one(PROCEDURES, request.actor, "procedure.read_import", ImportRun.objects.all(), public_id=public_id)
    outcome = request.GET.get("ket-qua", "")
    after = request.GET.get("sau", "")
    lines, on = selectors.run_lines(row, outcome, after=int(after) if after.isdecimal() and len(after) < 19 else 0)
    context = {
        "run": row,
        "counts": selectors.run_counts(row),
        "lines": lines,
        "outcome": outcome,
        "outcomes": list(Outcome),
        "next_url": next_page(request, on),
        "is_stalled": not row.is_over and time.now() - row.started_at > STALLED,
    }
    part = "procedures/_run.html" if request.headers.get("HX-Request") else "procedures/run.html"
    return render(request, part, context)


@screen("procedure.read_import", policy=PROCEDURES)
def report(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give the report as a workbook."""
    row = one(PROCEDURES, request.actor, "procedure.read_import", ImportRun.objects.all(), public_id=public_id)
    response = HttpResponse(workbook_of(row), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="nhap-thu-tuc-{row.public_id}.xlsx"'
    return response
