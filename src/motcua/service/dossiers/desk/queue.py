"""The queue of an officer, looking for a dossier, and accepting several at once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from motcua.foundation.core import time
from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.looks import QueueGroup
from motcua.foundation.core.refs import PUBLIC_ID, Ref
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.views import DeskRequest, call_from, screen
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.service.dossiers import actions, selectors
from motcua.service.dossiers.forms import Search
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting import board
from motcua.service.dossiers.selectors import Narrowed, Page

MINE, AGENCY, READY = "toi", "co-quan", "cho-tra"
AT_MOST = 100
"""Rows accepted by one press; a page holds fewer."""


@screen("dossier.read", policy=DOSSIERS)
def queue(request: DeskRequest) -> HttpResponse:
    """Show what waits for me, the most urgent first."""
    officer = request.actor
    assert isinstance(officer, Officer)
    view = request.GET.get("xem") or (AGENCY if officer.has(*LEADERS) else MINE)
    after, narrowed = request.GET.get("sau", ""), _narrowed(request.GET, view)
    page = selectors.ready(officer, after=after) if view == READY else selectors.queue(
        officer, after=after, narrowed=narrowed
    )
    waiting = selectors.given_away(officer) if view == MINE and not after else []
    groups = _groups(view, page, waiting, officer)
    context = {
        "groups": groups, "tick": _tick(groups), "view": view, "next": _next(request.GET, view, page),
        "views": _views(officer), "narrowed": narrowed, "search": Search(auto_id="tim_%s"),
        "can_receive": officer.has(Role.RECEPTION), "after": after,
        "moved_on": "" if groups else selectors.moved_on(officer),
    }
    return render(request, "dossiers/queue.html", context)


def _groups(view: str, page: Page, waiting: list[Dossier], officer: Officer) -> list[QueueGroup]:
    now = time.now()
    if view == READY:
        return [QueueGroup("Chờ trả kết quả", board.rows(page.rows, now))] if page.rows else []
    return board.groups(page.rows, now, officer, waiting)


def _tick(groups: list[QueueGroup]) -> str:
    """Return the name of the tick boxes, or nothing where no row can be accepted."""
    return "ho-so" if any(row.key for group in groups for row in group.rows) else ""


def _narrowed(data: QueryDict, view: str) -> Narrowed:
    def number(name: str) -> int | None:
        text = data.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 16 else None

    return Narrowed(mine=view == MINE, step=number("buoc"), person=number("nguoi"))


def _views(officer: Officer) -> list[tuple[str, str]]:
    views = [(MINE, "Của tôi"), (AGENCY, "Cả cơ quan")]
    return [*views, (READY, "Chờ trả kết quả")] if officer.has(Role.RECEPTION) else views


def _next(data: QueryDict, view: str, page: Page) -> str:
    if page.after is None:
        return ""
    kept = {name: data[name] for name in ("buoc", "nguoi") if data.get(name)}
    return "?" + urlencode({"xem": view, **kept, "sau": page.after})


@screen("dossier.read", policy=DOSSIERS)
def narrowing(request: DeskRequest) -> HttpResponse:
    """Ask by which step or person to narrow the queue; a part of the page, or a page of its own."""
    assert isinstance(request.actor, Officer)
    steps, people = selectors.choices(request.actor)
    chosen = {"step": request.GET.get("buoc", ""), "person": request.GET.get("nguoi", "")}
    return render(request, "dossiers/narrowing.html", {"steps": steps, "people": people, **chosen})


@screen("dossier.read", policy=DOSSIERS)
def search(request: DeskRequest) -> HttpResponse:
    """Find dossiers by code, name or number. Sent by POST: a number must not stand in an address."""
    form = Search(request.POST if request.method == "POST" else None, auto_id="tim_%s")
    rows = selectors.search(request.actor, form.cleaned_data["q"]) if form.is_valid() else []
    groups = [QueueGroup("", board.rows(rows, time.now()))] if rows else []
    context = {"search": form, "groups": groups, "full": len(rows) >= selectors.PAGE}
    return render(request, "dossiers/search.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row of a bulk work."""

    dossier: Dossier
    problem: str = ""


@require_POST
@screen("dossier.accept", policy=DOSSIERS)
def accept_many(request: DeskRequest) -> HttpResponse:
    """Accept the ticked dossiers, one transaction a row, and report row by row."""
    ticked = dict(word.partition("@")[::2] for word in request.POST.getlist("ho-so")[:AT_MOST])
    rows = selectors.readable(request.actor).filter(public_id__in=[key for key in ticked if PUBLIC_ID.fullmatch(key)])
    call = call_from(request)
    outcomes = [_accept(call, row, ticked[row.public_id]) for row in rows]
    done = sum(1 for outcome in outcomes if not outcome.problem)
    context = {"outcomes": outcomes, "done": done, "unknown": len(ticked) - len(outcomes)}
    return render(request, "dossiers/accepted.html", context)


def _accept(call: Call, row: Dossier, version: str) -> Outcome:
    seen = {Ref(row.ref): int(version)} if version.isdecimal() and len(version) < 19 else {}
    try:
        actions.accept(Call(call.actor, request_key=f"{call.request_key}-{row.public_id}", seen=seen), dossier=row)
    except Refusal as refusal:
        return Outcome(row, refusal.message)
    return Outcome(row)
