"""Leading away from a form that is no longer his who asks for it: he pressed “back”, or a colleague was quicker."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.views import DeskRequest
from motcua.service.dossiers import rules
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting.glance import ENDED, holder_words
from motcua.service.dossiers.types import State

NOT_NOW = "Trang vừa mở là của một việc anh/chị không còn làm với hồ sơ này. Chưa có gì thay đổi."


def led_away(request: DeskRequest, verb: str, dossier: Dossier, row: object = None) -> HttpResponse | None:
    """Return the way to the dossier's page with a calm word, or None where the form may be shown.

    Only who looks is led away, and he tried nothing: no denial is noted. What is sent meets policy and rules as ever.
    `row` is what the policy is asked about where that is not the dossier itself.
    """
    if request.method == "POST":
        return None
    is_mine = DOSSIERS.may(request.actor, verb, row or dossier)
    said = _not_now(verb, dossier) if is_mine else f"{_whose(dossier)} {NOT_NOW}"
    if not said:
        return None
    messages.info(request, said)
    return redirect("dossier", public_id=dossier.public_id)


def _not_now(verb: str, dossier: Dossier) -> str:
    """Return why the verb cannot follow, or nothing."""
    if verb not in rules.MAY:
        return ""
    try:
        rules.check(verb, State(dossier.state), awaited=dossier.is_awaited)
    except Refusal as refusal:
        return refusal.message
    return ""


def _whose(dossier: Dossier) -> str:
    """Return who holds it now: the place, and the person where one took it."""
    state = State(dossier.state)
    if state in ENDED:
        return f"Hồ sơ đã kết thúc: {holder_words(dossier)}."
    person = dossier.at_account if state.is_open and not dossier.is_awaited else None
    return f"Hồ sơ này nay ở: {holder_words(dossier)}{f', {person.full_name} giữ' if person else ''}."
