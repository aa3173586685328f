"""Projects inside a row, such as the communes' offices, and how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from motcua.foundation.core.files.types import Put
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import today
from motcua.steering.programme.actions.shares import KEPT, attach
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import ProjectData, ProjectState
from motcua.steering.programme.models import Progress, Project, Task
from motcua.steering.programme.policies import PROGRAMMES


@verb("project.enter", policy=PROGRAMMES, locks=("task",))
def enter_project(
    act: Act, *, task: Task, agency: Agency, data: ProjectData, project: Project | None = None
) -> Project:
    """Enter a project of a row, or bring one to this data."""
    name = data.name.strip()
    if not name:
        raise BadProgramme(f"Dự án chưa có tên. {KEPT} Anh/chị nhập tên công trình.", field="name")
    same = task.projects.filter(agency=agency, name=name).first()
    if same is not None and same != project:
        raise BadProgramme(f"Đã có dự án “{name}” của {agency.name}. {KEPT} Anh/chị mở dự án đó.", field="name")
    if data.capital_vnd is not None and data.capital_vnd < 0:
        raise BadProgramme(f"Tổng vốn không âm. {KEPT} Anh/chị xem lại số tiền.", field="capital_vnd")
    row = project or Project(task=task)
    is_new = row.pk is None
    row.agency, row.name, row.state, row.capital_vnd = agency, name, data.state.value, data.capital_vnd
    row.started_on, row.finished_on = data.started_on, data.finished_on
    row.save()
    task.save()
    act.record(row, first=is_new, task=task.ref, agency=agency.ref, state=data.state.value,
               thousand_vnd=None if data.capital_vnd is None else data.capital_vnd // 1000)  # fmt: skip
    act.record(task, what="project", project=row.ref)
    return row


@verb("project.progress", policy=PROGRAMMES, locks=("project",))
def report_progress(
    act: Act, *, project: Project, on: date, disbursed_vnd: int, built: Decimal, puts: Sequence[Put] = ()
) -> Project:
    """Report on a day: money paid out so far in đồng, the share built in percent, photographs."""
    last = project.progress.last()
    if on > today.day() or (last is not None and on < last.on):
        raise BadProgramme(
            f"Ngày báo cáo phải sau lần trước và không ở tương lai. {KEPT} Anh/chị xem lại ngày.", field="on"
        )
    if not 0 <= built <= 100:
        raise BadProgramme(f"Khối lượng tính theo phần trăm, từ 0 đến 100. {KEPT} Anh/chị nhập lại.", field="built")
    if disbursed_vnd < 0:
        raise BadProgramme(f"Số tiền không âm. {KEPT} Anh/chị nhập lại.", field="disbursed_vnd")
    row = Progress.objects.create(
        project=project, on=on, disbursed_vnd=disbursed_vnd, built=built, by=act.actor.ref, at=act.entered_at
    )
    attach(puts, project.ref, act, progress=row)
    if built == 100:
        project.state, project.finished_on = ProjectState.FINISHED.value, project.finished_on or on
    elif built > 0:
        project.state = ProjectState.BUILDING.value
        project.started_on = project.started_on or on
    project.save()
    act.record(
        project, on=on.isoformat(), thousand_vnd=disbursed_vnd // 1000, per_mille=int(built * 10),
        files=[put.sha256.hex() for put in puts],
    )
    return project
