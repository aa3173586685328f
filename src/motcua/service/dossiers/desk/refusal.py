"""Refusing at the counter, in writing, without a dossier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import Denied, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, require, screen
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import actions, selectors
from motcua.service.dossiers.forms import Refuse
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.types import Person


@screen("dossier.refuse", policy=DOSSIERS)
def refuse(request: DeskRequest) -> HttpResponse:
    """Ask whom, what and why; write the letter; below stand the last ones of this counter, each to be printed."""
    officer = request.actor
    assert isinstance(officer, Officer)
    agency = Agency.objects.get(pk=officer.agency_id)
    require(DOSSIERS, officer, "dossier.refuse", agency)
    form, status = Refuse(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = _written(request, agency, form) if form.is_valid() else 422
        if status == 200:
            return redirect("refuse")
    context = {"form": form, "letters": selectors.refused_at(agency.pk)}
    return render(request, "dossiers/refuse.html", context, status=status)


def _written(request: DeskRequest, agency: Agency, form: Refuse) -> int:
    said = form.cleaned_data
    person = Person(said["person"].strip(), said["address"].strip(), said["phone"].strip(), said["wish"].strip())
    try:
        letter = actions.refuse(
            call_from(request), agency=agency, person=person, reason=said["reason"], version=said["code"]
        )
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return refusal.status
    messages.success(request, f"Đã lập phiếu từ chối số {letter.full_number}. Anh/chị in và giao cho người nộp.")
    return 200
