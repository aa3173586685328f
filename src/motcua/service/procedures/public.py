"""Citizens' screens: finding a procedure and reading what it takes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core import time
from motcua.foundation.core.actors import ANYONE
from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.views import DeskRequest, one, screen
from motcua.service.procedures import presenting, selectors
from motcua.service.procedures.models import Procedure
from motcua.service.procedures.policies import PROCEDURES
from motcua.service.procedures.searching import next_page, search_of
from motcua.service.procedures.types import Level


@screen("procedure.read", policy=PROCEDURES, public=True)
def catalogue(request: DeskRequest) -> HttpResponse:
    """Find a procedure by words, field or level."""
    search = search_of(request, with_flag=False)
    page = selectors.catalogue(ANYONE, search, after=request.GET.get("sau", ""))
    context = {
        "page": page,
        "search": search,
        "fields": selectors.fields(ANYONE),
        "levels": Level.choices(),
        "next_url": next_page(request, page.after),
    }
    return render(request, "procedures/public_catalogue.html", context)


@screen("procedure.read", policy=PROCEDURES, public=True)
def procedure(request: DeskRequest, code: str) -> HttpResponse:
    """Read what a procedure takes: the version in force."""
    row = one(PROCEDURES, ANYONE, "procedure.read", Procedure.objects.all(), code=code)
    version = selectors.whole_versions(ANYONE).filter(pk=row.current_id or 0).first()
    if version is None:
        raise NotFound("Thủ tục này không còn nội dung đang có hiệu lực.")
    context = {"reading": presenting.reading(version, time.today()), "procedure": row}
    return render(request, "procedures/public_procedure.html", context)
