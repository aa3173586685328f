"""The list of procedures and the page of one, as officers see them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core import time
from motcua.foundation.core.views import DeskRequest, one, screen
from motcua.service.procedures import presenting, selectors
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.searching import next_page, search_of
from motcua.service.procedures.types import Level


@screen("procedure.read", policy=PROCEDURES)
def catalogue(request: DeskRequest) -> HttpResponse:
    """Find procedures by words, field, level and by what is open."""
    oversees = PROCEDURES.may(request.actor, "procedure.oversee")
    search = search_of(request, with_flag=oversees)
    page = selectors.catalogue(request.actor, search, after=request.GET.get("sau", ""))
    context = {
        "page": page,
        "search": search,
        "fields": selectors.fields(request.actor),
        "levels": Level.choices(),
        "flags": selectors.open_flags() if oversees else [],
        "oversees": oversees,
        "controls": PROCEDURES.may(request.actor, "procedure.import"),
        "next_url": next_page(request, page.after),
    }
    return render(request, "procedures/catalogue.html", context)


@screen("procedure.read", policy=PROCEDURES)
def procedure(request: DeskRequest, public_id: str) -> HttpResponse:
    """Read one procedure: the version asked for, else the one in force, else the newest."""
    row = one(PROCEDURES, request.actor, "procedure.read", Procedure.objects.all(), public_id=public_id)
    versions = selectors.chain(row, request.actor)
    asked = next((v for v in versions if str(v.number) == request.GET.get("phien-ban")), None)
    chosen = asked or next((v for v in versions if v.pk == row.current_id), versions[0] if versions else None)
    whole = selectors.whole_versions(request.actor).filter(pk=chosen.pk).first() if chosen else None
    context = {
        "procedure": row,
        "versions": versions,
        "reading": presenting.reading(whole, time.today()) if whole else None,
        "processes": [presenting.process_view(p) for p in selectors.processes(row, request.actor)],
        "services": list(row.services.all()),
        "oversees": PROCEDURES.may(request.actor, "procedure.oversee"),
        "controls": PROCEDURES.may(request.actor, "procedure.set_limit"),
    }
    return render(request, "procedures/procedure.html", context)
