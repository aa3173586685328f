"""What all screens of a programme share: the programme of an address, the day, the filter."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

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


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a programme among the others."""

    code: str
    label: str
    address: str


TABS = (
    ("board", "Bảng theo dõi", "programme"), ("timeline", "Dòng thời gian", "programme-timeline"),
    ("calendar", "Lịch đến hạn", "programme-calendar"), ("targets", "Mục tiêu", "programme-needles"),
    ("money", "Kinh phí", "programme-money"), ("plan", "Kế hoạch", "programme-plan"),
    ("reminders", "Đôn đốc", "programme-reminders"),
)


def _tabs(programme: Programme, my_agency: str) -> list[Tab]:
    found = [Tab(code, label, reverse(route, args=[programme.public_id])) for code, label, route in TABS]
    if my_agency:
        mine = reverse("programme-agency", args=[programme.public_id, my_agency])
        found.append(Tab("agency", "Việc của cơ quan tôi", mine))
    return found


def frame(request: DeskRequest, programme: Programme, here: str) -> dict[str, object]:
    """Return what the frame of a programme's screens needs: tabs, the day, who drives."""
    actor = request.actor
    mine = actor.agency_ref.partition(":")[2] if isinstance(actor, Officer) else ""
    tabs = _tabs(programme, mine)
    return {
        "programme": programme, "here": here, "tabs": tabs,
        "tab": next((one.label for one in tabs if one.code == here), ""),
        "day": today.day(), "stands_still": today.is_still(),
        "steers": isinstance(actor, Officer) and actor.has_anywhere(Role.STEWARD),
        "my_agency": mine,
    }
