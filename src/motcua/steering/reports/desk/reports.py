"""My unit's reports, one report, one cell, the roll-up; and what is done with a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.foundation.core.errors import NotFound, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.steering.reports import actions, presenting, selectors
from motcua.steering.reports.forms import Contest, Reason, Words
from motcua.steering.reports.models import Report
from motcua.steering.reports.policies import REPORTS, states_for
from motcua.steering.reports.types import CellKind, RemarkKind, State


def report_of(request: DeskRequest, public_id: str, verb: str = "report.read") -> Report:
    """Return a report the person may read. Raises NotFound."""
    return one(REPORTS, request.actor, verb, selectors.whole(), public_id=public_id)


@screen("report.read", policy=REPORTS)
def desk(request: DeskRequest) -> HttpResponse:
    """What my unit owes, what waits for me from below, what was sent."""
    follows = bool(selectors.periods(request.actor)) or REPORTS.may(request.actor, "report_period.open")
    context = {"view": presenting.desk_page(request.actor), "follows": follows}
    return render(request, "reports/desk.html", context)


@screen("report.read", policy=REPORTS)
def report(request: DeskRequest, public_id: str) -> HttpResponse:
    """One report: figures with both sides, words, what may be done now."""
    row = report_of(request, public_id)
    return _page(request, row)


def _page(request: DeskRequest, row: Report, form: Words | None = None) -> HttpResponse:
    shown = selectors.shown(row, request.actor)
    view = presenting.page(request.actor, row, shown)
    words = form or (Words(shown.content) if "write" in view.may else None)
    context = {"view": view, "shown": shown, "report": row, "words": words, "reason": Reason()}
    context |= {"editions": row.editions.all(), "corrects": "correct" in view.may}
    return render(request, "reports/report.html", context, status=422 if form else 200)


@screen("report.write", policy=REPORTS)
@require_POST
def write(request: DeskRequest, public_id: str) -> HttpResponse:
    """Keep words and typed numbers."""
    row = report_of(request, public_id)
    require(REPORTS, request.actor, "report.write", row)
    form = Words(selectors.content(row), request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        actions.write(call_from(request), report=row, texts=form.texts(), values=form.values())
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, row, form)
    messages.success(request, "Đã lưu lời và số tự nhập.")
    return redirect("report", row.public_id)


@screen("report.read", policy=REPORTS)
def cell(request: DeskRequest, public_id: str, code: str) -> HttpResponse:
    """One figure: both sides, how it is counted, its rows, and the form to set one's own beside it."""
    row = report_of(request, public_id)
    shown = selectors.shown(row, request.actor)
    said = shown.content.figure(code)
    if said is None:
        raise NotFound("Biểu này không có ô như vậy. Chưa có gì thay đổi; anh/chị quay lại báo cáo.")
    may = State(row.state) in states_for("report.contest") and REPORTS.may(request.actor, "report.contest", row)
    form = Contest(request.POST or None) if may and said.cell.kind is CellKind.NUMBER else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.contest(call_from(request), report=row, cell=code, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã ghi số của đơn vị bên cạnh số hệ thống.")
            return redirect("report", row.public_id)
    context = {"report": row, "said": said, "row": presenting.cell_row(row, said), "form": form, "shown": shown}
    opened = selectors.opened(request.actor, row, said.cell, shown.as_of)
    return render(request, "reports/cell.html", context | {"opened": opened})


@screen("report.take_back", policy=REPORTS)
@require_POST
def take_back(request: DeskRequest, public_id: str, code: str) -> HttpResponse:
    """Take the unit's own figure back."""
    row = report_of(request, public_id)
    done = "Đã bỏ số của đơn vị; số hệ thống đứng một mình."
    return _do(request, row, done, lambda call: actions.take_back(call, report=row, cell=code))


@screen("report.read", policy=REPORTS)
def roll_up(request: DeskRequest, public_id: str) -> HttpResponse:
    """Unit by unit, the sum of what they sent, and what the registry counts itself."""
    row = report_of(request, public_id)
    shown = selectors.shown(row, request.actor)
    content = shown.content
    if not content.gathers:
        raise NotFound("Báo cáo này không tổng hợp đơn vị nào. Chưa có gì thay đổi; anh/chị quay lại báo cáo.")
    corrects = State(row.state) in states_for("report.correct") and REPORTS.may(request.actor, "report.correct", row)
    context = {"report": row, "content": content, "view": presenting.roll_up(content), "shown": shown}
    context["corrects"] = corrects
    return render(request, "reports/roll_up.html", context)


@screen("report.refresh", policy=REPORTS)
@require_POST
def refresh(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take the numbers anew."""
    row = report_of(request, public_id)
    return _do(request, row, "Đã lấy lại số liệu từ hệ thống.", lambda call: actions.refresh(call, report=row))


@screen("report.send", policy=REPORTS)
@require_POST
def send(request: DeskRequest, public_id: str) -> HttpResponse:
    """Sign and send."""
    row = report_of(request, public_id)
    done = "Đã ký gửi báo cáo; số liệu và lời được niêm phong."
    saw = request.POST.get("saw", "")
    return _do(request, row, done, lambda call: actions.send(call, report=row, saw=saw))


@screen("report.receive", policy=REPORTS)
@require_POST
def receive(request: DeskRequest, public_id: str) -> HttpResponse:
    """Receive what was sent."""
    row = report_of(request, public_id)
    return _do(request, row, "Đã nhận báo cáo.", lambda call: actions.receive(call, report=row))


@screen("report.give_back", policy=REPORTS)
@require_POST
def give_back(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give back with a reason."""
    return _with_reason(request, public_id, RemarkKind.RETURN)


@screen("report.correct", policy=REPORTS)
@require_POST
def correct(request: DeskRequest, public_id: str) -> HttpResponse:
    """Begin a further version."""
    return _with_reason(request, public_id, RemarkKind.CORRECT)


def _with_reason(request: DeskRequest, public_id: str, what: RemarkKind) -> HttpResponse:
    row, form = report_of(request, public_id), Reason(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if what is RemarkKind.RETURN:
        done = "Đã trả lại báo cáo để đơn vị làm lại."
        return _do(request, row, done, lambda call: actions.give_back(call, report=row, reason=reason))
    done = "Đã mở đính chính; phiên bản trước vẫn có hiệu lực đến khi gửi phiên bản mới."
    return _do(request, row, done, lambda call: actions.correct(call, report=row, reason=reason))


def _do(request: DeskRequest, row: Report, done: str, work: Callable[[Any], Report]) -> HttpResponse:
    """Do one thing with a report and go back to it; what refuses is said on top of the page."""
    try:
        work(call_from(request))
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("report", row.public_id)
