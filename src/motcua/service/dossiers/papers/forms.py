"""Which form of which set a paper is, and how its agency was called on that day.

Both change by decisions that are entered days ahead; a process remembers them for a minute.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q

from motcua.foundation.core import time
from motcua.foundation.law import selectors as law
from motcua.foundation.law.errors import NoSuchRule
from motcua.foundation.law.types import Trust
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.service.dossiers.papers.types import Form, Standing
from motcua.service.dossiers.papers.words import place_name


def on(key: str, at: datetime) -> Form:
    """Return the form of a key in the set in force on the day a dossier was received (1 query a minute)."""
    try:
        return _on(key, time.local_day(at), _minute())
    except NoSuchRule:
        return Form()


def paper_size(at: datetime) -> str:
    """Return the size of the forms in the set of the day, "a5" or "a4" (1 query a minute)."""
    return _paper_size(time.local_day(at), _minute())


def standing(agency_public_id: str, at: datetime) -> Standing:
    """Return an agency's title and place on the day (1 query a minute)."""
    return _standing(agency_public_id, time.local_day(at), _minute())


def _minute() -> int:
    return time.microseconds(time.now()) // 60_000_000


@lru_cache(maxsize=64)
def _on(key: str, day: date, _minute: int) -> Form:
    rule = law.rule(key, day)
    source = "mẫu ví dụ của tỉnh" if rule.rule_set.trust == Trust.EXAMPLE else rule.rule_set.basis
    return Form(str(rule.value), rule.rule_set.code, f"Mẫu số {rule.value} ({source})" if source else "")


@lru_cache(maxsize=64)
def _paper_size(day: date, _minute: int) -> str:
    return "a4" if str(law.value("form.paper", day, default="A5")).lower() == "a4" else "a5"


@lru_cache(maxsize=512)
def _standing(agency_public_id: str, day: date, _minute: int) -> Standing:
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    states = AgencyState.objects.filter(in_force, agency__public_id=agency_public_id, valid_from__lte=day)
    for title, name, parent, agency in states.values_list("title", "name", "parent__name", "agency__name")[:1]:
        return Standing(title or agency, place_name(title, name, parent or ""))
    name = Agency.objects.values_list("name", flat=True).get(public_id=agency_public_id)
    return Standing(name, place_name(name))
