"""Approving a programme: its rows unfold into what falls due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import storing
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import LADDER, Frame, Money, Planned, ProgrammeState, Source, Unfolded
from motcua.steering.programme.models import BudgetLine, Occurrence, Programme, Task
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.types import Recurrence
from motcua.steering.programme.unfolding import frame_of, unfolded


@verb("programme.approve", policy=PROGRAMMES, locks=("programme",))
def approve(
    act: Act, *, programme: Programme, steward: Agency, office: Agency | None = None, issuer: Agency | None = None,
    on: date | None = None, short: str = "",
) -> Programme:
    """Put a draft to work from a day on (today) and unfold its rows.

    `steward` drives it and accepts products, `office` accepts the steward's own, `issuer` issues what is submitted.
    What cannot be unfolded stays a question; nothing is made up for it. Raises BadProgramme.
    """
    _check(programme, steward, office)
    programme.steward, programme.office, programme.issuer = steward, office, issuer
    programme.state, programme.approved_on = ProgrammeState.APPROVED, on or time.local_day(act.happened_at)
    programme.short = short or programme.short
    programme.ladder = {rung.value: days for rung, days in LADDER.items()}
    programme.save()
    tasks = list(programme.tasks.all())
    asked = put_occurrences(programme, tasks)
    _plan_yearly(act, programme, tasks)
    act.record(
        programme, steward=steward.ref, office=office.ref if office else None, issuer=issuer.ref if issuer else None,
        since=programme.approved_on.isoformat(), occurrences=Occurrence.objects.filter(task__in=tasks).count(),
        asked=asked,
    )
    return programme


def put_occurrences(programme: Programme, tasks: Iterable[Task]) -> int:
    """Write the occurrences of rows; return how many questions are left open."""
    answers, frame = storing.answers_of(programme.answers), frame_of(programme)
    found = {task.pk: (task, unfolded(task, frame, answers)) for task in tasks}
    Occurrence.objects.bulk_create(
        occurrence(task, one, frame) for task, result in found.values() for one in result.occurrences
    )
    return sum(_count(result) for _, result in found.values())


def occurrence(task: Task, planned: Planned, frame: Frame) -> Occurrence:
    """Return the unsaved occurrence of what was unfolded."""
    is_answer = planned.year is not None and not frame.first_year <= planned.year <= frame.last_year
    return Occurrence(
        task=task, year=planned.year, opens_on=planned.opens_on, due_on=planned.due_on, waits=planned.waits,
        source="answered" if is_answer else "unfolded",
    )


def _count(result: Unfolded) -> int:
    return len(result.questions)


def _check(programme: Programme, steward: Agency, office: Agency | None) -> None:
    if programme.state != ProgrammeState.DRAFT:
        raise BadProgramme("Chương trình này đã duyệt từ trước và vẫn giữ nguyên. Anh/chị mở bảng theo dõi.")
    if programme.issued_on is None or not programme.years:
        raise BadProgramme(
            "Chưa duyệt được: bản đọc chưa có ngày ban hành hoặc năm đầu, năm cuối của chương trình; bản đọc vẫn giữ "
            "nguyên. Anh/chị bấm Sửa phần đầu ở trang xem cách đọc, bổ sung rồi duyệt lại."
        )
    if not programme.tasks.filter(ended_on__isnull=True).exists():
        raise BadProgramme(
            "Chưa duyệt được: bản đọc không có dòng nhiệm vụ nào; bản đọc vẫn giữ nguyên. Anh/chị nhập lại tệp có cả "
            "phụ lục nhiệm vụ rồi duyệt."
        )
    if office == steward:
        raise BadProgramme(
            "Cơ quan thường trực không tự nghiệm thu việc của mình; chương trình vẫn là bản đọc. Anh/chị chọn cơ quan "
            "khác làm nơi nghiệm thu việc của thường trực, thường là Văn phòng UBND tỉnh.",
            field="office",
        )


def _plan_yearly(act: Act, programme: Programme, tasks: Iterable[Task]) -> None:
    """Write the planned money of rows whose cell gives an amount for each year."""
    assert programme.approved_on is not None
    BudgetLine.objects.bulk_create(
        BudgetLine(
            task=task, year=year, what=Money.PLANNED, source=Source.PROVINCE, amount_vnd=task.per_year_vnd,
            on=programme.approved_on, number=programme.number, by=act.actor.ref, at=act.entered_at,
        )
        for task in tasks if task.per_year_vnd for year in years_of(task, programme)
    )


def years_of(task: Task, programme: Programme) -> range:
    """Return the years in which a row has its money: the printed ones, else the programme's.

    Words about the time that could not be read are still asked; until then no year is planned for.
    """
    if task.recurrence == Recurrence.NOT_STATED and task.period_text.strip():
        return range(0)
    years = programme.years
    return range(task.start_year or years[0], (task.end_year or years[-1]) + 1)
