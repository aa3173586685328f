"""Programmes, where they stand, and which agencies drive one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.steering.programme import storing
from motcua.steering.programme.differing import differences
from motcua.steering.programme.kinds import Difference, ProgrammeState
from motcua.steering.programme.models import Programme, StoredReading


def programmes() -> QuerySet[Programme]:
    """Return all programmes with the number of their rows, the newest decision first (1 query)."""
    return Programme.objects.select_related("steward", "office", "issuer").annotate(rows=Count("tasks"))


def approved() -> QuerySet[Programme]:
    """Return the programmes at work."""
    return programmes().exclude(state=ProgrammeState.DRAFT)


def find(number: str) -> Programme | None:
    """Return the newest programme of this document number, or None (1 query)."""
    return programmes().filter(number=number).first()


@dataclass(frozen=True, slots=True)
class Places:
    """Who drives a programme, who accepts the driver's own products, who issues."""

    steward: Agency | None
    office: Agency | None
    issuer: Agency | None


def places_of(programme: Programme) -> Places:
    """Return the places a programme was approved with."""
    return Places(programme.steward, programme.office, programme.issuer)


def suggested_places(programme: Programme, steward: Agency | None) -> Places:
    """Return what to propose when a draft is approved: the actor's agency, the office beside it, what stands above it.

    Nothing here knows a name: the office is that child of the same superior whose form is “văn phòng” (2 queries).
    """
    if steward is None or programme.issued_on is None:
        return Places(steward, None, None)
    state = AgencyState.objects.on(programme.issued_on).filter(agency=steward).select_related("parent").first()
    issuer = state.parent if state else None
    beside = AgencyState.objects.on(programme.issued_on).filter(parent=issuer, form__iexact="văn phòng")
    office = beside.select_related("agency").exclude(agency=steward).first() if issuer else None
    return Places(steward, office.agency if office else None, issuer)


def waiting_difference(programme: Programme) -> tuple[StoredReading | None, tuple[Difference, ...]]:
    """Return the reading that waits beside a programme at work, and in what it differs (1 query)."""
    readings = list(programme.readings.all())
    current = next((one for one in readings if one.is_current), None)
    waiting = readings[-1] if readings and not readings[-1].is_current else None
    if current is None or waiting is None or waiting.sequence < current.sequence:
        return None, ()
    return waiting, differences(storing.reading_of(current.content), storing.reading_of(waiting.content))
