"""The page of an agency's head, and the lists behind its numbers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core import time
from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.looks import QueueGroup
from motcua.foundation.core.views import DeskRequest, require, screen
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.selectors import family
from motcua.service.dossiers import selectors, unit
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting import board


@screen("dossier.oversee", policy=DOSSIERS)
def overview(request: DeskRequest) -> HttpResponse:
    """Show late dossiers with who holds them, the week ahead, and four numbers that open to their rows."""
    officer = request.actor
    assert isinstance(officer, Officer)
    require(DOSSIERS, officer, "dossier.oversee")
    now, mine = time.now(), family(officer.agency_id)
    late = board.rows(unit.late_now(mine, now), now)
    context = {
        "figures": unit.figures(mine, now), "week": unit.week_ahead(mine, now),
        "late": [QueueGroup("", late)] if late else [], "now": now,
    }
    return render(request, "dossiers/unit.html", context)


@screen("dossier.oversee", policy=DOSSIERS)
def rows(request: DeskRequest, slug: str) -> HttpResponse:
    """Show the rows behind one number."""
    officer = request.actor
    assert isinstance(officer, Officer)
    require(DOSSIERS, officer, "dossier.oversee")
    found = unit.rows_of(slug, family(officer.agency_id), time.now())
    if found is None:
        raise NotFound("Không có danh sách như vậy.")
    page = selectors.paged(found.select_related(*selectors.LIST_ROWS), after=request.GET.get("sau", ""))
    context = {
        "title": unit.title_of(slug), "rows": [QueueGroup("", board.rows(page.rows, time.now()))],
        "next": "?" + urlencode({"sau": page.after}) if page.after else "", "is_empty": not page.rows,
    }
    return render(request, "dossiers/unit_rows.html", context)
