"""One dossier's whole way: received, handed over between two agencies, suspended, finished, returned."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.looks import TimeState
from motcua.foundation.core.models import LedgerEvent, LedgerHead
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions, clockwork, unit
from motcua.service.dossiers.models import Dossier, StepTime
from motcua.service.dossiers.presenting import delay, glance
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.types import Ground, Holder, State

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=time.LOCAL_ZONE)


def shown(instant: datetime | None) -> datetime:
    assert instant is not None
    return time.local(instant)


def test_a_dossier_goes_its_whole_way_between_two_agencies() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-24T09:00"))
    assert dossier.code == f"{place.commune.code}-250424-0001"
    assert shown(dossier.first_due_at) == at("2025-04-26T17:00")  # the swapped Saturday counts

    with time.travelling(at("2025-04-24T10:00")):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
    assert (dossier.at_agency, dossier.is_awaited, dossier.at_account_id) == (place.department, True, None)
    with time.travelling(at("2025-04-24T14:00")):
        dossier = actions.accept(Call(place.specialist), dossier=dossier)
    assert (dossier.state, dossier.at_account_id) == (State.IN_PROCESS, place.specialist.account_id)
    with time.travelling(at("2025-04-25T08:00")):
        dossier = actions.suspend(
            Call(place.specialist), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu"
        )
    assert (dossier.state, dossier.holder, dossier.due_at) == (State.SUSPENDED, Holder.CITIZEN, None)
    with time.travelling(at("2025-05-05T08:00")):
        dossier = actions.resume(Call(place.specialist), dossier=dossier)
    assert shown(dossier.due_at) > at("2025-05-05T08:00")
    with time.travelling(at("2025-05-05T15:00")):
        dossier = actions.hand_over(Call(place.specialist), dossier=dossier)
        dossier = actions.accept(Call(place.head), dossier=dossier)
        dossier = actions.finish(Call(place.head), dossier=dossier)
    assert (dossier.state, dossier.holder, dossier.at_agency) == (State.FINISHED, Holder.COUNTER, place.commune)
    with time.travelling(at("2025-05-20T15:00")):
        dossier = actions.return_result(Call(place.counter), dossier=dossier)
    assert (dossier.state, dossier.verdict) == (State.RETURNED, "early")
    assert shown(dossier.first_due_at) == at("2025-04-26T17:00")

    events = LedgerEvent.objects.filter(subject=dossier.ref).order_by("sequence")
    assert [event.sequence for event in events] == list(range(1, 10))
    assert LedgerHead.objects.get(subject=dossier.ref).sequence == 9


def suspended(place: Office, dossier: Dossier, begin: str, end: str) -> Dossier:
    """Suspend and resume a dossier that the specialist holds."""
    by = Call(place.specialist)
    with time.travelling(at(begin)):
        actions.suspend(
            by, dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu bản sao"
        )
    with time.travelling(at(end)):
        return actions.resume(by, dossier=dossier)


def at_the_specialist(place: Office, when: str) -> Dossier:
    """Return a dossier received and taken over by the specialist at once."""
    dossier = received(place, when=at(when))
    with time.travelling(at(when)):
        dossier = actions.hand_over(Call(place.counter), dossier=dossier)
        return actions.accept(Call(place.specialist), dossier=dossier)


@pytest.mark.parametrize(("handed_on", "verdict"), [("2025-05-12T15:00", "on-time"), ("2025-05-14T15:00", "late")])
def test_a_step_s_clock_stands_while_the_dossier_s_does(handed_on: str, verdict: str) -> None:
    place = office()
    dossier = at_the_specialist(place, "2025-05-05T09:00")
    dossier = suspended(place, dossier, "2025-05-05T10:00", "2025-05-12T08:00")
    with time.travelling(at(handed_on)):
        actions.hand_over(Call(place.specialist), dossier=dossier)
    assert StepTime.objects.get(dossier=dossier, step__role="specialist").verdict == verdict


def test_a_suspension_washes_no_late_dossier_clean() -> None:
    place = office()
    dossier = suspended(place, at_the_specialist(place, "2025-05-05T09:00"), "2025-05-12T10:00", "2025-05-19T08:00")
    now = at("2025-05-19T09:00")
    assert dossier.ran_out and dossier.due_at is not None and dossier.due_at > now
    assert glance.left(dossier, now).state is TimeState.LATE
    assert unit.late([dossier.receiving_id], now).get() == dossier
    with time.travelling(at("2025-05-19T15:00")):
        dossier = actions.finish(Call(place.specialist), dossier=dossier)
    assert dossier.verdict == "late"
    working = working_time_for(dossier.receiving_id).time
    shares = delay.shares(dossier, clockwork.moments_of(dossier), now, working)
    assert sum(share.late_share for share in shares) == 1
