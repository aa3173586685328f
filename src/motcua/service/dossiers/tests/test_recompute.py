"""A changed calendar moves what is open, says so beforehand, and leaves the promise as it was."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.foundation.calendar import actions as calendar
from motcua.foundation.calendar import jobs, registry, selectors
from motcua.foundation.calendar.rules import ConfirmYear, SetDay
from motcua.foundation.calendar.types import DayException, DayKind
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.ledger import facts_of
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions
from motcua.service.dossiers.tests.factories import office, received

pytestmark = pytest.mark.django_db
STORM = DayException(date(2025, 6, 11), DayKind.HOLIDAY, "Nghỉ chống bão", source="01/CĐ-UBND")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=time.LOCAL_ZONE)


def shown(instant: datetime | None) -> datetime:
    assert instant is not None
    return time.local(instant)


def test_a_day_off_moves_the_due_date_and_not_the_first_one() -> None:
    version = calendar.load_seed(Call(SYSTEM_ACTOR))
    moved, kept = received(office(), when=at("2025-06-10T09:00")), received(office(), when=at("2025-06-02T09:00"))
    assert moved.calendar == version.number
    assert shown(moved.due_at) == at("2025-06-12T17:00")

    changes = [SetDay(STORM)]
    preview = registry.preview(selectors.present_book().changed(changes).working_time, None)
    assert [move.code for kind in preview for move in kind.shown] == [moved.code]
    calendar.change(Call(SYSTEM_ACTOR), version=version, changes=changes, basis="01/CĐ-UBND")

    jobs.recompute.call(None)  # whether the change has run it already or not: it may be run again at any time
    moved.refresh_from_db()
    kept.refresh_from_db()
    assert shown(moved.due_at) == at("2025-06-13T17:00")
    assert shown(moved.first_due_at) == at("2025-06-12T17:00")
    assert (moved.calendar, kept.calendar) == (version.number + 1,) * 2
    assert LedgerEvent.objects.filter(subject=moved.ref, verb="dossier.recompute").count() == 1
    assert not LedgerEvent.objects.filter(subject=kept.ref, verb="dossier.recompute").exists()
    noted = LedgerEvent.objects.get(subject=kept.receiving.ref, verb="dossier.keep_dates")
    assert (facts_of(noted)["calendar"], facts_of(noted)["dossiers"]) == (version.number + 1, 1)
    jobs.recompute.call(None)
    assert LedgerEvent.objects.filter(verb="dossier.keep_dates").count() == 1, "nothing is left to note"


def test_dates_are_kept_by_the_system_alone_and_never_under_an_older_calendar() -> None:
    place = office()
    dossier = received(place, when=at("2025-06-02T09:00"))
    for person in (place.counter, place.head, place.stranger):
        with pytest.raises(Denied):
            actions.keep_dates(Call(person), agency=place.commune, calendar=9, dossiers={dossier.pk: dossier.version})
    actions.keep_dates(Call(SYSTEM_ACTOR), agency=place.department, calendar=9, dossiers={dossier.pk: dossier.version})
    dossier.refresh_from_db()
    assert dossier.calendar == 0
    stale = {dossier.pk: dossier.version - 1}
    actions.keep_dates(Call(SYSTEM_ACTOR), agency=place.commune, calendar=9, dossiers=stale)
    dossier.refresh_from_db()
    assert dossier.calendar == 0, "it moved on since it was read"
    read = {dossier.pk: dossier.version}
    for number, noted in ((9, 9), (8, 9)):
        actions.keep_dates(Call(SYSTEM_ACTOR), agency=place.commune, calendar=number, dossiers=read)
        dossier.refresh_from_db()
        assert dossier.calendar == noted


def test_a_notice_that_confirms_the_expected_days_takes_the_mark_away() -> None:
    version = calendar.load_seed(Call(SYSTEM_ACTOR))
    dossier = received(office(), when=at("2027-02-02T09:00"))
    assert dossier.due_is_provisional
    calendar.change(Call(SYSTEM_ACTOR), version=version, changes=[ConfirmYear(2027)], basis="01/TB-BNV")

    jobs.recompute.call(None)
    due = dossier.due_at
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.due_is_provisional) == (due, False)
