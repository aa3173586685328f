from datetime import date
from decimal import Decimal

import pytest

from motcua.foundation.calendar.types import Limit, Unit
from motcua.service.procedures.places import Place
from motcua.service.procedures.rules import Parts, StepPlan, adds_up, missing_parts, state_on, step_faults, total
from motcua.service.procedures.types import State


def days(amount: str, unit: Unit = Unit.WORKING_DAY) -> Limit:
    return Limit(Decimal(amount), unit)


WHOLE = Parts("Tên", "Bước 1", channels=2, papers=1, sets=1, limits=2, subjects=("Công dân",), agencies=("Sở",))


def test_a_whole_procedure_lacks_nothing() -> None:
    assert missing_parts(WHOLE) == ()


def test_all_that_is_missing_is_named_at_once() -> None:
    empty = Parts("", " ", channels=0, papers=0, sets=None, limits=0, subjects=(), agencies=())
    assert len(missing_parts(empty)) == 8


def test_a_channel_without_limit_is_a_missing_limit() -> None:
    parts = Parts("Tên", "Bước 1", channels=2, papers=1, sets=1, limits=1, subjects=("Công dân",), agencies=("Sở",))
    assert missing_parts(parts) == ("thời hạn giải quyết của từng hình thức nộp",)


@pytest.mark.parametrize(
    ("times", "whole"),
    [
        ([days("0.5"), days("1"), days("0.5")], days("2")),
        ([days("4", Unit.HOUR), days("1.5")], days("2")),
        ([days("2", Unit.HOUR), days("3", Unit.HOUR)], days("5", Unit.HOUR)),
        ([days("2", Unit.CALENDAR_DAY), days("1")], None),
        ([], None),
    ],
)
def test_times_add_up_in_their_units(times: list[Limit], whole: Limit | None) -> None:
    assert total(times) == whole


def test_steps_come_to_one_of_the_limits() -> None:
    steps = [days("4", Unit.HOUR), days("1.5")]
    assert adds_up(steps, [days("2"), days("5")])
    assert adds_up([days("16", Unit.HOUR)], [days("2")])
    assert not adds_up(steps, [days("3")])
    assert not adds_up(steps, [days("2", Unit.CALENDAR_DAY)])


def test_an_unknown_limit_binds_nothing() -> None:
    assert adds_up([days("2")], [])


def test_faults_of_steps_are_told_by_number() -> None:
    good = StepPlan("Nhận", Place.RECEIVING, "reception", days("0.5"))
    bad = StepPlan("", Place.FIXED, "", None)
    assert step_faults([good]) == ()
    assert len(step_faults([good, bad])) == 4
    assert all("Bước 2" in fault for fault in step_faults([good, bad]))
    assert step_faults([]) != ()


def test_a_published_version_lives_between_its_dates() -> None:
    first, last = date(2026, 1, 10), date(2026, 3, 1)
    assert state_on(date(2026, 1, 9), valid_from=first, valid_to=last) is State.ANNOUNCED
    assert state_on(first, valid_from=first, valid_to=last) is State.IN_FORCE
    assert state_on(last, valid_from=first, valid_to=last) is State.EXPIRED
    assert state_on(last, valid_from=None, valid_to=None) is State.IN_FORCE
