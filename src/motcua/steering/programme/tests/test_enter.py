"""Entering, reading anew, approving and amending a programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from motcua.foundation.core.errors import Denied
from motcua.foundation.core.models import Denial, LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Role
from motcua.steering.programme import actions, storing
from motcua.steering.programme.entering import body_key
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import Answers, FactKind, ProductKind
from motcua.steering.programme.models import Assignment, Occurrence, Programme, StoredReading, Task
from motcua.steering.programme.tests import samples
from motcua.steering.programme.tests.factories import SYSTEM, Province, officer

pytestmark = pytest.mark.django_db
enter_module = import_module("motcua.steering.programme.actions.enter")


def test_a_reading_becomes_a_draft_with_its_words_kept() -> None:
    province = Province()
    programme = province.drafted()
    assert programme.is_draft
    assert [task.uid for task in programme.tasks.all()] == ["1.1", "1.2", "1.3", "7.8", "3.4#1", "3.4#2"]
    assert [task.number for task in programme.tasks.filter(number="3.4")] == ["3.4", "3.4"]
    assert programme.tasks.get(uid="7.8").period_text == "Tháng 2 hàng năm"
    assert [measure.code for measure in programme.targets.get().measures.all()] == ["1.1", "1.2"]
    assert programme.anomalies.get().values == ["122", "124"]
    assert not Occurrence.objects.exists(), "a draft owes nothing"
    assert storing.reading_of(programme.readings.get().content) == province.reading()


def test_every_responsible_agency_has_its_own_assignment() -> None:
    province = Province()
    row = province.drafted().tasks.get(uid="1.3")
    assert {(one.part, one.agency) for one in row.assignments.all()} == {
        ("lead", province.justice), ("lead", province.health),
    }


def test_the_same_file_again_changes_nothing() -> None:
    province = Province()
    first = province.drafted()
    events = LedgerEvent.objects.count()
    assert province.drafted() == first
    assert (Programme.objects.count(), StoredReading.objects.count()) == (1, 1)
    assert LedgerEvent.objects.count() == events


def test_cells_laid_out_anew_do_not_hide_a_text_that_reads_otherwise_now() -> None:
    province = Province()
    programme = province.drafted()
    cells = {"text": "Việc chia lại", "product": "Quyết định", "lead": "", "coordinating": "", "period": "Năm 2017",
             "budget": ""}  # fmt: skip
    actions.answer(SYSTEM, programme=programme, answers=Answers(cells={"1.1": cells, "1.2": cells}))
    reading = province.reading()
    tasks = [replace(task, text="Việc mới hẳn") if task.uid == "1.1" else task for task in reading.tasks]
    again = actions.enter(SYSTEM, reading=replace(reading, tasks=tuple(tasks)), sha256="b" * 64, name="860-2.txt")
    assert again.tasks.get(uid="1.1").text == "Việc mới hẳn"
    assert again.tasks.get(uid="1.2").text == "Việc chia lại", "what reads as before keeps its answer"
    assert set(storing.answers_of(again.answers).cells) == {"1.2"}


@pytest.mark.parametrize("left", ["3.4#1", "3.4#2"])
def test_the_row_left_of_two_with_one_number_is_no_new_row(left: str) -> None:
    province = Province()
    reading = province.reading()
    texts = {"3.4#1": "Kiện toàn bộ máy", "3.4#2": "Tinh giản biên chế"}
    named = [replace(task, text=texts.get(task.uid, task.text)) for task in reading.tasks]
    programme = actions.enter(SYSTEM, reading=replace(reading, tasks=tuple(named)), sha256="a" * 64, name="860.txt")
    actions.approve(SYSTEM, programme=programme, steward=province.steward, office=province.office)
    kept = [replace(task, uid=task.number) for task in named if task.uid not in texts or task.uid == left]
    after = samples.renumbered(replace(reading, tasks=tuple(kept)), "99/QĐ-UBND", date(2017, 3, 1))
    actions.enter(SYSTEM, reading=after, sha256="e" * 64, name="99.txt", amends=programme)
    actions.amend(SYSTEM, programme=programme, ends_missing=True)
    rows = {task.uid: task.ended_on is None for task in Task.objects.filter(number="3.4")}
    assert rows == {uid: uid == left for uid in texts}


@pytest.mark.parametrize("body", ["UBND tỉnh", "Uỷ ban nhân dân tỉnh", "ỦY BAN  NHÂN DÂN TỈNH"])
def test_a_body_spelled_otherwise_is_the_same_document(body: str) -> None:
    province = Province()
    first = province.drafted()
    reading = province.reading()
    spelled = replace(reading, header=replace(reading.header, issuing_body=body))
    assert actions.enter(SYSTEM, reading=spelled, sha256="b" * 64, name="860.docx") == first
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("number", ["", "/QĐ-UBND"])
def test_without_a_number_only_the_same_bytes_are_the_same_document(number: str) -> None:
    province = Province()
    reading = province.reading()
    blank = replace(reading, header=replace(reading.header, number=number))
    first = actions.enter(SYSTEM, reading=blank, sha256="a" * 64, name="1.txt")
    other = actions.enter(SYSTEM, reading=replace(blank, tasks=blank.tasks[:2]), sha256="b" * 64, name="2.txt")
    assert first != other and (first.number, other.number) == ("", "")
    assert first.tasks.count() == len(blank.tasks), "another decision does not write over the first draft"
    assert actions.enter(SYSTEM, reading=blank, sha256="a" * 64, name="1.txt") == first
    assert Programme.objects.count() == 2


def test_two_who_enter_one_document_at_once_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    province = Province()
    first = province.drafted()
    monkeypatch.setattr(enter_module, "find", lambda *_: None)
    with pytest.raises(BadProgramme, match="đã có trong danh sách"):
        actions.enter(SYSTEM, reading=province.reading(), sha256="b" * 64, name="860.docx")
    assert Programme.objects.get() == first


def test_a_draft_read_anew_keeps_the_answers() -> None:
    province = Province()
    programme = province.drafted()
    anomaly = programme.anomalies.get()
    answers = Answers(
        units={"Sở Y tế": (province.office.code,)}, kinds={"1.1": ProductKind.SYSTEM},
        settled={anomaly.key: "Tổng in là 122"},
    )
    actions.answer(SYSTEM, programme=programme, answers=answers)
    again = actions.enter(SYSTEM, reading=province.reading(), sha256="b" * 64, name="860-ban-2.txt")
    assert again == programme
    assert again.tasks.get(uid="1.1").product_kind == "system"
    assert again.anomalies.get().resolution == "Tổng in là 122"
    assert Assignment.objects.filter(task__uid="1.3", agency=province.office).exists()
    assert not Assignment.objects.filter(agency=province.health).exists()


def test_approval_unfolds_the_rows_and_asks_what_cannot_be_known() -> None:
    programme = Province().approved()

    def years(uid: str) -> list[int | None]:
        return [row.year for row in Occurrence.objects.filter(task__uid=uid).order_by("year")]

    assert years("1.1") == [2017]
    assert years("1.2") == [2016, 2017, 2018, 2019, 2020]
    assert years("1.3") == [2016, 2017, 2018, 2019, 2020], "a standing result is confirmed each year"
    assert years("7.8") == [2017, 2018, 2019, 2020], "February 2016 lies before the decision"
    assert years("3.4#1") == [None]
    assert years("3.4#2") == []
    assert Occurrence.objects.get(task__uid="3.4#1").waits
    assert programme.steward is not None and not programme.is_draft


def test_approval_is_done_once_and_by_the_steward_alone() -> None:
    province = Province()
    programme = province.drafted()
    stranger = officer(province.justice, Role.HEAD)
    with pytest.raises(Denied):
        actions.approve(Call(stranger), programme=programme, steward=province.steward, office=province.office)
    programme.refresh_from_db()
    assert programme.is_draft and Denial.objects.filter(verb="programme.approve").exists()
    with pytest.raises(Denied):
        actions.enter(Call(stranger), reading=province.reading(), sha256="c" * 64, name="x")
    with pytest.raises(BadProgramme):
        actions.approve(SYSTEM, programme=programme, steward=province.steward, office=province.steward)
    by = officer(province.steward, Role.STEWARD)
    actions.approve(Call(by), programme=programme, steward=province.steward, office=province.office)
    with pytest.raises(BadProgramme):
        actions.approve(Call(by), programme=programme, steward=province.steward, office=province.office)


def test_nothing_is_entered_of_a_document_without_targets_and_rows() -> None:
    empty = replace(samples.reading(), targets=(), anomalies=())
    with pytest.raises(BadProgramme):
        actions.enter(SYSTEM, reading=empty, sha256="d" * 64, name="thu.txt")
    assert not Programme.objects.exists()


def test_an_amendment_waits_and_then_keeps_what_it_changed() -> None:
    province = Province()
    programme = province.approved()
    before = province.reading()
    changed = [replace(task, period=samples.WHOLE) if task.uid == "1.1" else task for task in before.tasks[:-2]]
    new = samples.task("1.9", samples.IN_2017, lead=(samples.unit("Sở Y tế", province.health.code),))
    after = samples.renumbered(replace(before, tasks=(*changed, new)), "99/QĐ-UBND", date(2017, 3, 1))
    actions.enter(SYSTEM, reading=after, sha256="e" * 64, name="99.txt", amends=programme)
    assert Task.objects.get(uid="1.1").period_text == "Năm 2017", "nothing changes before it is taken over"
    actions.amend(SYSTEM, programme=programme, ends_missing=True)
    row = Task.objects.get(uid="1.1")
    assert row.period_text == "Năm 2016-2020"
    assert [(one.field, one.before, one.after) for one in row.changes.all()] == [
        ("period", "Năm 2017", "Năm 2016-2020")
    ]
    # The product is owed until the end of 2020 now; what was owed for 2017 is dropped, not wiped out.
    assert {one.year for one in row.occurrences.all()} == {2017, 2020}
    assert row.occurrences.get(year=2017).facts.get().what == FactKind.DROPPED
    assert Task.objects.get(uid="1.9").occurrences.count() == 1
    assert Task.objects.get(uid="3.4#1").ended_on is not None
    programme.refresh_from_db()
    assert programme.state == "amended" and programme.number == "12/QĐ-UBND"
    with pytest.raises(BadProgramme):
        actions.amend(SYSTEM, programme=programme)


def test_twins_of_a_former_version_keep_apart_and_the_one_at_work_is_the_document() -> None:
    province = Province()
    twin = Programme.objects.create(number="12/QĐ-UBND", issuing_body="UBND tỉnh", issued_on=date(2016, 6, 15))
    blank = Programme.objects.create(number="/QĐ-UBND", issuing_body="UBND tỉnh", issued_on=date(2016, 6, 15))
    programme = province.approved()
    Programme.objects.filter(pk=programme.pk).update(body_key="?")
    import_module("motcua.steering.programme.migrations.0004_body_key").fill(apps, None)
    for row in (twin, blank, programme):
        row.refresh_from_db()
    assert programme.body_key == body_key(programme.issuing_body) == "uy ban nhan dan tinh"
    assert twin.body_key == f"{programme.body_key} #{twin.pk}" and blank.number == ""
