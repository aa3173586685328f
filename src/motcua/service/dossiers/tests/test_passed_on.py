"""What an ended agency's dossiers show afterwards: each holder's time and delay, who finds and oversees, whose days.

Worked by hand with the sessions of ADR 10 (07:00–11:30 and 13:30–17:00), March 2025, where Monday is the 10th. Steps:
counter 0.5 day, specialist 1 day. `commune` ends, `other` is its heir.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from motcua.foundation.calendar import actions as calendar
from motcua.foundation.calendar import jobs, registry
from motcua.foundation.calendar import selectors as calendars
from motcua.foundation.calendar.rules import SetDay
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import DayException, DayKind
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Officer, Role
from motcua.service.dossiers import actions, clockwork, selectors
from motcua.service.dossiers.intake.receiving import known_person
from motcua.service.dossiers.models import Dossier, StepTime
from motcua.service.dossiers.papers import control
from motcua.service.dossiers.policies import oversees
from motcua.service.dossiers.presenting import delay, stays
from motcua.service.dossiers.presenting.stays import StepLine
from motcua.service.dossiers.tests.factories import received
from motcua.service.dossiers.tests.merging import Place, merge, place
from motcua.service.dossiers.tests.screens import asked, at, signed_in, text_of

pytestmark = pytest.mark.django_db
MON, TUE, WED, THU, FRI = (f"2025-03-{day}" for day in range(10, 15))


@pytest.fixture
def here() -> Place:
    return place()


def does(verb: Any, by: Officer, dossier: Dossier, when: str, **more: Any) -> Dossier:
    with time.travelling(at(when)):
        done: Dossier = verb(Call(by), dossier=Dossier.objects.get(pk=dossier.pk), **more)
        return done


def merged(here: Place, when: str) -> None:
    with time.travelling(at(when)):
        merge(here)


def name_of(person: Officer) -> str:
    return Account.objects.get(pk=person.account_id).full_name


def full(dossier: Dossier) -> Dossier:
    return selectors.full().get(pk=dossier.pk)


def lines(dossier: Dossier, when: str) -> list[StepLine]:
    row = full(dossier)
    working = working_time_for(row.receiving_id).time
    return stays.lines(row, clockwork.moments_of(row), list(row.clock.all()), at(when), working)


def test_each_of_the_two_has_his_own_time_and_the_heir_is_judged_by_the_first_promise(here: Place) -> None:
    dossier = received(here, when=at(f"{MON}T09:00"))
    merged(here, f"{MON}T15:00")
    first, heir = lines(dossier, f"{TUE}T08:00")
    assert (first.who, first.says) == (f"{here.commune} – Tiếp nhận", f"chuyển sang {here.other}")
    assert (first.person, first.left, first.used) == (name_of(here.counter), at(f"{MON}T15:00"), "4 giờ")
    # Monday 15:00 to 17:00 and Tuesday 07:00 to 08:00; nobody there has taken it up yet.
    assert (heir.who, heir.says, heir.person) == (f"{here.other} – Tiếp nhận", "đang giữ", "")
    assert (heir.began, heir.left, heir.used) == (at(f"{MON}T15:00"), None, "3 giờ")
    assert first.promised == heir.promised == at(f"{TUE}T11:00")
    assert first.share == pytest.approx(4 / 7) and heir.share == pytest.approx(3 / 7)

    dossier = does(actions.hand_over, here.heir_counter, dossier, f"{TUE}T10:00")
    first, heir, step = lines(dossier, f"{TUE}T10:00")
    assert [(one.verdict, one.says, one.used) for one in (first, heir)] == [
        ("", f"chuyển sang {here.other}", "4 giờ"), ("on-time", "đúng hạn", "5 giờ"),
    ]
    assert (step.who.split(" – ")[0], step.says) == (here.department.name, "chờ nhận")
    assert StepTime.objects.get(dossier=dossier).agency == here.other, "who left the step answers for it"


def test_of_a_delay_each_of_the_two_has_his_part_on_page_and_slip(here: Place) -> None:
    dossier = received(here, when=at(f"{MON}T09:00"))  # due on Wednesday at 17:00
    merged(here, f"{THU}T09:00")
    dossier = does(actions.hand_over, here.heir_counter, dossier, f"{THU}T14:00")
    dossier = does(actions.accept, here.specialist, dossier, f"{THU}T14:00")
    dossier = does(actions.finish, here.specialist, dossier, f"{THU}T15:30")
    # Thursday: 07:00–09:00 at the ended one, 09:00–11:30 and 13:30–14:00 at the heir, 14:00–15:30 at the department.
    found = lines(dossier, f"{FRI}T09:00")
    assert [one.late_share for one in found] == [pytest.approx(part / 6.5) for part in (2, 3, 1.5)]
    assert sum(one.share for one in found) == pytest.approx(1)
    row = full(dossier)
    working = working_time_for(row.receiving_id).time
    parts = delay.parts(row, clockwork.moments_of(row), list(row.clock.all()), at(f"{FRI}T09:00"), working)
    assert [(part.name.split(" – ")[0], part.time) for part in parts] == [
        (here.other.name, "3 giờ"), (here.commune.name, "2 giờ"), (here.department.name, "1 giờ 30 phút"),
    ]
    slip = control.sheet(dossier, control.occasion(dossier)).data
    assert [step["says"] for step in slip["steps"]] == [f"chuyển sang {here.other}", "quá hạn", "trước hạn"]
    assert [row["verdict"] for row in slip["rows"]] == ["Trước hạn"]
    with time.travelling(at(f"{FRI}T09:00")):
        said = text_of(signed_in(here.heir_counter).get(reverse("dossier", args=[dossier.public_id])))
    assert f"chuyển sang {here.other}" in said and "đang giữ" not in said


def test_what_waits_for_an_answer_is_the_heirs_to_answer(here: Place) -> None:
    process_less: dict[str, Any] = {"process": None, "first_step": None, "competent": here.commune}
    dossier = received(here, agency=here.third, by=here.stranger, when=at(f"{MON}T09:00"), **process_less)
    dossier = does(actions.hand_over, here.stranger, dossier, f"{MON}T10:00", to_agency=here.commune)
    merged(here, f"{MON}T11:00")
    assert [(one.who, one.says, one.used) for one in lines(dossier, f"{MON}T14:00")] == [
        (here.third.name, "", "1 giờ"), (here.commune.name, f"chuyển sang {here.other}", "1 giờ"),
        (here.other.name, "chờ nhận", "1 giờ"),
    ]
    dossier = does(actions.accept, here.heir_counter, dossier, f"{MON}T14:00")
    assert lines(dossier, f"{MON}T15:00")[-1].person == name_of(here.heir_counter)


def test_what_is_declined_back_to_an_ended_agency_stands_at_its_heir(here: Place) -> None:
    dossier = received(here, when=at(f"{MON}T09:00"))
    dossier = does(actions.hand_over, here.counter, dossier, f"{MON}T10:00")
    merged(here, f"{MON}T11:00")
    dossier = does(actions.decline, here.specialist, dossier, f"{MON}T14:30", reason="thiếu bản chính")
    assert [(one.who.split(" – ")[0], one.says, one.used) for one in lines(dossier, f"{MON}T15:00")] == [
        (here.commune.name, f"chuyển sang {here.other}", "1 giờ"),
        (here.department.name, "không nhận", "2 giờ 30 phút"), (here.other.name, "đang giữ", "30 phút"),
    ]
    # As in ADR 10, row 4: the clock of the step stood while it lay with the other side.
    dossier = does(actions.hand_over, here.heir_counter, dossier, f"{TUE}T16:00")
    kept = StepTime.objects.get(dossier=dossier, step__role="reception")
    assert (kept.agency, kept.promised_at) == (here.other, at(f"{TUE}T11:00"))


def closed(version: Any, agency: Any, day: date) -> Any:
    """Let an agency rest on a day of its own."""
    entry = DayException(day, DayKind.OWN, "Nghỉ chống bão", sessions=(), source="01/CĐ-UBND")
    return calendar.change_own(
        Call(SYSTEM_ACTOR), version=version, agency=agency, changes=[SetDay(entry, agency.pk)], basis="01/CĐ-UBND"
    )


def test_a_step_that_passed_keeps_the_calendar_by_which_it_was_promised(here: Place) -> None:
    closed(calendar.load_seed(Call(SYSTEM_ACTOR)), here.other, date(2025, 3, 11))  # the heir rests on Tuesday
    dossier = received(here, when=at(f"{MON}T09:00"))
    merged(here, f"{MON}T15:00")
    assert lines(dossier, f"{MON}T16:00")[-1].promised == at(f"{TUE}T11:00")
    does(actions.hand_over, here.heir_counter, dossier, f"{WED}T08:00")
    kept = StepTime.objects.get(dossier=dossier)
    assert (kept.promised_at, kept.due_at, kept.verdict) == (at(f"{TUE}T11:00"), at(f"{TUE}T11:00"), "late")


def test_a_storm_day_of_the_heir_moves_its_own_promises_and_not_those_of_the_ended_one(here: Place) -> None:
    version = calendar.load_seed(Call(SYSTEM_ACTOR))
    passed = received(here, when=at(f"{MON}T09:00"))
    own = received(here, when=at(f"{MON}T09:00"), agency=here.other, by=here.heir_counter)
    merged(here, f"{MON}T15:00")
    entry = DayException(date(2025, 3, 11), DayKind.OWN, "Nghỉ chống bão", sessions=(), source="01/CĐ-UBND")
    book = calendars.present_book().changed([SetDay(entry, here.other.pk)])
    shown = registry.preview(book.working_time, frozenset({here.other.pk}))
    assert [move.code for kind in shown for move in kind.shown] == [own.code]
    version = closed(version, here.other, date(2025, 3, 11))
    jobs.recompute.call(here.other.pk)
    assert Dossier.objects.get(pk=passed.pk).due_at == at(f"{WED}T17:00")
    assert Dossier.objects.get(pk=own.pk).due_at == at(f"{THU}T17:00")
    # Whoever keeps the calendar of the ended one still can: a day that everybody there had off holds for its promises.
    closed(version, here.commune, date(2025, 3, 12))
    jobs.recompute.call(here.commune.pk)
    assert Dossier.objects.get(pk=passed.pk).due_at == at(f"{THU}T17:00")


def test_the_heirs_counter_finds_whom_the_ended_counter_knew(here: Place) -> None:
    dossier = received(here)
    assert known_person(here.heir_counter, "095088001234", "") is None
    merge(here)
    assert known_person(here.heir_counter, "095088001234", "") == dossier
    assert known_person(here.heir_counter, "", "0912 345 678") == dossier
    assert known_person(here.stranger, "095088001234", "") is None


def test_the_heirs_leaders_oversee_what_the_ended_one_received_and_decided(here: Place) -> None:
    decided = received(here, agency=here.third, by=here.stranger, competent=here.commune, process=None, first_step=None)
    decided = actions.finish(Call(here.stranger), dossier=decided)
    passed = actions.hand_over(Call(here.counter), dossier=received(here))
    leader_beside = officer(Role.CHAIRMAN, home_agency=here.third)
    assert not oversees(here.heir_head, full(decided)) and not oversees(here.heir_head, full(passed))
    merge(here)
    assert oversees(here.heir_head, full(decided)) and oversees(here.heir_head, full(passed))
    assert not oversees(here.heir_counter, full(passed)), "a counter oversees nothing"
    assert oversees(leader_beside, full(decided)) and not oversees(leader_beside, full(passed))
    page = signed_in(here.heir_head).get(reverse("dossier", args=[passed.public_id]))
    assert "Ai đã mở hồ sơ" in text_of(page)


@pytest.mark.parametrize("who", ["heir_counter", "heir_head"])
def test_the_page_asks_at_most_15_times_where_nothing_is_kept(here: Place, who: str) -> None:
    held = received(here, competent=here.commune)
    away = actions.hand_over(Call(here.counter), dossier=received(here))
    over = actions.finish(Call(here.specialist), dossier=actions.accept(
        Call(here.specialist), dossier=actions.hand_over(Call(here.counter), dossier=received(here))
    ))
    merge(here)
    for dossier in (held, away, over):
        answer, queries = asked(signed_in(getattr(here, who)), reverse("dossier", args=[dossier.public_id]))
        assert answer.status_code == 200 and len(queries) <= 15, "\n".join(queries)
