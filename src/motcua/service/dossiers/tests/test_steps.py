"""How each step kept its own time: the cases of ADR 10, worked by hand, through the pure rule and through the verbs."""

from __future__ import annotations

import pytest

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer
from motcua.service.dossiers import actions, clockwork, rules, selectors
from motcua.service.dossiers.models import Dossier, StepTime
from motcua.service.dossiers.presenting import stays
from motcua.service.dossiers.presenting.stays import StepLine
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at
from motcua.service.dossiers.types import Given, Ground, Happening, Holder, Moment

pytestmark = pytest.mark.django_db
MON, TUE, WED, THU, FRI = (f"2025-03-{day}" for day in range(10, 15))


def give(dossier: Dossier, by: Officer, when: str) -> Dossier:
    with time.travelling(at(when)):
        return actions.hand_over(Call(by), dossier=dossier)


def take(dossier: Dossier, by: Officer, when: str) -> Dossier:
    with time.travelling(at(when)):
        return actions.accept(Call(by), dossier=dossier)


def decline(dossier: Dossier, by: Officer, when: str) -> Dossier:
    with time.travelling(at(when)):
        return actions.decline(Call(by), dossier=dossier, reason="thiếu bản chính")


def paused(dossier: Dossier, by: Officer, begin: str, end: str) -> Dossier:
    with time.travelling(at(begin)):
        dossier = actions.suspend(
            Call(by), dossier=dossier, ground=Ground.SUPPLEMENT, policy=PausePolicy.RESUME, reason="thiếu"
        )
    with time.travelling(at(end)):
        return actions.resume(Call(by), dossier=dossier)


def judged(dossier: Dossier, role: str) -> tuple[str, str, str]:
    """Return promise, due date and verdict of the step of a role, as the ADR writes them."""
    row = StepTime.objects.get(dossier=dossier, step__role=role)
    promised, due = (time.local(instant).isoformat()[:16] for instant in (row.promised_at, row.due_at))
    return promised, due, row.verdict


@pytest.mark.parametrize(("given", "verdict"), [
    (f"{MON}T15:00", "early"), (f"{TUE}T10:00", "on-time"), (f"{WED}T08:00", "late"),
])
def test_the_counter_s_first_step_is_judged_from_the_receipt_on(given: str, verdict: str) -> None:
    place = office()
    dossier = give(received(place, when=at(f"{MON}T09:00")), place.counter, given)
    assert judged(dossier, "reception") == (f"{TUE}T11:00", f"{TUE}T11:00", verdict)
    said = LedgerEvent.objects.get(subject=dossier.ref, verb="dossier.hand_over")
    assert f'"kept":"{verdict}"'.encode() in bytes(said.canonical)


@pytest.mark.parametrize(("first", "back", "again", "due", "verdict"), [
    (f"{MON}T15:00", f"{TUE}T16:00", f"{WED}T10:00", f"{WED}T11:00", "on-time"),
    (f"{MON}T15:00", f"{TUE}T16:00", f"{THU}T08:00", f"{WED}T11:00", "late"),
    (f"{WED}T08:00", f"{WED}T09:00", f"{WED}T10:00", f"{WED}T11:00", "late"),
])
def test_what_was_declined_is_judged_again_when_it_is_handed_on_again(
    first: str, back: str, again: str, due: str, verdict: str
) -> None:
    place = office()
    dossier = give(received(place, when=at(f"{MON}T09:00")), place.counter, first)
    dossier = decline(dossier, place.specialist, back)
    going_on = StepTime.objects.get(dossier=dossier)
    assert (going_on.left_at, going_on.verdict) == (None, "")
    dossier = give(dossier, place.counter, again)
    assert judged(dossier, "reception") == (f"{TUE}T11:00", due, verdict)


def at_the_specialist(place: Office) -> Dossier:
    dossier = give(received(place, when=at(f"{MON}T09:00")), place.counter, f"{MON}T09:00")
    return take(dossier, place.specialist, f"{MON}T09:00")


@pytest.mark.parametrize(("given", "verdict"), [(f"{THU}T16:00", "on-time"), (f"{FRI}T08:00", "late")])
def test_the_promise_stays_beside_the_date_after_pauses(given: str, verdict: str) -> None:
    place = office()
    dossier = paused(at_the_specialist(place), place.specialist, f"{MON}T10:00", f"{THU}T08:00")
    dossier = give(dossier, place.specialist, given)
    assert judged(dossier, "specialist") == (f"{TUE}T17:00", f"{THU}T17:00", verdict)


def test_a_step_that_was_declined_and_then_paused_is_judged_by_both() -> None:
    place = office()
    dossier = give(at_the_specialist(place), place.specialist, f"{MON}T16:00")
    dossier = decline(dossier, place.head, f"{WED}T09:00")
    dossier = paused(dossier, place.specialist, f"{WED}T10:00", f"{FRI}T08:00")
    dossier = give(dossier, place.specialist, f"{FRI}T16:00")
    assert judged(dossier, "specialist") == (f"{TUE}T17:00", f"{FRI}T17:00", "on-time")
    assert judged(dossier, "reception")[2] == "early"


def test_stays_follow_the_hands_and_the_declined_one_never_was() -> None:
    hours = [at(f"{MON}T{hour:02d}:00") for hour in range(7, 13)]
    given = [Given(hours[1], hours[2], True), Given(hours[3], hours[4], False)]
    first, declined, second = rules.stays(hours[0], given)
    assert (first.left, [(one.began, one.ended) for one in first.away]) == (hours[3], [(hours[1], hours[2])])
    assert declined.is_declined and (declined.began, declined.left) == (hours[1], hours[2])
    assert rules.present((first, declined, second)) is second and second.left is None
    way = [Happening.RECEIVE, *[Happening.HOLD] * 4, Happening.SUSPEND, Happening.RESUME, Happening.FINISH]
    moments = [Moment(what, hours[0], Holder.STEP) for what in way]  # all in one minute: the order tells
    assert rules.stay_numbers(moments, given) == [0, 1, 0, 2, 2, 2, 2]


def lines(dossier: Dossier, when: str) -> list[StepLine]:
    row = selectors.full().get(pk=dossier.pk)
    working = working_time_for(row.receiving_id).time
    return stays.lines(row, clockwork.moments_of(row), list(row.clock.all()), at(when), working)


def test_the_page_shows_each_holder_s_verdict_and_share() -> None:
    place = office()
    dossier = paused(at_the_specialist(place), place.specialist, f"{MON}T15:00", f"{THU}T08:00")
    counter, specialist = lines(dossier, f"{THU}T10:00")
    assert (counter.says, counter.used, counter.share) == ("trước hạn", "0 phút", 0.0)
    assert (specialist.says, specialist.used, specialist.share) == ("đang giữ", "6 giờ", 1.0)
    assert (specialist.promised, specialist.due) == (at(f"{TUE}T17:00"), at(f"{THU}T17:00"))


def test_time_with_the_unit_that_declined_is_its_own() -> None:
    place = office()
    dossier = give(received(place, when=at(f"{MON}T09:00")), place.counter, f"{MON}T10:00")
    dossier = decline(dossier, place.specialist, f"{MON}T14:30")
    dossier = take(give(dossier, place.counter, f"{MON}T15:30"), place.specialist, f"{MON}T15:30")
    found = lines(dossier, f"{MON}T16:00")
    assert [(one.says, one.used) for one in found] == [
        ("trước hạn", "2 giờ"), ("không nhận", "2 giờ 30 phút"), ("đang giữ", "30 phút"),
    ]
    assert sum(one.share for one in found) == pytest.approx(1)


def test_shares_of_a_late_dossier_are_each_holder_s_part_of_the_delay() -> None:
    place = office()
    dossier = give(at_the_specialist(place), place.specialist, f"{THU}T09:00")
    with time.travelling(at(f"{THU}T15:30")):
        dossier = actions.finish(Call(place.head), dossier=actions.accept(Call(place.head), dossier=dossier))
    found = lines(dossier, f"{FRI}T09:00")
    # Due Wednesday 17:00: Thursday 07:00 to 09:00 lay with the specialist, the rest to 15:30 with the head.
    assert [one.late_share for one in found] == [0.0, pytest.approx(2 / 6.5), pytest.approx(4.5 / 6.5)]
    assert [one.verdict for one in found] == ["early", "late", "early"]


def test_a_dossier_that_was_withdrawn_while_it_was_awaited_shows_an_end() -> None:
    place = office()
    dossier = give(received(place, when=at(f"{MON}T09:00")), place.counter, f"{MON}T10:00")
    with time.travelling(at(f"{MON}T11:00")):
        dossier = actions.withdraw(Call(place.counter), dossier=dossier, reason="rút")
    assert [one.left is None for one in lines(dossier, f"{FRI}T09:00")] == [False, False]
    assert lines(dossier, f"{FRI}T09:00")[0].used == "1 giờ"
