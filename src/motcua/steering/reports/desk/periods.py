"""Periods: the list, opening one, its board."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.foundation.core import time
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, screen
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.steering.reports import actions, presenting, selectors
from motcua.steering.reports.forms import OpenPeriod
from motcua.steering.reports.models import Period
from motcua.steering.reports.policies import REPORTS


@screen("report_period.read", policy=REPORTS)
def periods(request: DeskRequest) -> HttpResponse:
    """All periods that I follow."""
    opens = REPORTS.may(request.actor, "report_period.open")
    return render(request, "reports/periods.html", {"periods": selectors.periods(request.actor), "opens": opens})


@screen("report_period.open", policy=REPORTS)
def opening(request: DeskRequest) -> HttpResponse:
    """Open a period; the agency I act for gathers for the province."""
    form = OpenPeriod(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.actor, Officer)
        drafter = Agency.objects.get(pk=request.actor.agency_id)
        try:
            period = actions.open_period(call_from(request), plan=form.cleaned_data["plan"], drafter=drafter)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã mở kỳ báo cáo; số liệu của mọi đơn vị đã được điền.")
            return redirect("report-period", period.public_id)
    return render(request, "reports/opening.html", {"form": form}, status=422 if form.errors else 200)


@screen("report_period.refill", policy=REPORTS)
@require_POST
def refill(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take the numbers of all open reports anew."""
    period = one(REPORTS, request.actor, "report_period.refill", Period.objects.all(), public_id=public_id)
    actions.refill(call_from(request), period=period)
    messages.success(request, "Đã lấy lại số liệu cho mọi báo cáo chưa gửi; báo cáo đã gửi giữ nguyên.")
    return redirect("report-period", period.public_id)


@screen("report_period.read", policy=REPORTS)
def regimes_page(request: DeskRequest) -> HttpResponse:
    """The regimes as data: who reports, on which days, by when, on what basis."""
    return render(request, "reports/regimes.html", {"view": presenting.regimes_page(time.today())})


@screen("report_period.read", policy=REPORTS)
def board(request: DeskRequest, public_id: str) -> HttpResponse:
    """Who has sent, who is late."""
    period = one(
        REPORTS, request.actor, "report_period.read", Period.objects.select_related("drafter"), public_id=public_id
    )
    refills = REPORTS.may(request.actor, "report_period.refill", period)
    context = {"view": presenting.board_page(selectors.board(period)), "refills": refills}
    return render(request, "reports/board.html", context)
