"""The head's page: a few numbers of one agency, each the length of a list that opens from it.

A number and its list come from one queryset, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Unit, Verdict
from motcua.foundation.core.time import LOCAL_ZONE, at_local, local_day
from motcua.foundation.core.words import WEEKDAYS
from motcua.service.dossiers.models import OPEN, SETTLED_ELSEWHERE, Dossier
from motcua.service.dossiers.selectors import LIST_ROWS

DAYS_AHEAD = 7
"""Working days of the strip."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it was before, and the address part under which its rows stand.

    A hint that says a number of its own has its rows under `hint_slug`.
    """

    slug: str
    label: str
    value: int
    before: int | None = None
    before_label: str = ""
    hint: str = ""
    hint_slug: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """One working day of the week ahead: how many dossiers fall due."""

    day: date
    count: int
    height: float

    @property
    def top(self) -> float:
        """Return where the bar begins, as a share of the full height from above."""
        return 1 - self.height

    @property
    def slug(self) -> str:
        return f"han-{self.day.isoformat()}"

    @property
    def name(self) -> str:
        return f"{WEEKDAYS[self.day.weekday()]} {self.day.day}/{self.day.month}"


Agencies = Sequence[int]
"""The keys of an agency and of those whose work it carries, its own first (`organisations.selectors.family`)."""


def concerned(agencies: Agencies) -> Q:
    """Return the condition that the agencies received a dossier or settle it.

    What another agency settles stands beside what was received as a second question, each with indexes of its own.
    """
    # Keys and no subquery: PostgreSQL joins two indexes on keys, and would read the whole table beside a subquery.
    return Q(receiving__in=agencies) | (Q(competent__in=agencies) & SETTLED_ELSEWHERE)


def late(agencies: Agencies, now: datetime) -> QuerySet[Dossier]:
    """Return the open ones whose due date has passed: by the day, or by the hour where the limit is in hours.

    Those that were late before a suspension are late still, under whatever new date.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    of_today = Q(limit_unit=Unit.HOUR) | Q(due_at__lt=at_local(local_day(now), time.min))
    # Each half is found by an index that begins with the agencies. They are named differently in the second, or
    # PostgreSQL would take out what both have in common and read everything that is open.
    passed = concerned(agencies) & Q(due_at__lt=hour) & of_today
    ran_out = (Q(receiving__in=agencies) | Q(competent__in=agencies)) & Q(ran_out=True, due_at__isnull=False)
    return Dossier.objects.filter(OPEN).filter(passed | ran_out)


def months(today: date) -> tuple[datetime, datetime]:
    """Return when this month and the month before it began."""
    this = today.replace(day=1)
    return at_local(this, time.min), at_local((this - timedelta(days=1)).replace(day=1), time.min)


def rows_of(slug: str, agencies: Agencies, now: datetime) -> QuerySet[Dossier] | None:
    """Return the rows behind a number or a day of the strip (`han-2025-04-24`), or None for an unknown one."""
    rows = Dossier.objects.filter(concerned(agencies))
    this, before = months(local_day(now))
    known = {
        "dang-giai-quyet": lambda: rows.filter(OPEN),
        "qua-han": lambda: late(agencies, now),
        "tiep-nhan": lambda: rows.filter(received_at__gte=this),
        "tiep-nhan-thang-truoc": lambda: rows.filter(received_at__gte=before, received_at__lt=this),
        "da-xong": lambda: rows.filter(finished_at__gte=this),
        "da-xong-thang-truoc": lambda: rows.filter(finished_at__gte=before, finished_at__lt=this),
        "xong-qua-han": lambda: rows.filter(finished_at__gte=this, verdict=Verdict.LATE),
    }
    if slug in known:
        return known[slug]()
    return due_on(rows, slug.removeprefix("han-")) if slug.startswith("han-") else None


def due_on(rows: QuerySet[Dossier], text: str) -> QuerySet[Dossier] | None:
    """Return the open dossiers that fall due on a day, or None where the text is no day."""
    try:
        day = date.fromisoformat(text)
        begins, ends = at_local(day, time.min), at_local(day + timedelta(days=1), time.min)
    except (ValueError, OverflowError):
        return None
    return rows.filter(OPEN, due_at__gte=begins, due_at__lt=ends)


LABELS = {
    "dang-giai-quyet": "Đang giải quyết", "qua-han": "Quá hạn", "tiep-nhan": "Tiếp nhận tháng này",
    "tiep-nhan-thang-truoc": "Tiếp nhận tháng trước", "da-xong": "Giải quyết xong tháng này",
    "da-xong-thang-truoc": "Giải quyết xong tháng trước", "xong-qua-han": "Xong quá hạn tháng này",
}


def title_of(slug: str) -> str:
    """Return what a list is called."""
    if slug in LABELS:
        return LABELS[slug]
    day = date.fromisoformat(slug.removeprefix("han-"))
    return f"Đến hạn ngày {day.day}/{day.month}/{day.year}"


def figures(agencies: Agencies, now: datetime) -> list[Figure]:
    """Return the head's four numbers (7 queries, each counted by an index)."""

    def count(slug: str) -> int:
        rows = rows_of(slug, agencies, now)
        return rows.count() if rows is not None else 0

    done, done_late = count("da-xong"), count("xong-qua-han")
    return [
        Figure("qua-han", LABELS["qua-han"], count("qua-han"), hint="đang giải quyết, đã quá ngày hẹn"),
        Figure("dang-giai-quyet", LABELS["dang-giai-quyet"], count("dang-giai-quyet")),
        Figure(
            "tiep-nhan", LABELS["tiep-nhan"], count("tiep-nhan"), count("tiep-nhan-thang-truoc"), "cả tháng trước"
        ),
        Figure(
            "da-xong", LABELS["da-xong"], done, count("da-xong-thang-truoc"), "cả tháng trước",
            hint=f"{done_late} hồ sơ quá hạn" if done else "", hint_slug="xong-qua-han" if done else "",
        ),
    ]


def week_ahead(agencies: Agencies, now: datetime) -> list[Ahead]:
    """Return how many open dossiers fall due on each of the next working days, today first (1 query)."""
    days = _working_days(agencies[0], local_day(now))
    ends = at_local(days[-1] + timedelta(days=1), time.min)
    begins = at_local(days[0], time.min)
    rows = Dossier.objects.filter(OPEN, concerned(agencies), due_at__gte=begins, due_at__lt=ends)
    by_day = rows.annotate(day=TruncDate("due_at", tzinfo=LOCAL_ZONE)).order_by().values_list("day")
    counts = dict(by_day.annotate(Count("pk")))
    most = max([*counts.values(), 1])
    return [Ahead(day, counts.get(day, 0), counts.get(day, 0) / most) for day in days]


def _working_days(agency_id: int, today: date) -> Sequence[date]:
    working = working_time_for(agency_id).time
    found, day = [today], today
    while len(found) < DAYS_AHEAD and day < working.last:
        day += timedelta(days=1)
        if working.plan(day).counts:
            found.append(day)
    return found


def late_now(agencies: Agencies, now: datetime, size: int = 15) -> list[Dossier]:
    """Return the agency's late dossiers with who holds them, the longest late first (1 query)."""
    return list(late(agencies, now).select_related(*LIST_ROWS).order_by("due_at", "id")[:size])
