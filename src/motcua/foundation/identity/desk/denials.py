"""What was denied to officers, for those who look after accounts and for auditors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core import spoken
from motcua.foundation.core.models import Denial
from motcua.foundation.core.paging import newest_first
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import SYSTEM, Ref, split
from motcua.foundation.core.spoken import Called
from motcua.foundation.core.views import DeskRequest, screen
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.policies import DENIALS

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One denial: when, whom, what he wanted of which subject, and why not."""

    at: datetime
    who: str
    agency: str
    verb: str
    subject: Called | None
    reason: str


@screen("denial.read", policy=DENIALS)
def denials(request: DeskRequest) -> HttpResponse:
    """List what was denied, the latest first (2 queries, 1 more where dossiers are among it)."""
    page = newest_first(request, DENIALS.rows(request.actor, "denial.read", Denial.objects.all()), PAGE)
    return render(request, "identity/denials.html", {"lines": _lines(request.actor, page.rows), "page": page})


def _lines(reader: Actor, rows: Sequence[Denial]) -> list[Line]:
    wanted = {split(row.actor)[1] for row in rows if row.actor.startswith(f"{Account.kind}:")}
    found = Account.objects.filter(public_id__in=wanted).select_related("home_agency")
    people = {account.ref: account for account in found}
    called = spoken.subjects(reader, {row.subject for row in rows if row.subject})
    return [_line(row, people.get(Ref(row.actor)), called.get(row.subject)) for row in rows]


def _line(row: Denial, person: Account | None, subject: Called | None) -> Line:
    outside = "Hệ thống" if row.actor == SYSTEM else "Người ngoài cơ quan"
    who, agency = (person.full_name, person.home_agency.name) if person else (outside, "")
    return Line(row.at, who, agency, spoken.verb(row.verb), subject, row.reason)
