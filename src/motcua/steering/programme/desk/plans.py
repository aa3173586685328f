"""Plans made from the programme, and reminders on its ladder."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core.errors import NotFound, Refusal
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import actions, today
from motcua.steering.programme.desk.common import frame, programme_of, year_asked
from motcua.steering.programme.kinds import Rung
from motcua.steering.programme.models import Assignment, Programme, Reminder
from motcua.steering.programme.papers.letters import letter_of
from motcua.steering.programme.planning import Plan, plan_of
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.reminding import digests, ladder_of
from motcua.steering.programme.workbook import plan_book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: DeskRequest, programme: Programme) -> Plan:
    """Return the plan an address asks for: of which year (“ca-ky” for all), of which agency."""
    key = request.GET.get("co-quan", "")[:24]
    agency = Agency.objects.filter(public_id=key).first() if key else None
    if key and agency is None:
        raise NotFound("Không có cơ quan như vậy trong danh mục.")
    is_whole = request.GET.get("nam") == "ca-ky"
    return plan_of(programme, today.day(), None if is_whole else year_asked(request, programme.years), agency)


@screen("programme.read", policy=PROGRAMMES)
def plan(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the plan of a year, of all or of one agency."""
    programme = programme_of(request, public_id)
    involved = Assignment.objects.filter(task__programme=programme, agency__isnull=False).values("agency")
    context = {
        **frame(request, programme, "plan"), "plan": _asked(request, programme), "years": [*programme.years],
        "agencies": Agency.objects.filter(pk__in=involved).order_by("name"),
        "query": request.GET.urlencode(),
    }
    return render(request, "programme/plan.html", context)


@screen("programme.read", policy=PROGRAMMES)
def plan_file(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give the same plan as an Excel file."""
    programme = programme_of(request, public_id)
    answer = HttpResponse(plan_book(programme, _asked(request, programme)), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="ke-hoach.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class LadderForm(forms.Form):
    """Days after the due date for each rung."""

    def __init__(self, *args: object, programme: Programme, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for rung, days in ladder_of(programme).items():
            self.fields[rung.value] = forms.IntegerField(
                label=rung.label, initial=days, localize=False, min_value=-365, max_value=3650,
                widget=forms.TextInput({"inputmode": "numeric"}),
            )


@screen("programme.read", policy=PROGRAMMES)
def reminders(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what was sent, what is to be said today, and the ladder; the steward sends and sets."""
    programme = programme_of(request, public_id)
    form = LadderForm(request.POST if request.method == "POST" else None, programme=programme)
    if request.method == "POST":
        require(PROGRAMMES, request.actor, "programme.set_ladder", programme)
        if form.is_valid():
            try:
                ladder = {rung: form.cleaned_data[rung.value] for rung in Rung}
                actions.set_ladder(call_from(request), programme=programme, ladder=ladder)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                return redirect("programme-reminders", public_id)
    context = {
        **frame(request, programme, "reminders"), "form": form, "digests": digests(programme, today.day()),
        "sent": programme.reminders.select_related("to").prefetch_related("lines")[:60],
    }
    return render(request, "programme/reminders.html", context, status=422 if form.errors else 200)


@screen("reminder.issue", policy=PROGRAMMES)
def remind(request: DeskRequest, public_id: str) -> HttpResponse:
    """Send what is to be said today."""
    programme = programme_of(request, public_id)
    if request.method == "POST":
        made = actions.remind(Call(request.actor), programme)
        messages.success(request, f"Đã lập {len(made)} văn bản nhắc, đôn đốc." if made else "Không có gì phải nhắc.")
    return redirect("programme-reminders", public_id)


@screen("programme.read", policy=PROGRAMMES)
def letter(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show a letter of reminder; the first look sets it, every other serves the same bytes."""
    rows = Reminder.objects.select_related("programme", "to", "sender")
    row = one(PROGRAMMES, request.actor, "programme.read", rows, public_id=public_id)
    paper = letter_of(Call(request.actor), row)
    answer = HttpResponse(keeping.read(paper), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.file.name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
