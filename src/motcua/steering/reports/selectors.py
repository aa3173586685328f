"""Reads of reports. Each has a query budget in `tests/test_queries.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.foundation.core import time
from motcua.foundation.core.policies import Actor
from motcua.foundation.indicators import registry
from motcua.foundation.indicators import selectors as indicators
from motcua.foundation.indicators.types import Indicator, Line, Scope, Side
from motcua.steering.reports import content as contents
from motcua.steering.reports import filling
from motcua.steering.reports.content import Content
from motcua.steering.reports.models import Edition, Period, Report
from motcua.steering.reports.policies import DRAFT, REPORTS
from motcua.steering.reports.since import Change, changes, is_behind
from motcua.steering.reports.types import OPEN, Cell, CellKind, State

RECENT = 20
MOST_ROWS = 50


def whole() -> QuerySet[Report]:
    """Return reports with all that their pages name beside them."""
    return Report.objects.select_related("period__drafter", "unit", "drafter", "above__unit", "above__drafter")


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody has to do with reports: to write (or to correct, where units below changed theirs), to receive from
    below, and what was sent lately."""

    owed: Sequence[Report]
    waiting: Sequence[Report]
    sent: Sequence[Report]


def desk(actor: Actor) -> Desk:
    """Return a person's reports, what is due first on top (2 queries)."""
    rows = whole().annotate(is_behind=is_behind())
    mine = list(REPORTS.rows(actor, "report.write", rows).order_by("due_on", "pk")[:200])
    waiting = REPORTS.rows(actor, "report.receive", whole()).filter(state=State.SENT).order_by("sent_at")[:200]
    owed = [report for report in mine if report.is_open or report.is_behind]
    sent = sorted((report for report in mine if report not in owed), key=lambda one: (one.due_on, one.pk), reverse=True)
    return Desk(owed, list(waiting), sent[:RECENT])


def periods(actor: Actor) -> list[Period]:
    """Return the periods a person follows, the latest first (1 query)."""
    return list(REPORTS.rows(actor, "report_period.read", Period.objects.select_related("drafter"))[:100])


def filled_too_early() -> list[Period]:
    """Return the periods that are over and have open reports whose numbers were taken before that (1 query)."""
    early = Report.objects.filter(period=OuterRef("pk"), state__in=list(OPEN), as_of__lt=OuterRef("last"))
    today = time.today()
    same_day = Report.objects.filter(
        period=OuterRef("pk"), state__in=list(OPEN), filled_at__lt=time.at_local(today, hour())
    )
    over = Period.objects.filter(last__lt=today)
    recent = Q(last=today - timedelta(days=1)) & Exists(same_day)
    return list(over.filter(Exists(early) | recent))


@dataclass(frozen=True, slots=True)
class Board:
    """How a period stands: every unit in the order of the chain, who is late, who has sent."""

    period: Period
    reports: Sequence[Report]
    today: date

    @property
    def sent(self) -> list[Report]:
        return [report for report in self.reports if report.is_counted]

    @property
    def late(self) -> list[Report]:
        """Whose report is owed and whose day is over."""
        return [report for report in self.reports if not report.is_counted and report.due_on < self.today]

    @property
    def waiting(self) -> list[Report]:
        """Who still has time."""
        return [report for report in self.reports if not report.is_counted and report.due_on >= self.today]

    @property
    def top(self) -> Report | None:
        return next((report for report in self.reports if report.above_id is None), None)


def board(period: Period) -> Board:
    """Return a period's board (1 query)."""
    return Board(period, list(whole().filter(period=period).defer("numbers").order_by("pk")), time.today())


def content(report: Report, edition: Edition | None = None) -> Content:
    """Return what a report says: a version as it was sent, an open report as it stands now (5 queries at most)."""
    if edition is not None:
        return contents.thawed(report.period.shape, edition.content)
    return contents.content_of(report)


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sees of a report: a version as it was sent, else (`edition` is None) what stands in it now."""

    content: Content
    edition: Edition | None
    as_of: date
    filled_at: datetime
    since: tuple[Change, ...] = ()
    """What units below did after this version took up their reports."""

    @property
    def is_draft(self) -> bool:
        return self.edition is None

    def hides(self, report: Report) -> bool:
        """Whether the unit writes something that is not shown."""
        return report.is_open and self.edition is not None


def shown(report: Report, actor: Actor | None = None) -> Shown:
    """Return what a report's page shows: the last version while it stands or to who may not see what was not sent."""
    last = latest(report)
    hides = actor is not None and report.is_open and last is not None and not REPORTS.may(actor, DRAFT, report)
    if last is None or (report.is_open and not hides):
        return Shown(content(report), None, report.as_of, report.filled_at)
    kept = last.content
    filled = time.from_microseconds(kept["filled_at"])
    said = content(report, last)
    return Shown(said, last, date.fromisoformat(kept["as_of"]), filled, changes(report, said))


def latest(report: Report) -> Edition | None:
    """Return the version that was sent last (1 query)."""
    return report.editions.filter(number=report.edition).select_related("signer").first() if report.edition else None


@dataclass(frozen=True, slots=True)
class Opened:
    """A number of a report opened: how it is counted, and the rows behind it that the reader may see."""

    indicator: Indicator
    rows: Sequence[Line]
    count: int
    hidden: int


def opened(actor: Actor, report: Report, cell: Cell, day: date) -> Opened | None:
    """Return the rows behind a number of the report, as of a day; None where no indicator stands behind it."""
    if cell.kind is not CellKind.NUMBER or not filling.is_declared(cell.indicator):
        return None
    period = report.period
    asked = filling.asking(cell, period.first, period.last, day)
    scope = scope_of(report)
    of = registry.indicator(cell.indicator)
    rows = indicators.rows(cell.indicator, Side.NUMERATOR, scope, asked.period, asked.as_of)
    source = registry.side(of, Side.NUMERATOR).source
    visible = source.opened(rows, actor)
    count, seen = rows.count(), visible.count()
    return Opened(of, source.lines(list(visible[:MOST_ROWS])), count, count - seen)


def scope_of(report: Report) -> Scope:
    """Return whose records a report's numbers count: its own, or those of all below it (1 query)."""
    if not report.gathers:
        return Scope.of(*report.own)
    if report.above_id is None:
        return Scope()
    rows: Any = Report.objects.filter(above=report).values_list("own", flat=True)
    return Scope.of(*report.own, *(key for keys in rows for key in keys))
