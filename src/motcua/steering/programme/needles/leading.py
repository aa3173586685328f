"""The leaders' pages: what one screen must tell the chairman, the head of an agency, the steward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.foundation.core.policies import Actor
from motcua.foundation.identity.types import LEADERS, Officer, Role
from motcua.foundation.indicators import selectors as numbers
from motcua.foundation.indicators.presenting import Shown as NumberShown
from motcua.foundation.indicators.registry import indicator
from motcua.foundation.indicators.types import Number, Scope, TableLine
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family
from motcua.steering.programme import selectors as programmes
from motcua.steering.programme.agency_page import LATE, NEAR, JobGroup, agency_page
from motcua.steering.programme.kinds import Question, State
from motcua.steering.programme.models import AnomalyRow, Programme, Task
from motcua.steering.programme.money_views import Amounts, programme_money
from motcua.steering.programme.needles import presenting
from motcua.steering.programme.needles.selectors import Needle
from motcua.steering.programme.needles.types import Verdict
from motcua.steering.programme.selectors.lines import Line

SHOWN = 5
OPEN, OPEN_LATE, ON_TIME = "dossiers-open", "dossiers-open-late", "dossiers-on-time-share"


class Seat(StrEnum):
    """From where somebody looks: each has a page of its own."""

    PROVINCE = "province"
    AGENCY = "agency"
    STEWARD = "steward"

    @property
    def label(self) -> str:
        return {"province": "Toàn tỉnh", "agency": "Cơ quan tôi", "steward": "Thường trực cải cách"}[self.value]


def seats(actor: Actor, programme: Programme | None) -> list[Seat]:
    """Return the pages a person may open, his own first: who issues and who watches over it sees all."""
    if not isinstance(actor, Officer):
        return []
    found = [Seat.STEWARD] if actor.has_anywhere(Role.STEWARD) else []
    tops = {programme.issuer_id, programme.office_id} - {None} if programme else set()
    leads = {agency for agency in actor.works_at if actor.has(*LEADERS, agency_id=agency)}
    if leads & tops or actor.has_anywhere(Role.AUDITOR, Role.STEWARD):
        found.append(Seat.PROVINCE)
    if leads - {programme.issuer_id if programme else None}:
        found.append(Seat.AGENCY)
    return found


@dataclass(frozen=True, slots=True)
class Owed:
    """An agency and how many of its shares are late; `worst` is how many days the oldest is.

    `share` is how many these are against whoever has the most, for a bar beside the number.
    """

    agency: Agency
    count: int
    worst: int
    share: float = 1.0


def late_by_agency(lines: Collection[Line]) -> list[Owed]:
    """Return the agencies with late shares, the most first."""
    late = [
        (share.agency, share.standing.days_late)
        for line in lines for due in line.dues for share in due.shares
        if share.agency is not None and share.standing.state is State.LATE
    ]
    counts, worst = Counter(agency.pk for agency, _ in late), dict[int, int]()
    for agency, days in late:
        worst[agency.pk] = max(worst.get(agency.pk, 0), days)
    named = {agency.pk: agency for agency, _ in late}
    most = max(counts.values(), default=1)
    found = [Owed(named[key], count, worst[key], count / most) for key, count in counts.items()]
    return sorted(found, key=lambda one: (-one.count, -one.worst, one.agency.name))


@dataclass(frozen=True, slots=True)
class Late:
    """An agency and its open dossiers that are late; `share` as in `Owed`."""

    agency: Agency
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class ProvincePage:
    """The chairman's screen."""

    sums: Sequence[presenting.Sum]
    behind: Sequence[presenting.Shown]
    owed: Sequence[Owed]
    owed_words: str
    dossiers: NumberShown
    late: Sequence[Late]
    money: Amounts
    printed_vnd: int | None

    @property
    def allocated_share(self) -> float | None:
        """How much of the printed money was allocated."""
        if not self.printed_vnd or self.money.allocated is None:
            return None
        return self.money.allocated / self.printed_vnd


def province_page(programme: Programme, lines: Sequence[Line], needles: Sequence[Needle]) -> ProvincePage:
    """Return the chairman's screen (9 queries beside lines and needles)."""
    table = numbers.table(OPEN_LATE)
    owed, money = late_by_agency(lines), programme_money(programme)
    late = _late(table.lines)
    return ProvincePage(
        sums=presenting.sums(needles), behind=_of(needles, Verdict.BEHIND), owed=owed,
        owed_words=_owed_words(owed), dossiers=NumberShown(indicator(OPEN_LATE), table.total),
        late=late[:SHOWN], money=money.total, printed_vnd=money.printed_vnd,
    )


def _owed_words(owed: Sequence[Owed]) -> str:
    return f"{sum(one.count for one in owed)} kỳ ở {len(owed)} cơ quan" if owed else ""


def _late(lines: Sequence[TableLine]) -> list[Late]:
    """Return the agencies with late dossiers, as the table orders them (1 query)."""
    counts = {int(line.key): int(line.number.value) for line in lines if line.number.value and line.key}
    agencies, most = Agency.objects.in_bulk(counts), max(counts.values(), default=1)
    return [Late(agencies[key], count, count / most) for key, count in counts.items() if key in agencies]


def _of(needles: Sequence[Needle], *verdicts: Verdict) -> list[presenting.Shown]:
    return [presenting.shown(one) for one in needles if one.verdict in verdicts]


@dataclass(frozen=True, slots=True)
class HeadPage:
    """The screen of an agency's head."""

    agency: Agency
    groups: Sequence[JobGroup]
    late: int
    soon: int
    numbers: Sequence[NumberShown]
    mine: Sequence[presenting.Shown]


def head_page(
    programme: Programme, lines: Sequence[Line], needles: Sequence[Needle], agency: int, day: date
) -> HeadPage:
    """Return the screen of an agency's head (6 queries beside lines and needles)."""
    mine = family(agency)
    page = agency_page(programme, lines, mine, day)
    found: dict[str, Number] = numbers.ask_many([OPEN, OPEN_LATE, ON_TIME], Scope(agencies=frozenset(mine)))
    return HeadPage(
        agency=Agency.objects.get(pk=agency),
        groups=[JobGroup(one.title, one.jobs[:SHOWN], one.tone) for one in page.groups if one.title in {LATE, NEAR}],
        late=page.late, soon=page.soon,
        numbers=[NumberShown(indicator(code), found[code]) for code in (OPEN, OPEN_LATE, ON_TIME)],
        mine=[presenting.shown(one) for one in needles if one.measure.responsible_id in mine],
    )


@dataclass(frozen=True, slots=True)
class Open:
    """A question that only the steward answers."""

    task: Task
    question: Question


@dataclass(frozen=True, slots=True)
class StewardPage:
    """The steward's screen."""

    questions: Sequence[Open]
    question_total: int
    anomalies: int
    overdue: Sequence[presenting.Shown]
    overdue_total: int
    owed: Sequence[Owed]
    owed_total: int
    open_readings: Sequence[presenting.Shown]


def steward_page(programme: Programme, lines: Sequence[Line], needles: Sequence[Needle]) -> StewardPage:
    """Return the steward's screen (1 query beside lines and needles)."""
    questions = [Open(line.task, one) for line in lines for one in line.questions]
    overdue = [presenting.shown(one) for one in needles if one.is_overdue]
    owed = late_by_agency(lines)
    return StewardPage(
        questions=questions[:SHOWN], question_total=len(questions),
        anomalies=AnomalyRow.objects.filter(programme=programme, resolution="").count(),
        overdue=overdue[:SHOWN], overdue_total=len(overdue), owed=owed,
        owed_total=sum(one.count for one in owed),
        open_readings=[presenting.shown(one) for one in needles if len(one.readings) > 1],
    )


def newest() -> Programme | None:
    """Return the programme that leaders look at: the newest at work (1 query)."""
    return programmes.approved().first()


__all__ = [
    "HeadPage", "ProvincePage", "Seat", "StewardPage", "head_page", "newest", "province_page", "seats", "steward_page",
]
