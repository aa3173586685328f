"""What all screens of a programme share: the programme of an address, the day, the filter."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from motcua.foundation.core.views import DeskRequest, one
from motcua.foundation.identity.types import Officer, Role
from motcua.steering.programme import selectors, today
from motcua.steering.programme.models import Programme
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.presenting import Chosen


def programme_of(request: DeskRequest, public_id: str) -> Programme:
    """Return the programme of an address, if the actor may read it."""
    return one(PROGRAMMES, request.actor, "programme.read", selectors.programmes(), public_id=public_id)


def chosen(request: HttpRequest) -> Chosen:
    """Return the filter that an address carries."""
    asked = request.GET
    return Chosen(asked.get("nhom", "")[:12], asked.get("co-quan", "")[:24], asked.get("tinh-trang", "")[:12])


def year_asked(request: HttpRequest, years: range) -> int:
    """Return the year that an address asks for, else the present one, kept within the programme and a year after."""
    asked, now = request.GET.get("nam", ""), today.day().year
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else now
    return min(max(year, years[0]), years[-1] + 1) if years else year


def frame(request: DeskRequest, programme: Programme, here: str) -> dict[str, object]:
    """Return what the frame of a programme's screens needs: tabs, the day, who drives."""
    actor = request.actor
    return {
        "programme": programme, "here": here, "day": today.day(), "stands_still": today.is_still(),
        "steers": isinstance(actor, Officer) and actor.has_anywhere(Role.STEWARD),
        "my_agency": actor.agency_ref.partition(":")[2] if isinstance(actor, Officer) else "",
    }


def printed_day(day: date) -> str:
    """Return a day as it is written."""
    return f"{day.day}/{day.month}/{day.year}"
