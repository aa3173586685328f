"""Taking the registry's numbers anew: of one report, or of all open ones of a period once its days are over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from motcua.foundation.core import time
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports import filling
from motcua.steering.reports.actions.checking import check_state
from motcua.steering.reports.filling import Numbers
from motcua.steering.reports.models import Period, Remark, Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.types import OPEN, Node, Rank, RemarkKind


@verb("report.refresh", policy=REPORTS, locks=("report",))
def refresh(act: Act, *, report: Report) -> Report:
    """Take the registry's numbers of the report anew: as of the period's last day once that is over, else of today."""
    check_state(act, report)
    _fill(act, report.period, [report])
    return report


@verb("report_period.refill", policy=REPORTS, locks=("period",))
def refill(act: Act, *, period: Period) -> Period:
    """Take the numbers of all open reports of a period anew; what was sent stays as it was sent."""
    rows = Report.objects.select_for_update(of=("self",)).filter(period=period, state__in=list(OPEN))
    reports = list(rows.order_by("pk"))
    _fill(act, period, reports)
    period.save()
    act.record(period, what="refill", reports=len(reports))
    return period


def _fill(act: Act, period: Period, reports: Collection[Report]) -> None:
    units = {report.unit_id for report in reports}
    numbers = filling.fill(period.shape, period.first, period.last, chain_of(period), units)
    as_of = min(period.last, time.local_day(act.entered_at))
    agreed = _agreed(act, reports, numbers)
    for report in reports:
        report.numbers, report.filled_at, report.as_of = numbers[report.unit_id], act.entered_at, as_of
        report.save(update_fields=["numbers", "filled_at", "as_of"])
        act.record(report, what="refresh", as_of=as_of.isoformat(), agreed=[*agreed.get(report.pk, ())])


def _agreed(act: Act, reports: Collection[Report], numbers: Mapping[int, Numbers]) -> dict[int, list[str]]:
    """End the contested figures that the registry now counts itself; return their cells by report (2 queries)."""
    own = {report.pk: numbers[report.unit_id]["own"] for report in reports}
    standing = Remark.objects.filter(report__in=own, what=RemarkKind.CONTEST, ended_at__isnull=True)
    same = [one for one in standing if _counts(own[one.report_id], one)]
    Remark.objects.filter(pk__in=[one.pk for one in same]).update(ended_at=act.entered_at)
    found: dict[int, list[str]] = {}
    for one in same:
        found.setdefault(one.report_id, []).append(one.cell)
    return found


def _counts(own: Mapping[str, Any], contested: Remark) -> bool:
    counted = own.get(contested.cell, {}).get("value")
    return counted is not None and Decimal(counted) == contested.value


def chain_of(period: Period) -> list[Node]:
    """Return who reports to whom in a period, as it was opened (1 query)."""
    rows = Report.objects.filter(period=period).values_list("unit_id", "above__unit_id", "rank", "own")
    return [Node(unit, above, Rank(rank), frozenset(own)) for unit, above, rank, own in rows]
