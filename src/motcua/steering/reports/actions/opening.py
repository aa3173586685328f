"""Opening a period: one report for each unit, filled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from motcua.foundation.core import time
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.verbs import Act, verb
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency, AgencyState, Inheritance
from motcua.foundation.organisations.selectors import register_day
from motcua.steering.reports import filling, rules
from motcua.steering.reports.models import Period, Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.printable import printable
from motcua.steering.reports.regimes import form_rows, regime
from motcua.steering.reports.types import Node, PeriodKind, Regime, RegimeVersion, Window

TOP_KIND = TOP_LEVEL = "province"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said of a period. `window` and `name` are the regime's where nothing else is said; `units` narrows who
    reports (ad-hoc and thematic reports); `form` is the regime's unless another is named."""

    regime: str
    year: int
    what: PeriodKind = PeriodKind.PERIODIC
    occasion: str = ""
    window: Window | None = None
    name: str = ""
    form: str = ""
    units: Collection[int] = field(default_factory=frozenset)


@verb("report_period.open", policy=REPORTS, locks=("drafter",), on="period")
def open_period(act: Act, *, plan: Plan, drafter: Agency, period: None = None) -> Period:  # noqa: ARG001 - new
    """Open a period with a report for each unit, and fill all of them; `drafter` gathers for the province.

    Raises Denied to whoever does not hold the regime's role at an agency of the province that gathers, Invalid where
    the regime has no such report, it was opened before, or its days have not begun.
    """
    of, day = regime(plan.regime), time.today()
    _check_opener(act.actor, of, drafter)
    window, version = _window(plan), of.on(plan.window.last if plan.window else date(plan.year, 12, 31))
    if version is None:
        raise Invalid(
            "Ngày này chưa có chế độ báo cáo nào hiệu lực nên kỳ chưa mở. Anh/chị chọn năm khác.", field="year"
        )
    _check(plan, window, day)
    nodes = _nodes(version, plan.units)
    opened = Period(
        regime=of.code, what=plan.what, occasion=plan.occasion, year=plan.year,
        name=printable(plan.name) or _name(plan, version),
        first=window.first, last=window.last, form=form_rows()[plan.form or of.form], basis=version.basis,
        outside=list(version.outside), opener=of.opened_by, drafter=drafter, opened_at=act.entered_at,
    )
    opened.save()
    reports = _put(act, opened, nodes, window)
    act.record(
        opened, first=True, regime=opened.regime, what=str(opened.what), occasion=opened.occasion, year=opened.year,
        first_day=window.first.isoformat(), last_day=window.last.isoformat(), reports=len(reports),
    )
    for report in reports:
        act.record(report, first=True, what="open", period=opened.ref, unit=report.unit.ref, due=str(report.due_on))
    return opened


def _check_opener(actor: Actor, of: Regime, drafter: Agency) -> None:
    is_provinces = AgencyState.objects.on(register_day()).filter(agency=drafter, level=TOP_LEVEL).exists()
    if not is_provinces:
        raise Denied(
            f"{drafter.name} không phải cơ quan cấp tỉnh nên không tổng hợp được cho cả tỉnh; kỳ chưa mở. Anh/chị đề "
            "nghị thường trực của tỉnh mở kỳ."
        )
    if isinstance(actor, Officer) and not actor.has(of.opened_by, agency_id=drafter.pk):
        raise Denied(
            f"Kỳ của “{of.name}” do người giữ vai trò {of.opened_by.label.lower()} ở {drafter.name} mở; kỳ chưa mở. "
            "Anh/chị đề nghị người đó mở kỳ."
        )


def _window(plan: Plan) -> Window:
    if plan.window is not None:
        return plan.window
    version = regime(plan.regime).on(date(plan.year, 12, 31))
    occasion = version.occasion(plan.occasion) if version else None
    if occasion is None:
        raise Invalid(
            "Chế độ này không có báo cáo như vậy nên kỳ chưa mở. Anh/chị chọn quý, 6 tháng hoặc năm trong danh sách.",
            field="occasion",
        )
    return rules.window(occasion, plan.year)


def _name(plan: Plan, version: RegimeVersion) -> str:
    occasion = version.occasion(plan.occasion)
    assert occasion is not None
    joined = f"{occasion.name} {plan.year}" if occasion.code in {"year", "h1"} else f"{occasion.name}/{plan.year}"
    return f"Báo cáo {joined}"


def _check(plan: Plan, window: Window, today: date) -> None:
    if window.first > today:
        raise Invalid(
            f"Kỳ số liệu bắt đầu ngày {window.first.day}/{window.first.month}/{window.first.year}, chưa tới; kỳ chưa "
            "mở. Anh/chị mở lại từ ngày đó.", field="first",
        )
    if window.last < window.first or any(due <= window.last for due in window.due.values()):
        raise Invalid(
            "Ngày cuối kỳ phải không trước ngày đầu, và hạn gửi phải sau ngày cuối kỳ; kỳ chưa mở. "
            "Anh/chị xem lại các ngày.", field="last",
        )
    again = Period.objects.filter(regime=plan.regime, occasion=plan.occasion, year=plan.year)
    if plan.what is PeriodKind.PERIODIC and again.filter(what=PeriodKind.PERIODIC).exists():
        raise Invalid(
            "Kỳ này đã mở trước đó và vẫn giữ nguyên. Anh/chị mở kỳ đó trong danh sách để theo dõi.", field="occasion"
        )
    if plan.what is not PeriodKind.PERIODIC and not plan.name.strip():
        raise Invalid("Báo cáo này chưa có tên nên kỳ chưa mở. Anh/chị ghi tên báo cáo.", field="name")


def _nodes(version: RegimeVersion, wanted: Collection[int]) -> list[Node]:
    """Return who reports to whom on the register's present day. Records of agencies that have ended count, too."""
    day = register_day()
    states = AgencyState.objects.on(day).filter(agency__in=Agency.objects.on(day))
    rows = list(states.values_list("agency", "parent", "kind", "name"))
    standing = [(agency, parent, kind) for agency, parent, kind, _ in rows]
    top = next((agency for agency, parent, kind in standing if kind == TOP_KIND and parent is None), None)
    if top is None:
        raise Invalid(
            "Danh mục cơ quan chưa có UBND tỉnh nên kỳ chưa mở. Anh/chị nạp danh mục cơ quan rồi mở lại."
        )
    if wanted:
        standing = [(agency, parent, kind if agency in wanted else "") for agency, parent, kind in standing]
    kinds = {agency: kind for agency, _, kind in standing}
    preparing = {
        parent: agency for agency, parent, _, name in rows
        if parent is not None and name == version.prepared_by.get(kinds.get(parent, ""))
    }
    nodes = rules.chain(top, standing, version.kinds, _ended(day))
    return [replace(node, drafter=preparing.get(node.agency)) for node in nodes]


def _ended(day: date) -> dict[int, int | None]:
    """Return who took the place of each ended agency: its heir, else what stood above it last (2 queries)."""
    gone = Agency.objects.filter(valid_to__lte=day)
    states = AgencyState.objects.filter(agency__in=gone).order_by("valid_from")
    found: dict[int, int | None] = dict(states.values_list("agency", "parent"))
    heirs = Inheritance.objects.filter(day__lte=day, predecessor__in=gone, heir__in=Agency.objects.on(day))
    found.update(heirs.order_by("-pk").values_list("predecessor", "heir"))
    return found


def _put(act: Act, period: Period, nodes: list[Node], window: Window) -> list[Report]:
    """Write the reports layer by layer from the top, each with its numbers."""
    numbers = filling.fill(period.shape, period.first, period.last, nodes)
    units = [node.agency for node in nodes]
    agencies = Agency.objects.in_bulk({*units, *(node.drafter for node in nodes if node.drafter)})
    made: dict[int, Report] = {}
    waiting, today = list(nodes), time.local_day(act.entered_at)
    while waiting:
        layer = [node for node in waiting if node.above is None or node.above in made]
        rows = [
            Report(
                period=period, unit=agencies[node.agency], rank=node.rank, own=sorted(node.own),
                drafter=period.drafter if node.above is None else agencies[node.drafter or node.agency],
                above=made[node.above] if node.above is not None else None, due_on=window.due[node.rank],
                numbers=numbers[node.agency], as_of=min(period.last, today), filled_at=act.entered_at,
            )
            for node in layer
        ]
        made |= {row.unit_id: row for row in Report.objects.bulk_create(rows)}
        waiting = [node for node in waiting if node.agency not in made]
    return list(made.values())
