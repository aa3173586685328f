"""The board of a programme, its time line, its calendar, and the page of one agency."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.views import DeskRequest, screen
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family
from motcua.steering.programme import calendars, drawing, presenting, selectors, today
from motcua.steering.programme.agency_page import agency_page
from motcua.steering.programme.desk.common import chosen, frame, programme_of, year_asked
from motcua.steering.programme.policies import PROGRAMMES


@screen("programme.read", policy=PROGRAMMES)
def programmes(request: DeskRequest) -> HttpResponse:
    """Lead to the only programme, or list all."""
    rows = list(PROGRAMMES.rows(request.actor, "programme.read", selectors.programmes()))
    if len(rows) == 1 and not rows[0].is_draft and "tat-ca" not in request.GET:
        return redirect("programme", rows[0].public_id)
    context = {"programmes": rows, "enters": PROGRAMMES.may(request.actor, "programme.enter")}
    return render(request, "programme/programmes.html", context)


@screen("programme.read", policy=PROGRAMMES)
def board(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show how every row stands, by group; each figure opens to its rows."""
    programme = programme_of(request, public_id)
    lines = selectors.lines(programme, today.day())
    context = {
        **frame(request, programme, "board"), "board": presenting.board(lines, chosen(request), today.day()),
        "states": list(presenting.SHOWN), "asked_key": presenting.ASKED,
    }
    return render(request, "programme/board.html", context)


@screen("programme.read", policy=PROGRAMMES)
def timeline(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the rows on a line of time, with a table beside."""
    programme = programme_of(request, public_id)
    if not programme.years:
        raise NotFound("Chương trình này chưa có năm đầu và năm cuối nên chưa vẽ được dòng thời gian.")
    lines = selectors.lines(programme, today.day())
    drawn = drawing.draw(lines, programme.years, today.day())
    return render(request, "programme/timeline.html", {**frame(request, programme, "timeline"), "drawing": drawn})


@screen("programme.read", policy=PROGRAMMES)
def calendar(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what falls due in a year, by month."""
    programme = programme_of(request, public_id)
    year = year_asked(request, programme.years)
    shown = calendars.year_of(selectors.lines(programme, today.day()), year)
    context = {**frame(request, programme, "calendar"), "year": shown, "years": [*programme.years]}
    return render(request, "programme/calendar.html", context)


@screen("programme.read", policy=PROGRAMMES)
def agency(request: DeskRequest, public_id: str, agency_id: str) -> HttpResponse:
    """Show what one agency leads and helps with: what is late, what comes, what waits for others."""
    programme = programme_of(request, public_id)
    row = Agency.objects.filter(public_id=agency_id).first()
    if row is None:
        raise NotFound("Không có cơ quan như vậy trong danh mục.")
    lines = selectors.lines(programme, today.day())
    page = agency_page(programme, lines, family(row.pk), today.day())
    context = {**frame(request, programme, "agency"), "agency": row, "page": page}
    return render(request, "programme/agency.html", context)
