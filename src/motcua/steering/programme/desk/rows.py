"""The page of one row, the verbs on its occurrences, and what proves them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import Conflict, Denied, NotFound, Refusal
from motcua.foundation.core.files import download, store
from motcua.foundation.core.files.types import Put
from motcua.foundation.core.views import DeskRequest, call_from, one, screen
from motcua.steering.programme import today
from motcua.steering.programme.asking import ASKINGS
from motcua.steering.programme.desk.common import frame
from motcua.steering.programme.doing import DOINGS, Doing, for_all, owners_for, rights_of
from motcua.steering.programme.forms import FILES, Facting, posted
from motcua.steering.programme.models import Evidence, Occurrence, Task
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.row_page import row_page
from motcua.steering.programme.selectors import line_of


def tasks() -> QuerySet[Task]:
    """Return rows with what their pages need at once."""
    return Task.objects.select_related("group", "programme__steward", "programme__office", "programme__issuer")


@screen("programme.read", policy=PROGRAMMES)
def task(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one row: its cells and their reading, what is owed by whom, money, links, history."""
    row = one(PROGRAMMES, request.actor, "programme.read", tasks(), public_id=public_id)
    context = {
        **frame(request, row.programme, "task"), "task": row, "page": row_page(request.actor, row, today.day()),
        "asks": [asking for asking in ASKINGS.values() if PROGRAMMES.may(request.actor, asking.verb, row)],
    }
    return render(request, "programme/task.html", context)


@screen("programme.read", policy=PROGRAMMES)
def do(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Ask what a verb on an occurrence needs, and do it. A refusal stands at the form, with everything kept."""
    rows = Occurrence.objects.select_related("task__programme__steward", "task__programme__office", "task__group")
    row = one(PROGRAMMES, request.actor, "programme.read", rows, public_id=public_id)
    doing = DOINGS.get(slug)
    if doing is None:
        raise NotFound("Không có việc như vậy với nhiệm vụ này.")
    form = _form(request, row, doing)
    status = 200
    if request.method == "POST":
        status = _done(request, doing, row, form) if form.is_valid() else 422
        if status == 200:
            return redirect("programme-task", row.task.public_id)
    context = {
        **frame(request, row.task.programme, "task"), "task": row.task, "occurrence": row, "doing": doing, "form": form,
    }
    return render(request, "programme/do.html", context, status=status)


def _form(request: DeskRequest, row: Occurrence, doing: Doing) -> Facting:
    """Return the form with the shares that the actor may write for now. Raises Denied where there is none."""
    line = line_of(row.task, today.day())
    due = next(due for due in line.dues if due.occurrence.pk == row.pk)
    rights = rights_of(request.actor, row.task, [lead.agency for lead in line.leads if lead.agency is not None])
    owners, is_possible = owners_for(rights, doing, due)
    if not is_possible and request.method != "POST":
        raise Denied(
            f"Việc này đang ở tình trạng “{due.state.label}”, hoặc do cơ quan khác làm, nên anh/chị không ghi "
            f"“{doing.title}” được. Không có gì thay đổi."
        )
    data, files = posted(request)
    return doing.form(data, files, owners=owners, for_all=for_all(rights, doing))


@contextmanager
def evidence(form: Form) -> Iterator[list[Put]]:
    """Put the form's file into the store, if there is one; it goes again where the verb refuses."""
    file = form.cleaned_data.get("file")
    if not file:
        yield []
        return
    with store.arriving(file, limits=FILES) as put:
        yield [put]


def _done(request: DeskRequest, doing: Doing, row: Occurrence, form: Facting) -> int:
    """Do it and say so. Returns 200, or the status of a refusal that now stands at the form."""
    try:
        with evidence(form) as puts:
            doing.run(call_from(request), row, {**form.cleaned_data, "share": form.share()}, puts)
    except Conflict as conflict:
        messages.warning(request, conflict.message)
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return refusal.status
    else:
        messages.success(request, f"{doing.title}: đã lưu.")
    return 200


@screen("programme.read", policy=PROGRAMMES)
def ask(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Ask what a verb on the whole row needs (money, project, kind of product, a day, links), and do it."""
    row = one(PROGRAMMES, request.actor, "programme.read", tasks(), public_id=public_id)
    asking = ASKINGS.get(slug)
    if asking is None:
        raise NotFound("Không có việc như vậy với nhiệm vụ này.")
    refusal = PROGRAMMES.refusal(request.actor, asking.verb, row)
    if refusal:
        raise Denied(refusal)
    form = asking.form_of(row, *posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            asking.run(call_from(request), row, form)
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, f"{asking.title}: đã lưu.")
            return redirect("programme-task", public_id)
    context = {**frame(request, row.programme, "task"), "task": row, "doing": asking, "form": form}
    return render(request, "programme/do.html", context, status=422 if form.errors else 200)


@screen("programme.read", policy=PROGRAMMES)
def file(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give out what proves something, to whoever reads the programme."""
    found = Evidence.objects.filter(file__public_id=public_id).select_related(
        "file", "fact__occurrence__task__programme", "progress__project__task__programme",
        "entry__measure__target__programme",
    ).first()  # fmt: skip
    if found is None or not PROGRAMMES.may(request.actor, "programme.read", found.of):
        raise NotFound("Không có tệp như vậy, hoặc tệp không thuộc phần anh/chị được xem.")
    return cast(HttpResponse, download.response(found.file, inline=True))
