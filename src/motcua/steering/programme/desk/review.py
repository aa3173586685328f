"""Handing in a decision, reviewing how it was read, approving it, taking over what amends it."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core import time
from motcua.foundation.core.errors import NotFound, Refusal
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.steering.programme import actions, importing, storing
from motcua.steering.programme.correcting import CELLS, corrected
from motcua.steering.programme.differing import differences
from motcua.steering.programme.kinds import Answers
from motcua.steering.programme.models import HandIn, Programme, StoredReading
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.review_forms import Answering, Approving, Handing, Heading, Recutting
from motcua.steering.programme.reviewing import facts_of, review_of
from motcua.steering.programme.types import Task

STALLED = timedelta(minutes=5)


@screen("programme.enter", policy=PROGRAMMES)
def hand_in(request: DeskRequest) -> HttpResponse:
    """Hand in the file of a decision; below, what was handed in before."""
    require(PROGRAMMES, request.actor, "programme.enter")
    form = Handing(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        if form.takes_long:
            return redirect("programme-handed-in", actions.hand_in(call_from(request), file=file).public_id)
        try:
            found = importing.import_file(call_from(request), file.name, file.read())
        except Refusal as refusal:
            form.add_error("document", refusal.message)
        else:
            assert found.programme is not None
            return redirect("programme-review", found.programme.public_id)
    rows = PROGRAMMES.rows(request.actor, "programme.read", Programme.objects.all())[:20]
    return _shown(request, "hand_in", form, programmes=rows)


@screen("programme.hand_in", policy=PROGRAMMES)
def handed_in(request: DeskRequest, public_id: str) -> HttpResponse:
    """Watch a file being read; a part of the page asks again by itself until it is over."""
    row = one(PROGRAMMES, request.actor, "programme.hand_in", HandIn.objects.all(), public_id=public_id)
    asks_again = request.headers.get("HX-Request")
    if row.programme is not None and not asks_again:
        return redirect("programme-review", row.programme.public_id)
    context = {"row": row, "is_stalled": not row.is_over and time.now() - row.at > STALLED}
    return render(request, "programme/_handed_in.html" if asks_again else "programme/handed_in.html", context)


@screen("programme.read", policy=PROGRAMMES)
def review(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show how a draft was read; take answers."""
    programme = _programme(request, public_id)
    if not programme.is_draft:
        return redirect("programme-amendment", public_id)
    found = review_of(programme)
    may = PROGRAMMES.may(request.actor, "programme.answer", programme)
    form = Answering(found, request.POST or None, day=programme.issued_on or time.today())
    if request.method == "POST" and form.is_valid():
        actions.answer(call_from(request), programme=programme, answers=form.answers())
        messages.success(request, "Đã lưu các câu trả lời; cách đọc bên dưới đã theo đó.")
        return redirect("programme-review", public_id)
    measures = sum(len(target.measures) for target in found.reading.targets)
    context = {
        "programme": programme, "review": found, "may": may, "header_facts": facts_of(found, programme),
        "group_words": f"{len(found.groups)} nhóm", "measure_words": f"{measures} chỉ tiêu",
    }
    return _shown(request, "review", form, **context)


@screen("programme.answer", policy=PROGRAMMES)
def recut(request: DeskRequest, public_id: str, uid: str) -> HttpResponse:
    """Lay out the cells of one row otherwise than they were read."""
    programme = _programme(request, public_id)
    require(PROGRAMMES, request.actor, "programme.answer", programme)
    task = _task(programme, uid)
    cells = {name: getattr(task, name) for name in CELLS if name not in {"period", "budget"}}
    cells |= {"period": task.period.text, "budget": task.budget.text}
    form = Recutting(request.POST or None, initial=cells)
    if request.method == "POST" and form.is_valid():
        said = {name: str(form.cleaned_data[name]) for name in CELLS}
        actions.answer(call_from(request), programme=programme, answers=Answers(cells={uid: said}))
        messages.success(request, f"Đã chia lại các ô của dòng {task.number or uid}; phần đọc được tính lại theo đó.")
        return redirect("programme-review", public_id)
    return _shown(request, "recut", form, programme=programme, task=task)


@screen("programme.correct_head", policy=PROGRAMMES)
def head(request: DeskRequest, public_id: str) -> HttpResponse:
    """Set what the reading missed of a draft's head: number, day, years."""
    programme = _programme(request, public_id)
    require(PROGRAMMES, request.actor, "programme.correct_head", programme)
    form = Heading(request.POST or None, initial={name: getattr(programme, name) for name in Heading.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_head(call_from(request), programme=programme, head=actions.Head(**form.cleaned_data))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã sửa phần đầu của bản đọc.")
            return redirect("programme-review", public_id)
    return _shown(request, "head", form, programme=programme)


@screen("programme.approve", policy=PROGRAMMES)
def approve(request: DeskRequest, public_id: str) -> HttpResponse:
    """Put a reviewed draft to work."""
    programme = _programme(request, public_id)
    require(PROGRAMMES, request.actor, "programme.approve", programme)
    form = _approving(request, programme, posted=True)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.approve(
                call_from(request), programme=programme, short=said["short"],
                steward=Agency.objects.get(public_id=said["steward"]), office=_agency(said["office"]),
                issuer=_agency(said["issuer"]),
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "Đã duyệt. Các dòng đã thành việc của từng cơ quan, có kỳ hạn.")
            return redirect("programme", public_id)
    return _shown(request, "approve", form, programme=programme)


@screen("programme.read", policy=PROGRAMMES)
def amendment(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show in what a later reading differs, and take it over."""
    programme = _programme(request, public_id)
    current = programme.readings.get(is_current=True)
    waiting = programme.readings.filter(sequence__gt=current.sequence).last()
    if request.method == "POST":
        actions.amend(call_from(request), programme=programme, ends_missing="ends" in request.POST)
        messages.success(request, "Đã áp dụng văn bản sửa đổi; nội dung cũ vẫn xem được ở từng dòng.")
        return redirect("programme", public_id)
    context = {
        "programme": programme, "waiting": waiting, "changes": _changes(current, waiting),
        "may": PROGRAMMES.may(request.actor, "programme.amend", programme), "readings": programme.readings.all(),
    }
    return render(request, "programme/amendment.html", context)


def _shown(request: DeskRequest, name: str, form: forms.Form, **context: object) -> HttpResponse:
    """Draw a page with its form; one with faults in it is no success."""
    return render(request, f"programme/{name}.html", {"form": form, **context}, status=422 if form.errors else 200)


def _changes(current: StoredReading, waiting: StoredReading | None) -> tuple[object, ...]:
    if waiting is None:
        return ()
    return differences(storing.reading_of(current.content), storing.reading_of(waiting.content))


def _programme(request: DeskRequest, public_id: str) -> Programme:
    return one(PROGRAMMES, request.actor, "programme.read", Programme.objects.all(), public_id=public_id)


def _task(programme: Programme, uid: str) -> Task:
    reading = storing.reading_of(programme.readings.get(is_current=True).content)
    found = corrected(reading, storing.answers_of(programme.answers)).tasks
    task = next((task for task in found if task.uid == uid), None)
    if task is None:
        raise NotFound("Văn bản này không có dòng đó. Anh/chị mở lại trang xem cách đọc.")
    return task


def _agency(public_id: str) -> Agency | None:
    return Agency.objects.filter(public_id=public_id).first() if public_id else None


def _approving(request: DeskRequest, programme: Programme, *, posted: bool = False) -> Approving:
    day = programme.issued_on or time.today()
    own = request.actor.agency_ref if isinstance(request.actor, Officer) else None
    mine = Agency.objects.filter(public_id=str(own or "").partition(":")[2]).first()
    above = Agency.objects.filter(states__in=AgencyState.objects.on(day).filter(kind="province")).first()
    initial = {"steward": mine.public_id if mine else None, "issuer": above.public_id if above else None}
    return Approving(request.POST or None if posted else None, day=day, initial=initial)
