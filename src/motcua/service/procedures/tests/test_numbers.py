"""Numbers of procedures: what decisions say, what the record says as far as it goes, and what nobody says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from motcua.foundation.core import time
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.tests.factories import officer
from motcua.foundation.identity.types import Role
from motcua.foundation.indicators import building, selectors
from motcua.foundation.indicators.comparing import kept_sources
from motcua.foundation.indicators.models import FoldLock
from motcua.foundation.indicators.types import By, Scope
from motcua.foundation.organisations.models import Kind, Level
from motcua.foundation.organisations.tests.factories import AgencyFactory
from motcua.service.procedures import actions, service_file
from motcua.service.procedures.indicators import INDICATORS
from motcua.service.procedures.models import ChannelLimit, Procedure, ProcedureVersion
from motcua.service.procedures.reading import read_record
from motcua.service.procedures.reading.tests.samples import record
from motcua.service.procedures.serving import ProcedureService
from motcua.service.procedures.tests.factories import ProcedureVersionFactory, ProcessFactory
from motcua.service.procedures.tests.test_publishing import at

pytestmark = pytest.mark.django_db
BY = Call(SYSTEM_ACTOR)
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time.travelling(at(date(2026, 6, 1))):
        yield


def version(*, online: bool = False, **more: Any) -> ProcedureVersion:
    found: ProcedureVersion = ProcedureVersionFactory(**more)
    if online:
        ChannelLimit.objects.create(of=found, position=2, channel="online")
    return found


def said(of: ProcedureVersion, day: date = DAY, **more: Any) -> None:
    actions.state_service(BY, procedure=of.procedure, valid_from=day, basis="Quyết định 1", **more)


def value(code: str, scope: Scope | None = None, as_of: date | None = None) -> int | None:
    return selectors.ask(code, scope or Scope(), as_of=as_of).numerator


def test_what_nobody_says_is_unstated_and_makes_no_zero() -> None:
    version()
    found = selectors.ask("procedures-one-stop-share")
    assert (found.value, found.numerator, found.unstated, found.denominator) == (None, 0, 1, 1)
    assert "chưa biết" in found.unknown


def test_a_decision_counts_from_its_day_until_the_next() -> None:
    one = version()
    said(one, one_stop=True, online=3)
    said(one, date(2026, 5, 1), one_stop=False, online=4)
    said(one, date(2026, 4, 1), one_stop=True, interconnected=True)
    days = [date(2026, 3, 1), DAY, date(2026, 4, 1), date(2026, 5, 1)]
    assert [value("procedures-one-stop", as_of=day) for day in days] == [0, 1, 1, 0]
    assert [value("procedures-online-3", as_of=day) for day in days] == [0, 1, 0, 0]
    assert [value("procedures-online-4", as_of=day) for day in days] == [0, 0, 0, 1]
    assert list(ProcedureService.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (DAY, date(2026, 4, 1)), (date(2026, 4, 1), date(2026, 5, 1)), (date(2026, 5, 1), None)
    ]


def test_a_process_that_begins_at_a_counter_shows_the_one_stop_unless_a_decision_says_no() -> None:
    one = version()
    ProcessFactory(procedure=one.procedure)
    assert value("procedures-one-stop") == 1
    said(one, one_stop=False)
    assert value("procedures-one-stop") == 0


def test_an_online_channel_is_level_3_or_more_and_none_of_both_for_certain() -> None:
    version(online=True)
    version()
    numbers = selectors.ask_many([one.code for one in INDICATORS])
    assert numbers["procedures-online"].numerator == 1
    assert [numbers[f"procedures-online-{level}"].numerator for level in range(1, 5)] == [0, 0, 0, 0]
    assert [numbers[f"procedures-online-{level}"].unstated for level in range(1, 5)] == [1, 1, 1, 1]
    assert numbers["procedures-online-3-share"].value is None


def test_nested_and_disjoint_readings_of_level_3_differ() -> None:
    for level in (2, 3, 4, 4):
        said(version(), online=level)
    assert selectors.ask("procedures-online-share").value == 75
    assert selectors.ask("procedures-online-3-share").value == 25
    assert selectors.ask("procedures-online-4-share").value == 50


def test_a_level_is_the_procedures_own_and_several_may_be_asked_together() -> None:
    version(levels=["province"])
    version(levels=["district", "commune"])
    version(levels=["commune"])
    assert value("procedures-in-force", Scope(level="province")) == 1
    assert value("procedures-in-force", Scope(level="district,commune")) == 2
    assert [value(f"procedures-level-{level}") for level in ("province", "district", "commune")] == [1, 1, 2]


def test_a_territory_carries_out_all_of_its_level_and_a_department_what_names_it() -> None:
    for code, territorial in (("commune", True), ("department", False)):
        level = Level.objects.get_or_create(code="commune" if territorial else "province", defaults={"order": 9})[0]
        Kind.objects.update_or_create(
            code=code, defaults={"name": code, "level": level, "order": 9, "is_territorial": territorial}
        )
    commune = AgencyFactory()
    justice = AgencyFactory(name="Sở Tư pháp", state__kind="department", state__level="province")
    version(levels=["commune"])
    version(levels=["province"], performing=["Sở Tư Pháp tỉnh Bắc Kạn"])
    version(levels=["province"], performing=["Sở Nội vụ"])
    assert value("procedures-in-force", Scope.of(commune.pk)) == 1
    assert value("procedures-in-force", Scope.of(justice.pk)) == 1
    lines = selectors.table("procedures-in-force", by=By.AGENCY).lines
    assert {line.key: line.number.numerator for line in lines} == {commune.pk: 1, justice.pk: 1}
    assert selectors.table("procedures-in-force", by=By.FIELD).lines[0].number.numerator == 3


def test_every_number_is_as_long_as_its_rows() -> None:
    said(version(online=True), one_stop=True, online=4)
    said(version(levels=["commune"]), interconnected=True)
    version(levels=["province"])
    for one in INDICATORS:
        assert selectors.recount(one.code) == value(one.code), one.code


def test_what_has_expired_or_not_begun_is_not_in_force() -> None:
    version(valid_to=date(2026, 5, 1), state="expired")
    version(valid_from=date(2026, 7, 1), state="announced")
    assert value("procedures-in-force") == 0
    assert value("procedures-in-force", as_of=date(2026, 4, 30)) == 1


@pytest.mark.parametrize("wrong", [{"basis": " ", "one_stop": True}, {"basis": "QĐ 1"}, {"basis": "QĐ 1", "online": 5}])
def test_a_statement_without_basis_or_content_is_refused(wrong: dict[str, Any]) -> None:
    one = version()
    with pytest.raises(Invalid):
        actions.state_service(BY, procedure=one.procedure, valid_from=DAY, **wrong)
    assert not ProcedureService.objects.exists()


def test_only_the_controller_says_how_a_procedure_is_served() -> None:
    one = version()
    for who in (officer(Role.RECEPTION), officer(Role.STEWARD)):
        with pytest.raises(Denied):
            actions.state_service(Call(who), procedure=one.procedure, valid_from=DAY, basis="QĐ 1", one_stop=True)
    assert not ProcedureService.objects.exists()
    actions.state_service(
        Call(officer(Role.CONTROLLER)), procedure=one.procedure, valid_from=DAY, basis="QĐ 1", one_stop=True
    )
    assert ProcedureService.objects.count() == 1


def test_the_form_enters_a_statement(client: Any) -> None:
    one = version()
    controller = officer(Role.CONTROLLER)
    client.force_login(Account.objects.get(pk=controller.account_id))
    url = reverse("procedures-service", args=[one.procedure.public_id])
    assert client.get(url).status_code == 200
    answer = client.post(url, {"one_stop": "co", "online": "4", "valid_from": "2/3/2026", "basis": "Quyết định 1"})
    assert answer.status_code == 302
    row = ProcedureService.objects.get()
    assert (row.one_stop, row.interconnected, row.online, row.valid_from) == (True, None, 4, DAY)
    page = client.get(reverse("procedures-one", args=[one.procedure.public_id])).content.decode()
    assert "mức độ 4" in page


def test_a_file_is_read_line_by_line_and_says_what_was_wrong(tmp_path: Path) -> None:
    one = version()
    path = tmp_path / "a.csv"
    path.write_text(
        "ma,tu_ngay,mot_cua,lien_thong,muc_do,can_cu\n"
        f"{one.procedure.code},2/3/2026,co,khong,3,QĐ 1\n9.999999,2/3/2026,co,,,QĐ 1\n{one.procedure.code},,co,,,QĐ 1\n"
    )
    found = list(service_file.read(BY, path))
    assert [bool(line.problem) for line in found] == [False, True, True]
    assert ProcedureService.objects.count() == 1
    path.write_text("ma;x\n")
    with pytest.raises(service_file.BadFile, match="thiếu cột"):
        list(service_file.read(BY, path))


def test_a_corrected_field_lets_the_sums_be_built_anew() -> None:
    actions.import_record(BY, reading=read_record(record()))
    FoldLock.objects.all().delete()
    actions.import_record(BY, reading=read_record(record(trinh_tu_thuc_hien="Nộp hồ sơ.")))
    assert not FoldLock.objects.exists()
    actions.import_record(BY, reading=read_record(record(linh_vuc="Lĩnh vực khác")))
    assert all(building.is_stale(source) for source in kept_sources())
    for source in kept_sources():
        building.build(source)
        assert not building.is_stale(source)
    assert Procedure.objects.get().field == "Lĩnh vực khác"
