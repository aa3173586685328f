"""The publication block, versions in a chain, limits added, processes that add up and freeze."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.foundation.calendar.errors import BadLimit
from motcua.foundation.calendar.types import Limit, Unit
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Conflict, Invalid
from motcua.foundation.core.jobs import schedule
from motcua.foundation.core.verbs import Call
from motcua.service.procedures import actions
from motcua.service.procedures.actions import Content, PaperPlan
from motcua.service.procedures.errors import Frozen, Incomplete, TimesDisagree
from motcua.service.procedures.models import ProcedureVersion, Process
from motcua.service.procedures.places import Place
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.tests.factories import ProcedureVersionFactory
from motcua.service.procedures.types import Channel, Level, State

pytestmark = pytest.mark.django_db
BY = Call(SYSTEM_ACTOR)
TWO_DAYS = Limit(Decimal(2), Unit.WORKING_DAY)
WHOLE = Content(
    name="Cấp thẻ đọc sách",
    field="Thư viện",
    levels=(Level.COMMUNE,),
    subjects=("Công dân Việt Nam",),
    agencies=("UBND xã",),
    steps="Nộp đơn, nhận thẻ.",
    sets=1,
    papers=(PaperPlan("Đơn"),),
    limits=((Channel.DIRECT, TWO_DAYS),),
)
DAY = date(2026, 3, 2)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def published(content: Content = WHOLE, code: str = "1.900009", day: date = DAY) -> ProcedureVersion:
    with time.travelling(at(day)):
        version = actions.draft(BY, code=code, content=content)
        return actions.publish(
            BY, procedure=version.procedure, version=version, decision="5/QĐ-UBND", decided_on=day, valid_from=day,
        )


def test_a_whole_draft_is_published() -> None:
    version = published()
    assert version.state == State.IN_FORCE
    version.procedure.refresh_from_db()
    assert (version.procedure.current, version.procedure.field) == (version, "Thư viện")


def test_a_missing_part_blocks_publication_and_the_draft_stays() -> None:
    draft = actions.draft(BY, code="1.900009", content=Content(name="Chỉ có tên"))
    with pytest.raises(Incomplete, match=r"trình tự thực hiện.*số bộ hồ sơ"):
        actions.publish(
            BY, procedure=draft.procedure, version=draft, decision="5/QĐ-UBND", decided_on=DAY, valid_from=DAY,
        )
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_published_version_does_not_change() -> None:
    version = published()
    with pytest.raises(Frozen):
        actions.edit_draft(BY, version=version, content=WHOLE)
    with pytest.raises(Frozen):
        actions.publish(
            BY, procedure=version.procedure, version=version, decision="6/QĐ-UBND", decided_on=DAY, valid_from=DAY,
        )


def test_a_second_draft_of_the_same_procedure_is_refused() -> None:
    actions.draft(BY, code="1.900009", content=WHOLE)
    with pytest.raises(Conflict):
        actions.draft(BY, code="1.900009", content=WHOLE)


def test_an_announced_version_takes_effect_on_its_day() -> None:
    first = published()
    later = date(2026, 4, 1)
    with time.travelling(at(DAY)):
        second = actions.draft(BY, code="1.900009", content=WHOLE)
        second = actions.publish(
            BY, procedure=second.procedure, version=second, decision="6/QĐ-UBND", decided_on=DAY, valid_from=later,
        )
        assert second.state == State.ANNOUNCED
        with pytest.raises(Invalid):
            actions.take_effect(BY, procedure=second.procedure, version=second)
    with time.travelling(at(later)):
        schedule.discover()["take-effect"].run()  # nobody presses a button for it: the night does it
    first.refresh_from_db()
    assert (first.state, first.valid_to) == (State.EXPIRED, later)


def test_a_version_does_not_begin_before_the_one_it_replaces() -> None:
    first = published()
    with time.travelling(at(DAY)):
        second = actions.draft(BY, code="1.900009", content=WHOLE)
        earlier = date(2026, 2, 1)
        with pytest.raises(Invalid, match="trước ngày"):
            actions.publish(
                BY, procedure=second.procedure, version=second, decision="6/QĐ-UBND", decided_on=earlier,
                valid_from=earlier,
            )
    first.refresh_from_db()
    assert (first.state, first.valid_to) == (State.IN_FORCE, None)


def test_an_expired_procedure_has_no_version_in_force() -> None:
    version = published()
    with time.travelling(at(date(2026, 6, 1))):
        version = actions.expire(
            BY, procedure=version.procedure, version=version, decision="9/QĐ-UBND", valid_to=date(2026, 6, 1),
        )
    version.procedure.refresh_from_db()
    assert (version.state, version.procedure.current) == (State.EXPIRED, None)


def test_a_limit_is_added_with_its_basis_once() -> None:
    version = ProcedureVersionFactory()
    row = version.limits.get()
    row.amount, row.unit, row.unknown = None, "", "no-unit"
    row.save()
    with pytest.raises(Invalid, match="căn cứ"):
        actions.set_limit(BY, version=version, limits=[row], amount=Decimal(1), unit=Unit.WORKING_DAY, basis=" ")
    with pytest.raises(BadLimit):
        actions.set_limit(BY, version=version, limits=[row], amount=Decimal(0), unit=Unit.WORKING_DAY, basis="1/QĐ")
    actions.set_limit(BY, version=version, limits=[row], amount=Decimal(1), unit=Unit.WORKING_DAY, basis="1/QĐ")
    with pytest.raises(Conflict):
        actions.set_limit(BY, version=version, limits=[row], amount=Decimal(2), unit=Unit.WORKING_DAY, basis="1/QĐ")
    row.refresh_from_db()
    assert (row.amount, row.unit, row.basis) == (1, "working-day", "1/QĐ")


def steps(*amounts: str) -> Sequence[StepPlan]:
    return [
        StepPlan(f"Việc {n}", Place.COMPETENT, "specialist", Limit(Decimal(amount), Unit.WORKING_DAY))
        for n, amount in enumerate(amounts, 1)
    ]


def publish(process: Process) -> Process:
    with time.travelling(at(date(2026, 3, 3))):
        return actions.publish_process(
            BY, procedure=process.procedure, process=process, decision="7/QĐ-UBND", valid_from=date(2026, 3, 3),
        )


def test_a_process_whose_times_disagree_is_refused() -> None:
    procedure = published().procedure
    process = actions.draft_process(BY, procedure=procedure, steps=steps("1", "0.5"))
    with pytest.raises(TimesDisagree, match="1,5 ngày làm việc"):
        publish(process)
    process.refresh_from_db()
    assert process.state == State.DRAFT


def test_a_published_process_is_frozen_and_replaced_by_the_next() -> None:
    procedure = published().procedure
    process = publish(actions.draft_process(BY, procedure=procedure, steps=steps("1.5", "0.5")))
    with pytest.raises(Frozen):
        actions.edit_process(BY, process=process, steps=steps("2"))
    assert process.steps.count() == 2
    draft = actions.draft_process(BY, procedure=procedure, steps=steps("2"))
    process.refresh_from_db()
    assert (draft.state, process.state) == (State.DRAFT, State.IN_FORCE)
    publish(draft)
    process.refresh_from_db()
    assert (process.state, process.valid_to) == (State.EXPIRED, date(2026, 3, 3))


def test_an_unknown_limit_lets_any_sum_pass() -> None:
    version = ProcedureVersionFactory()
    version.limits.update(amount=None, unit="")
    version.procedure.current = version
    version.procedure.save()
    assert publish(actions.draft_process(BY, procedure=version.procedure, steps=steps("9"))).state == State.IN_FORCE
