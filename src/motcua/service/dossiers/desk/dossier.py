"""The page of one dossier, and the verbs on it."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core import journal, time
from motcua.foundation.core.errors import Conflict, Denied, NotFound, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, screen
from motcua.service.dossiers import selectors
from motcua.service.dossiers.desk.leading import led_away
from motcua.service.dossiers.doing import DOINGS, Doing, answers_of, bound_form, title_of, warning_of
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS, oversees
from motcua.service.dossiers.presenting.page import page
from motcua.service.dossiers.presenting.readers import readings


@screen("dossier.read", policy=DOSSIERS)
def dossier(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one dossier, and note in the access journal who read it."""
    row = one(DOSSIERS, request.actor, "dossier.read", selectors.full(), public_id=public_id)
    journal.read(request.actor, row.ref, "dossier.read")
    is_overseen = oversees(request.actor, row)
    context = {
        "dossier": row, "page": page(request.actor, row, time.now()), "is_overseen": is_overseen,
        "readings": readings(row, request.GET, with_names=True) if is_overseen else None,
    }
    return render(request, "dossiers/dossier.html", context)


@screen("dossier.move", policy=DOSSIERS)
def do(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Ask what a verb needs, and do it. A refusal stands at the form, with everything kept."""
    row = one(DOSSIERS, request.actor, "dossier.read", selectors.full(), public_id=public_id)
    if slug not in DOINGS:
        raise NotFound("Không có việc như vậy với hồ sơ.")
    doing = DOINGS[slug]
    if (away := led_away(request, doing.verb, row)) is not None:
        return away
    here = row.at_step.position if row.at_step else 0
    ahead = [step for step in selectors.steps_of(row) if step.position > here]
    form = bound_form(doing, row, request.POST if request.method == "POST" else None, ahead=ahead, full=True)
    if request.method != "POST":
        status = 200
    elif form.is_valid() and (status := _done(request, doing, row, form)) == 200:
        return redirect("dossier", public_id=public_id)
    else:
        status = 422
    context = {
        "dossier": row, "doing": doing, "form": form, "title": title_of(doing, ahead),
        "warning": warning_of(doing, ahead),
    }
    return render(request, "dossiers/do.html", context, status=status)


def _done(request: DeskRequest, doing: Doing, row: Dossier, form: Form) -> int:
    """Do it and say so. Returns 200, or the status of a refusal that now stands at the form."""
    try:
        doing.run(call_from(request), row, answers_of(form))
    except Conflict as conflict:
        messages.warning(request, conflict.message)
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return refusal.status
    else:
        messages.success(request, f"{doing.title}: đã ghi.")
    return 200
