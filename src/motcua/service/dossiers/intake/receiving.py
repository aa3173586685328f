"""From the filled form to the verb, and from a number to a person who was here before."""

from __future__ import annotations

from django.db.models import Q
from django.http import QueryDict

from motcua.foundation.core import journal
from motcua.foundation.core.crypto import Unopened, blind_index
from motcua.foundation.core.time import local_day, now
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer
from motcua.foundation.law.errors import NoSuchRule
from motcua.foundation.law.selectors import rule_set_at
from motcua.foundation.organisations.selectors import predecessors
from motcua.service.dossiers import actions
from motcua.service.dossiers.intake.form import Intake
from motcua.service.dossiers.models import Dossier


def receive(call: Call, form: Intake) -> Dossier:
    """Receive what a valid form says. Raises what `actions.receive` raises."""
    chosen, answers = form.chosen, form.cleaned_data
    way = chosen.way(answers["way"])
    return actions.receive(
        call, agency=chosen.agency, competent=answers["competent"], version=chosen.version, limit=way.limit,
        process=chosen.process, first_step=chosen.steps[0] if chosen.steps else None,
        applicant=form.applicant_in(), papers=form.papers_in(), channel=way.channel, case=chosen.case,
        request=answers["request"], rule_set=rule_set_now(),
    )


def rule_set_now() -> str:
    """Return the code of the rule set under which a dossier is received today, or nothing where none is loaded."""
    try:
        return rule_set_at(local_day(now())).code
    except NoSuchRule:
        return ""


def known_person(actor: Officer, identity: str, phone: str) -> Dossier | None:
    """Return the latest dossier of this identity number or telephone at the officer's own counter (1 query).

    The counters of ended agencies whose work his agency carries are his own, too. Another agency's applicants are not
    to be found by trying numbers; whom an officer finds is in the access journal.
    """
    wanted = Q()
    for column, kind, number in (("identity_index", "identity", identity), ("phone_index", "phone", phone)):
        index = blind_index(kind, number)
        wanted |= Q(**{column: index}) if index else Q()
    if not wanted:
        return None
    own = Q(receiving=actor.agency_id) | Q(receiving__in=predecessors([actor.agency_id]))
    found = Dossier.objects.filter(wanted, own).order_by("-received_at", "-id").first()
    if found is not None:
        journal.read(actor, found.ref, "dossier.find-person")
    return found


def filled(data: QueryDict, person: Dossier | None) -> QueryDict:
    """Return what was typed, with what is known of the person in the empty fields."""
    answers = data.copy()
    if person is not None:
        known = {
            "identity": person.applicant_identity, "phone": person.applicant_phone, "applicant": person.applicant,
            "address": person.applicant_address,
        }
        for name, value in known.items():
            answers[name] = answers.get(name, "").strip() or ("" if isinstance(value, Unopened) else value)
    return answers
