"""Officers' pages of needles: all of a programme, one with its history, what is missing, which reading holds."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import Denied, NotFound, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.steering.programme import actions as programme_actions
from motcua.steering.programme import today
from motcua.steering.programme.desk.books import targets
from motcua.steering.programme.desk.common import frame, programme_of
from motcua.steering.programme.desk.rows import evidence
from motcua.steering.programme.forms import posted
from motcua.steering.programme.models import Measure, Task
from motcua.steering.programme.needles import actions, drawing, gaps, presenting, rules, selectors
from motcua.steering.programme.needles.forms import ChooseForm, NeedleEntryForm, ReadingForm
from motcua.steering.programme.needles.models import Formula
from motcua.steering.programme.needles.policies import NEEDLES

OVERDUE = "qua-han-nhap"
serving = targets
"""What serves which target: the page that stood at this address before needles took it."""


@screen("programme.read", policy=NEEDLES)
def needles(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the needles of a programme under their targets."""
    programme = programme_of(request, public_id)
    found = selectors.needles(programme, today.day())
    asked = request.GET.get("tinh-trang", "")
    shown = [one for one in found if asked in {"", one.verdict.value} or (asked == OVERDUE and one.is_overdue)]
    context = {
        **frame(request, programme, "targets"), "targets": presenting.by_target(shown), "asked": asked,
        "sums": presenting.sums(found), "overdue": sum(one.is_overdue for one in found), "method": rules.METHOD,
    }
    return render(request, "programme/needles.html", context)


@screen("programme.read", policy=NEEDLES)
def needle(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one needle with its history and its readings; take a value from who answers for it."""
    row = one(NEEDLES, request.actor, "programme.read", selectors.measures(), public_id=public_id)
    found = selectors.needle(row, today.day())
    may = not found.readings and NEEDLES.may(request.actor, "needle.count", row)
    form = NeedleEntryForm(*posted(request), measure=row, initial={"on": today.day()})
    if request.method == "POST":
        require(NEEDLES, request.actor, "needle.count", row)
        if form.is_valid() and _entered(request, row, form):
            return redirect("programme-needle", public_id)
    context = {**frame(request, row.target.programme, "targets"), **_page(request, found), "form": form, "may": may}
    return render(request, "programme/needle.html", context, status=422 if form.errors else 200)


def _page(request: DeskRequest, found: selectors.Needle) -> dict[str, object]:
    row, day = found.measure, today.day()
    programme = row.target.programme
    first = found.baseline.on if found.baseline else programme.issued_on or day
    last = found.goal.by if found.goal else day
    entries = list(selectors.entries_of(row))
    return {
        "measure": row, "shown": presenting.shown(found), "chart": drawing.history(found, first, max(last, day), day),
        "method": rules.METHOD, "entries": entries, "replaced": selectors.replaced(entries),
        "choices": list(selectors.choices_of(row)),
        "tasks": Task.objects.filter(links__measure=row), "binds": NEEDLES.may(request.actor, "needle.choose", row),
        "history": [
            (value, presenting.amount(value.value, row.unit), presenting.sides(value))
            for value in reversed(found.history)
        ],
    }


def _entered(request: DeskRequest, row: Measure, form: NeedleEntryForm) -> bool:
    said = form.cleaned_data
    try:
        with evidence(form) as puts:
            if form.is_count if "numerator" in form.fields else False:
                actions.count(
                    call_from(request), measure=row, on=said["on"], numerator=said["numerator"],
                    denominator=said["denominator"], source=said["source"], puts=puts,
                )
            else:
                programme_actions.enter_value(
                    call_from(request), measure=row, on=said["on"], value=said["value"], source=said["source"],
                    puts=puts,
                )
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    messages.success(request, "Số liệu đã lưu.")
    return True


@screen("needle.choose", policy=NEEDLES)
def choose(request: DeskRequest, public_id: str) -> HttpResponse:
    """Choose which reading of a measure holds, with the result of each beside it."""
    row = one(NEEDLES, request.actor, "needle.choose", selectors.measures(), public_id=public_id)
    found = selectors.needle(row, today.day())
    holding = found.holding
    form = ChooseForm(
        request.POST if request.method == "POST" else None, measure=row,
        initial={"on": today.day(), "formula": holding.formula.code if holding else ""},
    )
    if request.method == "POST" and form.is_valid() and _chosen(request, row, form):
        return redirect("programme-needle", public_id)
    context = {
        **frame(request, row.target.programme, "targets"), "measure": row, "shown": presenting.shown(found),
        "form": form,
    }
    return render(request, "programme/needle_choose.html", context, status=422 if form.errors else 200)


def _chosen(request: DeskRequest, row: Measure, form: ChooseForm) -> bool:
    formula, on, basis = (form.cleaned_data[name] for name in ("formula", "on", "basis"))
    assert isinstance(formula, Formula)
    assert isinstance(on, date)
    try:
        actions.choose(call_from(request), measure=row, formula=formula, on=on, basis=basis)
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    messages.success(request, f"Từ nay chỉ tiêu này đọc theo cách: {formula.words}.")
    return True


@screen("needle.offer", policy=NEEDLES)
def bind(request: DeskRequest, public_id: str) -> HttpResponse:
    """Bind a measure to a number of the platform, or offer one more reading of it."""
    row = one(NEEDLES, request.actor, "needle.offer", selectors.measures(), public_id=public_id)
    form = ReadingForm(
        request.POST if request.method == "POST" else None, measure=row, initial={"on": today.day()}
    )
    if request.method == "POST" and form.is_valid() and _bound(request, row, form):
        return redirect("programme-needle", public_id)
    context = {**frame(request, row.target.programme, "targets"), "measure": row, "form": form}
    return render(request, "programme/needle_bind.html", context, status=422 if form.errors else 200)


def _bound(request: DeskRequest, row: Measure, form: ReadingForm) -> bool:
    said = form.cleaned_data
    try:
        actions.offer(
            call_from(request), measure=row, readings=form.offered(), on=said["on"], basis=said["basis"]
        )
    except Denied:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    messages.success(request, "Chỉ tiêu đã gắn với số liệu của hệ thống.")
    return True


@screen("programme.read", policy=NEEDLES)
def missing(request: DeskRequest, public_id: str, code: str) -> HttpResponse:
    """Show the rows that a reading of a measure lacks."""
    row = one(NEEDLES, request.actor, "programme.read", selectors.measures(), public_id=public_id)
    found = selectors.needle(row, today.day())
    reading = next((one for one in presenting.shown(found).readings if one.reading.formula.code == code), None)
    if reading is None or reading.missing is None:
        raise NotFound("Chỉ tiêu này không có danh sách như vậy. Anh/chị mở lại từ trang chỉ tiêu.")
    formula = reading.reading.formula
    context = {
        **frame(request, row.target.programme, "targets"), "measure": row, "reading": reading,
        "gap": gaps.gap(formula, request.actor, request.GET.get("sau", "")), "after": request.GET.get("sau", ""),
    }
    return render(request, "programme/needle_missing.html", context)
