"""Every verb of a programme, done once with marked words in every text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import time as hour
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.foundation.core import time
from motcua.steering.programme import actions, storing
from motcua.steering.programme.kinds import (
    LADDER,
    Answers,
    Money,
    ProductKind,
    ProjectData,
    ProjectState,
    Source,
)
from motcua.steering.programme.models import Measure, Programme, Reminder
from motcua.steering.programme.papers.letters import letter_of
from motcua.steering.programme.tests import samples
from motcua.steering.programme.tests.factories import SYSTEM, Province
from motcua.steering.programme.types import Anomaly, AnomalyKind

#: A programme is public; reasons and remarks are notes of their own and stand nowhere in clear.
HOMES = frozenset({
    "programme_programme", "programme_storedreading", "programme_anomalyrow", "programme_taskgroup", "programme_task",
    "programme_taskchange", "programme_assignment", "programme_target", "programme_measure", "programme_entry",
    "programme_fact", "programme_budgetline", "programme_project", "programme_handin", "programme_targetchange",
})
DAY = date(2018, 3, 1)


def walk(mark: str) -> None:
    """Enter, answer, approve and amend a programme; let its rows go through everything that can happen to them."""
    province = Province()
    with time.travelling(time.at_local(DAY, hour(9))):
        programme = _entered(province, mark)
        _occurrences(programme, mark)
        _books(programme, province, mark)
        actions.set_ladder(SYSTEM, programme=programme, ladder=LADDER)
        made = actions.remind(SYSTEM, programme)
        letter_of(SYSTEM, Reminder.objects.get(pk=made[0].pk))
        _amended(programme, mark)
        _handed_in(mark)


def _handed_in(mark: str) -> None:
    """Hand in a file that is no decision: what is said of it may quote it, in its own row alone."""
    row = actions.hand_in(SYSTEM, file=SimpleUploadedFile(f"{mark}.txt", f"Bà {mark} gửi lời chào".encode()))
    row.refresh_from_db()
    if not row.is_over:  # where jobs wait for the commit of the test
        actions.end_hand_in(SYSTEM, row=row, problem=f"Tệp bắt đầu bằng “Bà {mark}”")


def _entered(province: Province, mark: str) -> Programme:
    reading = province.reading()
    marked = replace(
        reading,
        header=replace(reading.header, signer=f"Bà {mark}", title=f"Đề án của bà {mark}"),
        tasks=tuple(
            replace(task, text=f"Việc của bà {mark}", group=f"{task.group} {mark}", lead_units=tuple(
                replace(unit, name=f"{unit.name} {mark}") for unit in task.lead_units
            )) for task in reading.tasks
        ),
        targets=tuple(
            replace(target, text=f"Bà {mark}", measures=tuple(
                replace(measure, text=f"Bà {mark}") for measure in target.measures
            )) for target in reading.targets
        ),
        anomalies=(Anomaly(AnomalyKind.SUM, f"Bà {mark}", f"Bà {mark}"),),
    )  # fmt: skip
    programme = actions.enter(SYSTEM, reading=marked, sha256="a1" * 32, name=f"{mark}.txt")
    programme = actions.enter(SYSTEM, reading=marked, sha256="b2" * 32, name=f"{mark}.txt")
    settled = {programme.anomalies.get().key: f"Hỏi bà {mark}"}
    programme = actions.answer(SYSTEM, programme=programme, answers=Answers(settled=settled))
    head = actions.Head(
        number=programme.number, issuing_body=programme.issuing_body, issued_on=date(2016, 6, 15), first_year=2016,
        last_year=2020, title=f"Đề án của bà {mark}", signer=f"Bà {mark}",
    )
    programme = actions.correct_head(SYSTEM, programme=programme, head=head)
    return actions.approve(
        SYSTEM, programme=programme, steward=province.steward, office=province.office, issuer=province.issuer,
        on=date(2016, 6, 15), short=f"Chương trình của bà {mark}",
    )


def _occurrences(programme: Programme, mark: str) -> None:
    task = programme.tasks.get(uid="1.1")
    row = task.occurrences.get()
    row = actions.wait(SYSTEM, occurrence=row, on=date(2017, 2, 1), reason=f"Chờ bà {mark}")
    row = actions.resume(SYSTEM, occurrence=row, on=date(2017, 3, 1), number=f"7/{mark}")
    row = actions.submit(SYSTEM, occurrence=row, on=date(2017, 4, 1), number=f"8/{mark}")
    row = actions.give_back(SYSTEM, occurrence=row, on=date(2017, 4, 9), reason=f"Thiếu ý kiến bà {mark}")
    row = actions.submit(SYSTEM, occurrence=row, on=date(2017, 5, 1), number=f"9/{mark}")
    row = actions.issue(SYSTEM, occurrence=row, on=date(2017, 6, 1), number=f"10/{mark}")
    actions.accept(SYSTEM, occurrence=row, on=date(2017, 7, 1), number=f"11/{mark}", note=f"Bà {mark} khen")
    other = programme.tasks.get(uid="1.2").occurrences.get(year=2019)
    actions.drop(SYSTEM, occurrence=other, on=date(2017, 8, 1), number=f"12/{mark}", reason=f"Theo bà {mark}")
    actions.add(SYSTEM, task=programme.tasks.get(uid="3.4#2"), due_on=date(2018, 12, 1))
    actions.set_product(SYSTEM, task=task, kind=ProductKind.SYSTEM)


def _books(programme: Programme, province: Province, mark: str) -> None:
    task = programme.tasks.get(uid="1.1")
    task = actions.plan_money(
        SYSTEM, task=task, year=2017, what=Money.PLANNED, source=Source.PROVINCE, amount_vnd=10**9,
        on=date(2017, 1, 1), number=f"1/{mark}",
    )
    task = actions.spend(
        SYSTEM, task=task, year=2017, source=Source.PROVINCE, amount_vnd=10**8, on=date(2017, 5, 1), number=f"2/{mark}"
    )
    data = ProjectData(f"Trụ sở bà {mark}", ProjectState.BUILDING, 10**9)
    project = actions.enter_project(SYSTEM, task=task, agency=province.justice, data=data)
    actions.report_progress(SYSTEM, project=project, on=date(2017, 6, 1), disbursed_vnd=10**8, built=Decimal(20))
    measure = Measure.objects.filter(target__programme=programme).latest("pk")
    measure = actions.bind(
        SYSTEM, measure=measure, responsible=province.justice, baseline=Decimal(1), baseline_source=f"Bà {mark}"
    )
    measure = actions.enter_value(
        SYSTEM, measure=measure, on=date(2017, 6, 1), value=Decimal(5), source=f"Báo cáo của bà {mark}"
    )
    task = actions.link(SYSTEM, task=programme.tasks.get(uid="1.2"), measures=[measure])
    actions.unlink(SYSTEM, task=task, measure=measure)


def _amended(programme: Programme, mark: str) -> None:
    reading = storing.reading_of(programme.readings.get(is_current=True).content)
    after = samples.renumbered(
        replace(
            reading, tasks=tuple(replace(task, text=f"Việc mới của bà {mark}") for task in reading.tasks),
            targets=tuple(replace(target, text=f"Mục tiêu mới của bà {mark}") for target in reading.targets),
        ),
        f"99/QĐ-{mark}", date(2018, 2, 1),
    )
    actions.enter(SYSTEM, reading=after, sha256="c3" * 32, name=f"{mark}.txt", amends=programme)
    programme.refresh_from_db()
    actions.amend(SYSTEM, programme=programme)
