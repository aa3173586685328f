"""The papers of a dossier as PDF, for officers who may read it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from motcua.foundation.core import journal
from motcua.foundation.core.denials import NOT_THERE, Unseen
from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.papers import keeping
from motcua.foundation.core.papers.models import Paper
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.views import DeskRequest, one, screen
from motcua.service.dossiers import selectors
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.papers import issuing, loading
from motcua.service.dossiers.papers.issuing import PAPERS
from motcua.service.dossiers.policies import DOSSIERS


@screen("dossier.read", policy=DOSSIERS)
def slip(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the receipt-and-appointment slip; the first look issues it, every other serves the same bytes."""
    found = loading.slip(public_id)
    if found is None:
        raise NotFound(NOT_THERE)
    if not PAPERS.may(request.actor, "dossier.print", found.dossier):
        raise Unseen("dossier.print", found.dossier)
    journal.read(request.actor, found.dossier.ref, "dossier.print")
    return _answer(issuing.slip_of(Call(request.actor), found))


@screen("dossier.read", policy=DOSSIERS)
def control_slip(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the control slip as the last hand-over left it."""
    among = Dossier.objects.select_related("version_of", "receiving", "competent")
    dossier = one(DOSSIERS, request.actor, "dossier.read", among, public_id=public_id)
    journal.read(request.actor, dossier.ref, "dossier.print")
    return _answer(issuing.control_slip_of(Call(request.actor), dossier))


@screen("dossier.read", policy=DOSSIERS)
def letter(request: DeskRequest, letter_id: str) -> HttpResponse:
    """Show a letter to an applicant; the first look sets it, every other serves the same bytes."""
    found = selectors.letters().filter(public_id=letter_id).first()
    if found is None:
        raise NotFound(NOT_THERE)
    if not DOSSIERS.may(request.actor, "dossier.read", found):
        raise Unseen("dossier.read", found)
    journal.read(request.actor, found.dossier.ref if found.dossier else found.ref, "dossier.print")
    return _answer(issuing.letter_of(Call(request.actor), found))


def _answer(paper: Paper) -> HttpResponse:
    answer = HttpResponse(keeping.read(paper), content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(False, paper.file.name) or "inline"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
