"""Taking records in: new, unchanged, changed; trials write nothing; what controllers added stays."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.foundation.calendar.types import Unit
from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Conflict, Denied
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.service.procedures import actions, selectors
from motcua.service.procedures.models import Procedure, ProcedureVersion, VersionFlag
from motcua.service.procedures.presenting import money_lines
from motcua.service.procedures.reading import RecordReading, read_record
from motcua.service.procedures.reading.tests.samples import channels, record
from motcua.service.procedures.types import Change, FeeKind, FeeState, State

pytestmark = pytest.mark.django_db
BY = Call(SYSTEM_ACTOR)


def reading(**changes: object) -> RecordReading:
    return read_record(record(**changes))


def take_in(**changes: object) -> Change | None:
    return actions.take_in(BY, reading(**changes))


def test_a_new_record_is_in_force_as_it_stands() -> None:
    assert take_in() is Change.NEW
    procedure = Procedure.objects.get(code="1.900001")
    version = procedure.current
    assert version is not None
    assert (version.number, version.state, version.valid_from) == (1, State.IN_FORCE, None)
    assert version.papers.count() == 2
    assert [(row.channel, row.words) for row in version.limits.all()] == [
        ("online", "5 ngày làm việc"),
        ("direct", "5 ngày"),
    ]
    assert version.limits.all()[0].fees.get().amount == 200_000
    assert LedgerEvent.objects.filter(subject=procedure.ref).count() == 1


def test_the_same_record_again_changes_nothing() -> None:
    take_in()
    events = LedgerEvent.objects.count()
    assert take_in(detail_url="https://elsewhere.example") is Change.UNCHANGED
    assert (ProcedureVersion.objects.count(), LedgerEvent.objects.count()) == (1, events)


def test_a_changed_record_becomes_a_version_and_ends_the_one_before() -> None:
    take_in()
    with time.travelling(datetime(2026, 5, 4, 3, tzinfo=UTC)):
        assert take_in(ten_thu_tuc="Tên sửa") is Change.CHANGED
    first, second = ProcedureVersion.objects.order_by("number")
    assert (first.state, str(first.valid_to)) == (State.EXPIRED, "2026-05-04")
    assert (second.state, str(second.valid_from), second.valid_to) == (State.IN_FORCE, "2026-05-04", None)
    assert Procedure.objects.get().name == "Tên sửa"
    assert list(selectors.in_force(time.local_day(datetime(2026, 5, 3, 3, tzinfo=UTC)))) == [first]
    assert list(selectors.in_force(time.local_day(datetime(2026, 5, 4, 3, tzinfo=UTC)))) == [second]


def test_a_trial_writes_nothing_and_says_the_same() -> None:
    assert actions.take_in(BY, reading(), is_trial=True) is Change.NEW
    assert not Procedure.objects.exists()
    assert not LedgerEvent.objects.exists()


def test_what_is_open_becomes_flags() -> None:
    take_in(cach_thuc_thuc_hien=channels("Trực tiếp1Miễn phí"), so_quyet_dinh="QĐ1")
    version = ProcedureVersion.objects.get()
    assert sorted(version.flags.values_list("code", flat=True)) == ["decision_odd", "limit_without_unit"]
    assert version.flags.get(code="limit_without_unit").limit == version.limits.get()
    assert version.limits.get().words == "chưa xác định thời hạn"


def test_an_added_limit_outlives_a_change_elsewhere() -> None:
    open_limit = channels("Trực tiếp1Miễn phí")
    take_in(cach_thuc_thuc_hien=open_limit)
    version = ProcedureVersion.objects.get()
    actions.set_limit(
        BY, version=version, limits=[version.limits.get()], amount=Decimal(1), unit=Unit.WORKING_DAY, basis="1/QĐ"
    )
    take_in(cach_thuc_thuc_hien=open_limit, ten_thu_tuc="Tên sửa")
    later = ProcedureVersion.objects.get(number=2)
    assert (later.limits.get().words, later.limits.get().basis) == ("1 ngày làm việc", "1/QĐ")
    assert later.flags.get(code="limit_without_unit").settled_on is not None


def test_an_added_fee_outlives_a_change_elsewhere() -> None:
    contradictory = channels("Trực tiếp5 NgàyMiễn phí(Phí thẩm định)")
    take_in(cach_thuc_thuc_hien=contradictory)
    version = ProcedureVersion.objects.get()
    actions.set_fee(
        BY,
        version=version,
        limits=[version.limits.get()],
        kind=FeeKind.FEE,
        amount=Decimal(50_000),
        per="hồ sơ",
        basis="2/NQ-HĐND",
    )
    take_in(cach_thuc_thuc_hien=contradictory, ten_thu_tuc="Tên sửa")
    row = ProcedureVersion.objects.get(number=2).limits.get()
    assert row.fee_state == FeeState.AMOUNT
    assert [line.text for line in money_lines(row, date(2026, 1, 1))] == ["Phí: 50.000\xa0đ/hồ sơ"]
    assert not VersionFlag.objects.filter(of__number=2, settled_on__isnull=True).exists()
    with pytest.raises(Conflict):
        actions.set_fee(
            BY, version=row.of, limits=[row], kind=FeeKind.FEE, amount=Decimal(1), per="", basis="2/NQ-HĐND"
        )


def test_an_added_limit_does_not_outlive_a_change_of_its_row() -> None:
    take_in(cach_thuc_thuc_hien=channels("Trực tiếp1Miễn phí"))
    version = ProcedureVersion.objects.get()
    actions.set_limit(
        BY, version=version, limits=[version.limits.get()], amount=Decimal(1), unit=Unit.WORKING_DAY, basis="1/QĐ"
    )
    take_in(cach_thuc_thuc_hien=channels("Trực tiếp2Miễn phí"))
    assert ProcedureVersion.objects.get(number=2).limits.get().amount is None


def test_a_rejected_reading_changes_nothing() -> None:
    assert take_in(ma_thu_tuc="x") is None
    assert not Procedure.objects.exists()


def test_only_a_controller_imports() -> None:
    for person in (officer(Role.STEWARD), officer(Role.SPECIALIST)):
        with pytest.raises(Denied):
            actions.take_in(Call(person), reading())
    assert not Procedure.objects.exists()
    assert actions.take_in(Call(officer(Role.CONTROLLER)), reading()) is Change.NEW


def test_the_ledger_holds_codes_only() -> None:
    take_in()
    for event in LedgerEvent.objects.all():
        assert bytes(event.canonical).isascii()
