"""Officers' screens of dossiers: the queue, the page of one, and the verbs on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core import time
from motcua.foundation.core.views import DeskRequest, call_from, one, screen
from motcua.foundation.identity.types import Officer
from motcua.service.dossiers import presenting, selectors
from motcua.service.dossiers.doing import DOINGS, bound_form
from motcua.service.dossiers.policies import DOSSIERS


@screen("dossier.read", policy=DOSSIERS)
def queue(request: DeskRequest) -> HttpResponse:
    """Show what my agency holds open, the most urgent first."""
    assert isinstance(request.actor, Officer)
    page = selectors.queue(request.actor, after=request.GET.get("sau", ""))
    return render(request, "dossiers/queue.html", {"page": page})


@screen("dossier.read", policy=DOSSIERS)
def dossier(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one dossier."""
    row = one(DOSSIERS, request.actor, "dossier.read", selectors.full(), public_id=public_id)
    now = time.now()
    context = {
        "dossier": row, "possible": presenting.possible(request.actor, row),
        "remaining": presenting.remaining_words(row, now), "shares": presenting.shares(row, now),
    }
    return render(request, "dossiers/dossier.html", context)


@screen("dossier.move", policy=DOSSIERS)
def do(request: DeskRequest, public_id: str, slug: str) -> HttpResponse:
    """Ask what a verb needs, and do it."""
    row = one(DOSSIERS, request.actor, "dossier.read", selectors.full(), public_id=public_id)
    doing = DOINGS[slug]
    form = bound_form(doing, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        doing.run(call_from(request), row, form.cleaned_data)
        return redirect("dossier", public_id=public_id)
    return render(request, "dossiers/do.html", {"dossier": row, "doing": doing, "form": form})


