"""One agency's part of a programme: what it leads, sorted by what wants its hand, and what it helps with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.steering.programme.kinds import Part, State
from motcua.steering.programme.models import Assignment, Programme
from motcua.steering.programme.presenting import Badge, Row, badge, rows, said_of
from motcua.steering.programme.rules.states import DONE
from motcua.steering.programme.selectors.lines import DueNow, Line, Share

SOON = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Job:
    """One occurrence as the agency sees it: its own share."""

    line: Line
    due: DueNow
    share: Share
    badge: Badge
    said: str


@dataclass(frozen=True, slots=True)
class JobGroup:
    """Jobs under one heading."""

    title: str
    jobs: Sequence[Job]
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """The page of one agency."""

    groups: Sequence[JobGroup]
    helps: Sequence[Row]
    led: int
    late: int
    soon: int
    done: int


def agency_page(
    programme: Programme, lines: Sequence[Line], agencies: Collection[int], day: date
) -> AgencyPage:
    """Return the page of an agency and of those whose work it carries (1 query)."""
    jobs = [
        _job(line, due, share) for line in lines for due in line.dues for share in due.of(agencies)
    ]
    jobs.sort(key=lambda job: (job.share.standing.due_on or date.max, job.line.task.position))
    helped = set(
        Assignment.objects.filter(task__programme=programme, agency__in=agencies, part=Part.COORDINATING)
        .values_list("task", flat=True)
    )
    groups = _groups(jobs, day)
    counts = {group.title: len(group.jobs) for group in groups}
    return AgencyPage(
        groups=groups, helps=rows(line for line in lines if line.task.pk in helped),
        led=len({job.line.task.pk for job in jobs}), late=counts.get(LATE, 0), soon=counts.get(NEAR, 0),
        done=counts.get(DONE_NOW, 0),
    )


LATE, NEAR, LATER, OTHERS, DONE_NOW = "Quá hạn", "Đến hạn trong 45 ngày", "Đang làm", "Đang chờ bên khác", "Đã xong"
AHEAD = "Chưa tới kỳ"


def _groups(jobs: Sequence[Job], day: date) -> list[JobGroup]:
    """Return the jobs under their headings; a heading without any is left out."""
    sorted_in: dict[str, list[Job]] = {name: [] for name in (LATE, NEAR, LATER, OTHERS, AHEAD, DONE_NOW)}
    for job in jobs:
        sorted_in[_heading(job, day)].append(job)
    sorted_in[DONE_NOW].reverse()
    return [JobGroup(name, found, "bad" if name == LATE else "plain") for name, found in sorted_in.items() if found]


def _heading(job: Job, day: date) -> str:
    at = job.share.standing
    if at.state is State.LATE:
        return LATE
    if at.state in DONE:
        return DONE_NOW
    if at.state in {State.WAITING, State.SUBMITTED}:
        return OTHERS
    if at.state is State.NOT_DUE:
        return AHEAD
    return NEAR if at.due_on is not None and at.due_on <= day + SOON else LATER


def _job(line: Line, due: DueNow, share: Share) -> Job:
    """Return the job with the words of this share alone."""
    alone = DueNow(due.occurrence, (share,), share.standing.state, share.standing.due_on, share.standing.days_late)
    return Job(line, due, share, badge(share.standing.state), said_of(alone))
