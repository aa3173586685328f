"""The leaders' page, under /lanh-dao: one screen for the chairman, one for a head, one for the steward."""

from __future__ import annotations

from typing import assert_never

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core.errors import Denied
from motcua.foundation.core.views import DeskRequest, screen
from motcua.foundation.identity.types import LEADERS, Officer
from motcua.steering.programme import selectors, today
from motcua.steering.programme.desk.common import frame
from motcua.steering.programme.models import Programme
from motcua.steering.programme.needles import leading
from motcua.steering.programme.needles import selectors as needles
from motcua.steering.programme.needles.leading import Seat
from motcua.steering.programme.needles.policies import LEADERSHIP

TEMPLATES = {seat: f"programme/lead_{seat.value}.html" for seat in Seat}


@screen("leadership.read", policy=LEADERSHIP)
def leaders(request: DeskRequest) -> HttpResponse:
    """Show the screen of the place from which somebody leads; who has several chooses."""
    programme = leading.newest()
    if programme is None:
        return render(request, "programme/lead_none.html")
    known = leading.seats(request.actor, programme)
    if not known:
        raise Denied("Trang này dành cho lãnh đạo cơ quan và thường trực cải cách hành chính.")
    asked = request.GET.get("noi", "")
    seat = next((one for one in known if one.value == asked), known[0])
    context = {
        **frame(request, programme, "leaders"), "seat": seat, "seats": known, "page": _page(request, programme, seat),
    }
    return render(request, TEMPLATES[seat], context)


def _page(request: DeskRequest, programme: Programme, seat: Seat) -> object:
    day = today.day()
    lines, found = selectors.lines(programme, day), needles.needles(programme, day)
    match seat:
        case Seat.PROVINCE:
            return leading.province_page(programme, lines, found)
        case Seat.STEWARD:
            return leading.steward_page(programme, lines, found)
        case Seat.AGENCY:
            return leading.head_page(programme, lines, found, _led(request), day)
        case _:
            assert_never(seat)


def _led(request: DeskRequest) -> int:
    """Return the agency somebody leads: the one he acts for, else another he leads."""
    actor = request.actor
    assert isinstance(actor, Officer)
    if actor.has(*LEADERS):
        return actor.agency_id
    return next(agency for agency in sorted(actor.works_at) if actor.has(*LEADERS, agency_id=agency))
