"""Intake at the counter, and the page that a received dossier shows."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.foundation.core import time
from motcua.foundation.core.errors import Denied, Refusal
from motcua.foundation.core.prepared import Prepared
from motcua.foundation.core.registers import Kept
from motcua.foundation.core.views import DeskRequest, call_from, one, require, screen
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import selectors
from motcua.service.dossiers.intake import choosing, receiving
from motcua.service.dossiers.intake.choosing import Chosen
from motcua.service.dossiers.intake.form import Intake
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.procedures.models import ProcedureVersion
from motcua.service.procedures.types import State

PRINTS_BY_ITSELF = timedelta(minutes=2)
"""How long after receipt the page still prints the slip by itself."""


_AGENCY = Kept(Prepared(lambda key: Agency.objects.filter(pk=key), 0).first)
_IN_FORCE = Kept(
    Prepared(
        lambda public_id: ProcedureVersion.objects.filter(state=State.IN_FORCE, public_id=public_id)
        .select_related("procedure"), "",
    ).first
)


@screen("dossier.receive", policy=DOSSIERS)
def intake(request: DeskRequest) -> HttpResponse:
    """Receive a dossier: procedure, then case where there are several, then one form."""
    officer = request.actor
    assert isinstance(officer, Officer)
    agency = _AGENCY(officer.agency_id)
    assert agency is not None
    require(DOSSIERS, officer, "dossier.receive", agency)
    version = _IN_FORCE(request.GET.get("thu-tuc", ""))
    if version is None:
        return _choose(request, officer)
    chosen = choosing.chosen(
        version, agency, request.GET.get("truong-hop", ""), time.now(), preset=request.method != "POST"
    )
    if chosen.asks_case:
        return render(request, "dossiers/intake_case.html", {"chosen": chosen})
    if request.method != "POST":
        return _form(request, chosen, Intake(chosen, auto_id="tn_%s"))
    if request.POST.get("do") == "tim":
        return _find(request, officer, chosen)
    return _receive(request, chosen)


def _choose(request: DeskRequest, officer: Officer) -> HttpResponse:
    text = request.GET.get("tim", "").strip()[:100]
    found = choosing.procedures(text, time.today()) if text else choosing.usual(officer.agency_id)
    return render(request, "dossiers/intake_procedure.html", {"text": text, "found": found})


def _form(request: DeskRequest, chosen: Chosen, form: Intake, *, said: str = "", status: int = 200) -> HttpResponse:
    return render(request, "dossiers/intake.html", {"chosen": chosen, "form": form, "said": said}, status=status)


def _find(request: DeskRequest, officer: Officer, chosen: Chosen) -> HttpResponse:
    """Fill in what is known of the person; nothing is checked or written yet."""
    data = request.POST
    person = receiving.known_person(officer, data.get("identity", ""), data.get("phone", ""))
    if person is not None:
        said = f"Đã điền theo hồ sơ {person.code}. Anh/chị hỏi lại xem còn đúng không."
    else:
        said = "Chưa có hồ sơ nào ở quầy này với số vừa nhập. Anh/chị nhập tiếp họ tên."
    form = Intake(chosen, initial=receiving.filled(data, person).dict(), auto_id="tn_%s")
    return _form(request, chosen, form, said=said)


def _receive(request: DeskRequest, chosen: Chosen) -> HttpResponse:
    sent, refusal = Intake.sent(chosen, request.POST), None
    if sent.is_valid():
        try:
            dossier = receiving.receive(call_from(request), sent)
        except Denied:
            raise
        except Refusal as error:
            refusal = error
        else:
            return redirect("dossier-received", public_id=dossier.public_id)
    form = Intake(chosen, request.POST, auto_id="tn_%s")
    if form.is_valid() and refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _form(request, chosen, form, status=refusal.status if refusal else 422)


@screen("dossier.read", policy=DOSSIERS)
def received(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the code in large type, print the slip, and lead to the next person."""
    rows = Dossier.objects.select_related("version_of__procedure", "receiving", "competent")
    row = one(DOSSIERS, request.actor, "dossier.read", rows, public_id=public_id)
    prints = time.now() - row.received_at < PRINTS_BY_ITSELF
    missing = [paper.name for paper in selectors.missing_papers(row)]
    return render(request, "dossiers/received.html", {"dossier": row, "prints": prints, "missing": missing})
