"""What owners, accepters and strangers can do with what falls due."""

from __future__ import annotations

from datetime import date, timedelta
from datetime import time as hour

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.foundation.core import settings_rows, time
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.files import store
from motcua.foundation.core.verbs import Call
from motcua.foundation.core.verification import verify
from motcua.foundation.identity.types import Role
from motcua.steering.programme import actions, selectors, today
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.forms import FILES
from motcua.steering.programme.kinds import State
from motcua.steering.programme.models import Evidence, Fact, Occurrence, Programme
from motcua.steering.programme.tests.factories import SYSTEM, Province, officer

pytestmark = pytest.mark.django_db
TODAY = date(2018, 6, 1)


@pytest.fixture(autouse=True)
def _stands_still() -> None:
    settings_rows.write(today.STANDS_ON, TODAY.isoformat())


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def programme(province: Province) -> Programme:
    return province.approved()


def occurrence(programme: Programme, uid: str, year: int | None = 2017) -> Occurrence:
    return Occurrence.objects.get(task__programme=programme, task__uid=uid, year=year)


def state(row: Occurrence, day: date = TODAY) -> State:
    line = selectors.line_of(row.task, day)
    return next(due.state for due in line.dues if due.occurrence.pk == row.pk)


def test_the_owner_submits_and_his_clock_stops(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "1.1")
    assert state(row) is State.LATE
    by = Call(officer(province.justice, Role.SPECIALIST))
    row = actions.submit(by, occurrence=row, number="12/TTr-STP", on=date(2017, 12, 30))
    fact = row.facts.get()
    assert (fact.agency, fact.to, fact.number) == (province.justice, province.issuer, "12/TTr-STP")
    assert state(row) is State.SUBMITTED
    assert state(row, date(2017, 12, 29)) is State.OPEN, "a board of a former day shows what was so then"


def test_a_colleague_of_a_coordinating_agency_and_a_stranger_only_read(
    programme: Programme, province: Province
) -> None:
    row = occurrence(programme, "1.1")
    for by in (officer(province.health, Role.HEAD), officer(province.office, Role.SPECIALIST)):
        with pytest.raises(Denied):
            actions.submit(Call(by), occurrence=row, number="1", on=date(2017, 5, 1))
    row.refresh_from_db()
    assert not row.facts.exists() and row.version == 1


def test_nobody_accepts_his_own_product(programme: Programme, province: Province) -> None:
    steward = officer(province.steward, Role.STEWARD)
    office = officer(province.office, Role.HEAD)
    own = occurrence(programme, "1.2")
    own = actions.submit(Call(steward), occurrence=own, number="3/TTr-SNV", on=date(2017, 12, 1))
    own = actions.issue(Call(steward), occurrence=own, number="77/QĐ-UBND", on=date(2017, 12, 9))
    with pytest.raises(BadProgramme):
        actions.accept(Call(steward), occurrence=own, on=date(2017, 12, 20))
    assert state(own) is State.ISSUED
    own = actions.accept(Call(office), occurrence=own, on=date(2017, 12, 20))
    assert state(own) is State.ACCEPTED
    other = actions.issue(SYSTEM, occurrence=occurrence(programme, "1.1"), number="78/QĐ-UBND", on=date(2017, 12, 9))
    with pytest.raises(BadProgramme):
        actions.accept(Call(office), occurrence=other, on=date(2017, 12, 20))
    with pytest.raises(Denied):
        actions.accept(Call(officer(province.justice, Role.HEAD)), occurrence=other, on=date(2017, 12, 20))
    assert state(actions.accept(Call(steward), occurrence=other, on=date(2017, 12, 20))) is State.ACCEPTED


def test_who_recorded_the_hand_in_or_the_issue_does_not_accept(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "1.1")
    first, second = (Call(officer(province.steward, Role.STEWARD)) for _ in range(2))
    third = Call(officer(province.steward, Role.STEWARD))
    row = actions.submit(first, occurrence=row, number="12/TTr-STP", on=date(2017, 12, 1))
    row = actions.issue(second, occurrence=row, number="77/QĐ-UBND", on=date(2017, 12, 9))
    for by in (first, second):
        with pytest.raises(BadProgramme, match="không tự nghiệm thu"):
            actions.accept(by, occurrence=row, on=date(2017, 12, 20))
    assert state(row) is State.ISSUED
    assert state(actions.accept(third, occurrence=row, on=date(2017, 12, 20))) is State.ACCEPTED


def test_no_owner_wipes_out_his_lateness_by_a_day_gone_by(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "1.1")
    owner = Call(officer(province.justice, Role.HEAD))
    for on in (date(2001, 1, 1), date(2016, 6, 14)):
        with pytest.raises(BadProgramme, match="trước khi việc này được giao"):
            actions.submit(owner, occurrence=row, number="1/TTr", on=on)
    for on in (date(2001, 1, 1), date(2017, 2, 1), TODAY - timedelta(days=1)):
        with pytest.raises(BadProgramme):
            actions.wait(owner, occurrence=row, on=on, reason="Chờ thông tư")
    assert state(row) is State.LATE
    row = actions.wait(owner, occurrence=row, on=TODAY, reason="Chờ thông tư")
    assert state(row) is State.WAITING and state(row, TODAY - timedelta(days=1)) is State.LATE


def test_the_steward_enters_since_when_an_owner_waits(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "1.1")
    steward = Call(officer(province.steward, Role.STEWARD))
    row = actions.wait(steward, occurrence=row, on=date(2017, 2, 1), reason="Công văn của Sở Tư pháp")
    assert state(row, date(2017, 3, 1)) is State.WAITING
    with pytest.raises(BadProgramme):
        actions.drop(steward, occurrence=occurrence(programme, "1.2", 2019), on=date(1990, 1, 1), number="9/QĐ")


def test_each_owner_of_a_row_has_his_own_share(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "1.3")
    justice, health = officer(province.justice, Role.HEAD), officer(province.health, Role.HEAD)
    with pytest.raises(BadProgramme):
        actions.submit(Call(justice), occurrence=row, number="1/BC", on=date(2018, 1, 5), agency=province.health)
    row = actions.submit(Call(justice), occurrence=row, number="1/BC", on=date(2017, 12, 5))
    assert state(row) is State.LATE, "the other owner has not handed in"
    row = actions.submit(Call(health), occurrence=row, number="2/BC", on=date(2018, 1, 5))
    assert state(row) is State.SUBMITTED
    line = selectors.line_of(row.task, TODAY)
    shares = next(due.shares for due in line.dues if due.occurrence.pk == row.pk)
    assert [share.handed_late for share in shares] == [0, 5]


def test_the_steward_writes_for_all_owners_at_once_and_nobody_else(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "1.3")
    with pytest.raises(BadProgramme):
        actions.submit(
            Call(officer(province.justice, Role.HEAD)), occurrence=row, number="1", on=date(2017, 12, 1), whole=True
        )
    steward = Call(officer(province.steward, Role.STEWARD))
    row = actions.submit(steward, occurrence=row, number="5/BC", on=date(2017, 12, 1), whole=True)
    assert state(row) is State.SUBMITTED
    colleague = Call(officer(province.steward, Role.STEWARD))
    assert state(actions.accept(colleague, occurrence=row, on=date(2018, 1, 2), whole=True)) is State.ACCEPTED


def test_waiting_for_central_guidance_and_going_on(programme: Programme, province: Province) -> None:
    row = occurrence(programme, "3.4#1", None)
    assert state(row) is State.WAITING
    by = Call(officer(province.justice, Role.HEAD))
    with pytest.raises(BadProgramme):
        actions.resume(by, occurrence=row, on=date(2018, 5, 1), number="10/TT-BNV")
    row = actions.resume(by, occurrence=row, on=date(2018, 5, 1), number="10/TT-BNV", new_due_on=date(2018, 9, 30))
    assert state(row) is State.OPEN and state(row, date(2018, 4, 30)) is State.WAITING
    assert state(row, date(2018, 10, 1)) is State.LATE


def test_only_by_a_document_is_something_dropped_and_only_by_the_steward(
    programme: Programme, province: Province
) -> None:
    row = occurrence(programme, "1.2", 2019)
    with pytest.raises(Denied):
        actions.drop(Call(officer(province.justice, Role.HEAD)), occurrence=row, on=TODAY, number="9/QĐ")
    steward = Call(officer(province.steward, Role.STEWARD))
    with pytest.raises(BadProgramme):
        actions.drop(steward, occurrence=row, on=TODAY, number=" ")
    assert state(actions.drop(steward, occurrence=row, on=TODAY, number="9/QĐ")) is State.DROPPED


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2017, 4, 30)])
def test_a_fact_is_not_dated_ahead_nor_before_the_last_one(programme: Programme, on: date) -> None:
    row = actions.submit(SYSTEM, occurrence=occurrence(programme, "1.1"), number="1/TTr", on=date(2017, 5, 1))
    with pytest.raises(BadProgramme):
        actions.issue(SYSTEM, occurrence=row, number="2/QĐ", on=on)
    assert Fact.objects.filter(occurrence=row).count() == 1


def test_a_product_other_than_a_document_is_accepted_on_what_proves_it(programme: Programme) -> None:
    row = actions.submit(
        SYSTEM, occurrence=occurrence(programme, "1.3"), number="5/BC", on=date(2017, 12, 1), whole=True
    )
    with pytest.raises(BadProgramme):
        actions.issue(SYSTEM, occurrence=row, number="6/QĐ", on=date(2017, 12, 2), whole=True)
    assert state(actions.accept(SYSTEM, occurrence=row, on=date(2017, 12, 9), whole=True)) is State.ACCEPTED


def test_a_file_proves_and_goes_again_where_the_verb_refuses(programme: Programme) -> None:
    row = occurrence(programme, "1.1")
    upload = SimpleUploadedFile("to-trinh.pdf", b"%PDF-1.7\n%%EOF\n")
    with store.arriving(upload, limits=FILES) as put:
        row = actions.submit(SYSTEM, occurrence=row, number="1/TTr", on=date(2017, 5, 1), puts=[put])
    assert Evidence.objects.get(fact__occurrence=row).file.owner == row.ref
    with pytest.raises(BadProgramme), store.arriving(upload, limits=FILES) as put:
        actions.submit(SYSTEM, occurrence=row, number="1/TTr", on=date(2017, 5, 2), puts=[put])
    assert Evidence.objects.count() == 1


def test_a_day_is_set_for_what_has_none_and_its_question_is_answered(programme: Programme) -> None:
    task = programme.tasks.get(uid="7.8")
    assert [one.year for one in selectors.line_of(task, TODAY).questions] == [2021]
    actions.add(SYSTEM, task=task, due_on=date(2021, 2, 28))
    assert selectors.line_of(task, TODAY).questions == ()
    with pytest.raises(BadProgramme):
        actions.add(SYSTEM, task=task, due_on=date(2021, 2, 28))
    with pytest.raises(BadProgramme):
        actions.add(SYSTEM, task=task, due_on=date(2016, 2, 28))


def test_a_reason_entered_later_than_its_day_verifies() -> None:
    province = Province()
    row = Occurrence.objects.filter(task__programme=province.approved()).first()
    assert row is not None
    day = date(2017, 3, 1)
    late = Call(SYSTEM.actor, happened_at=time.at_local(day, hour(9)))
    actions.drop(late, occurrence=row, on=day, number="5/QĐ", reason="Chờ quy định mới")
    assert not verify().faults
