"""Officers' screens of the calendar: the year, and each change as form → preview → confirmation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.foundation.calendar import actions, asking, proposing, selectors, year_view
from motcua.foundation.calendar.forms import AddYearForm, BasisForm, ConfirmYearForm, DayForm, SwapForm, WeekForm
from motcua.foundation.calendar.policies import CALENDAR
from motcua.foundation.core import time
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.views import DeskRequest, call_from, screen
from motcua.foundation.core.words import weekday


@screen("calendar.read", policy=CALENDAR)
def year(request: DeskRequest) -> HttpResponse:
    """Show the twelve months of a year, for everybody or for one agency."""
    here = asking.place(request)
    working_time = here.working_time
    shown = asking.year_of(request, working_time, time.today().year)
    context = {
        "here": here,
        "year": shown,
        "years": range(working_time.first.year, working_time.last.year + 1),
        "months": year_view.months_of(shown, working_time, time.today()),
        "legend": year_view.LEGEND,
        "entries": here.entries_of(shown),
        "agencies": selectors.agencies(),
        "versions": selectors.latest_versions(),
        "is_expected": shown in here.book.expected_years,
    }
    return render(request, "calendar/year.html", context)


@require_POST
@screen("calendar.load", policy=CALENDAR)
def load(request: DeskRequest) -> HttpResponse:
    """Load the calendar that ships with the product, so that it can be changed."""
    actions.load_seed(call_from(request))
    messages.success(request, "Đã nạp lịch kèm phần mềm vào kho.")
    return redirect("calendar-year")


@screen("calendar.change_own", policy=CALENDAR)
def day(request: DeskRequest, day: date) -> HttpResponse:
    """Change what a day is."""
    here = asking.place(request, to_change=True)
    form = DayForm(request.POST or None, day=day, initial=here.initial_of(day), **here.for_form())
    return _ask(request, here, form, f"Sửa lịch {weekday(day)}", day.year)


@screen("calendar.change", policy=CALENDAR)
def swap(request: DeskRequest) -> HttpResponse:
    """Give a working day for a day of rest."""
    here = asking.place(request, to_change=True, only_shared=True)
    form = SwapForm(request.POST or None, initial=here.initial(), **here.for_form())
    return _ask(request, here, form, "Hoán đổi ngày làm việc", time.today().year)


@screen("calendar.change_own", policy=CALENDAR)
def week(request: DeskRequest) -> HttpResponse:
    """Change weekly sessions from a day on."""
    here = asking.place(request, to_change=True)
    today = max(here.working_time.first, min(time.today(), here.working_time.last))
    initial = {**here.initial(), "valid_from": today}
    form = WeekForm(request.POST or None, week=here.week_on(today), initial=initial, **here.for_form())
    return _ask(request, here, form, "Đổi lịch tuần", today.year)


@screen("calendar.change", policy=CALENDAR)
def confirm_year(request: DeskRequest, year: int) -> HttpResponse:
    """Enter that the notice for a year has come."""
    here = asking.place(request, to_change=True, only_shared=True)
    form = ConfirmYearForm(request.POST or None, year=year, initial=here.initial(), **here.for_form())
    return _ask(request, here, form, f"Xác nhận lịch năm {year}", year)


@screen("calendar.change", policy=CALENDAR)
def add_year(request: DeskRequest) -> HttpResponse:
    """Let the calendar reach one year further."""
    here = asking.place(request, to_change=True, only_shared=True)
    new = here.working_time.last.year + 1
    form = AddYearForm(request.POST or None, year=new, initial=here.initial(), **here.for_form())
    return _ask(request, here, form, f"Thêm năm {new}", new)


def _ask(request: DeskRequest, here: asking.Place, form: BasisForm, title: str, year: int) -> HttpResponse:
    """Show the form, then what it would do, then do it."""
    back = f"{reverse('calendar-year')}?{here.query(year)}"
    context: dict[str, Any] = {"here": here, "form": form, "title": title, "back": back}
    if request.method == "POST" and form.is_valid():
        try:
            proposal = here.proposal(form)
            if "confirm" in request.POST:
                made = proposing.perform(call_from(request), proposal)
                messages.success(request, f"Đã lập bản {made.number} của lịch. Các hạn trả đang được tính lại.")
                return redirect(back)
            context["preview"] = proposing.look(proposal)
            return render(request, "calendar/preview.html", context)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return render(request, "calendar/change.html", context, status=422 if form.errors else 200)
