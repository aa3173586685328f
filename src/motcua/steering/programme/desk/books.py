"""Money, projects inside a row, and targets with what serves them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import Denied, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.steering.programme import actions, today
from motcua.steering.programme.desk.common import frame, programme_of
from motcua.steering.programme.desk.rows import evidence, tasks
from motcua.steering.programme.forms import BindForm, ProgressForm, ProjectForm, posted
from motcua.steering.programme.models import Measure, Project
from motcua.steering.programme.money_views import programme_money
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.selectors.projects import ProjectNow, projects_of
from motcua.steering.programme.selectors.serving import serving


@screen("programme.read", policy=PROGRAMMES)
def money(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what rows cost: printed, planned, allocated, spent, and which rows have no amount."""
    programme = programme_of(request, public_id)
    context = {**frame(request, programme, "money"), "money": programme_money(programme)}
    return render(request, "programme/money.html", context)


@screen("programme.read", policy=PROGRAMMES)
def targets(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show targets with the rows that serve them, what serves nothing, and what nothing serves."""
    programme = programme_of(request, public_id)
    context = {**frame(request, programme, "targets"), "serving": serving(programme, today.day())}
    return render(request, "programme/targets.html", context)


@screen("programme.read", policy=PROGRAMMES)
def projects(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the projects of a row: money paid out beside the share built."""
    row = one(PROGRAMMES, request.actor, "programme.read", tasks(), public_id=public_id)
    context = {
        **frame(request, row.programme, "task"), "task": row, "projects": projects_of(row, today.day()),
        "enters": PROGRAMMES.may(request.actor, "project.enter", row),
    }
    return render(request, "programme/projects.html", context)


@screen("programme.read", policy=PROGRAMMES)
def project(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one project with its reports; take a new report from the row's lead agency."""
    rows = Project.objects.select_related("agency", "task__programme", "task__group")
    row = one(PROGRAMMES, request.actor, "programme.read", rows, public_id=public_id)
    may = PROGRAMMES.may(request.actor, "project.progress", row)
    form = ProgressForm(*posted(request), initial={"on": today.day()})
    if request.method == "POST":
        require(PROGRAMMES, request.actor, "project.progress", row)
        if form.is_valid() and _reported(request, row, form):
            return redirect("programme-project", public_id)
    reports = list(row.progress.order_by("-on", "-pk").prefetch_related("evidence__file"))
    context = {
        **frame(request, row.task.programme, "task"), "project": row, "form": form, "may": may, "reports": reports,
        "now": ProjectNow(row, reports[0] if reports else None),
    }
    return render(request, "programme/project.html", context, status=422 if form.errors else 200)


def _reported(request: DeskRequest, row: Project, form: ProgressForm) -> bool:
    said = form.cleaned_data
    try:
        with evidence(form) as puts:
            actions.report_progress(
                call_from(request), project=row, on=said["on"], disbursed_vnd=said["disbursed_vnd"],
                built=said["built"], puts=puts,
            )
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    messages.success(request, "Tiến độ đã lưu.")
    return True


@screen("programme.read", policy=PROGRAMMES)
def change_project(request: DeskRequest, public_id: str) -> HttpResponse:
    """Change what is known of a project."""
    rows = Project.objects.select_related("agency", "task__programme")
    row = one(PROGRAMMES, request.actor, "programme.read", rows, public_id=public_id)
    require(PROGRAMMES, request.actor, "project.enter", row.task)
    form = ProjectForm(request.POST if request.method == "POST" else None, task=row.task, project=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_project(
                call_from(request), task=row.task, agency=form.cleaned_data["agency"], data=form.data_of(), project=row
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("programme-project", public_id)
    context = {**frame(request, row.task.programme, "task"), "project": row, "form": form, "task": row.task}
    return render(request, "programme/project_form.html", context, status=422 if form.errors else 200)


@screen("measure.bind", policy=PROGRAMMES)
def bind(request: DeskRequest, public_id: str) -> HttpResponse:
    """Say who answers for a measure's values, and from where it started."""
    rows = Measure.objects.select_related("target__programme", "responsible")
    row = one(PROGRAMMES, request.actor, "measure.bind", rows, public_id=public_id)
    form = BindForm(request.POST if request.method == "POST" else None, measure=row)
    if request.method == "POST" and form.is_valid():
        actions.bind(call_from(request), measure=row, indicator=row.indicator, **form.cleaned_data)
        return redirect("programme-needle", public_id)
    context = {**frame(request, row.target.programme, "targets"), "measure": row, "form": form}
    return render(request, "programme/bind.html", context, status=422 if form.errors else 200)


@screen("link.undo", policy=PROGRAMMES)
def unlink(request: DeskRequest, public_id: str, measure_id: str) -> HttpResponse:
    """Take a link between a row and a measurable part back."""
    row = one(PROGRAMMES, request.actor, "link.undo", tasks(), public_id=public_id)
    other = one(PROGRAMMES, request.actor, "programme.read", Measure.objects.all(), public_id=measure_id)
    if request.method == "POST":
        actions.unlink(call_from(request), task=row, measure=other)
        messages.success(request, "Đã bỏ gắn với chỉ tiêu.")
    return redirect("programme-task", public_id)
