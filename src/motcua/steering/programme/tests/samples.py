"""Readings for tests: small, invented, of the shapes that real annexes have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from motcua.steering.programme.types import (
    Anomaly,
    AnomalyKind,
    Budget,
    BudgetState,
    Due,
    Header,
    LegalBasis,
    Measure,
    Period,
    Reading,
    Recurrence,
    Target,
    Task,
    Totals,
    Unit,
    UnitKind,
)

HEADER = Header(
    number="12/QĐ-UBND", type="Quyết định", issuing_body="Ủy ban nhân dân tỉnh", place="Tỉnh Mẫu",
    issue_date=date(2016, 6, 15), effective_date=date(2016, 6, 15), signer="Nông Văn Mẫu", title="Đề án mẫu",
    status="Còn hiệu lực", first_year=2016, last_year=2020,
)
NONE = Budget("", BudgetState.BLANK)
ANNUAL = Period("Hàng năm", Recurrence.ANNUAL)
FEBRUARY = Period("Tháng 2 hàng năm", Recurrence.ANNUAL, due=Due("Tháng 2 hàng năm", 2, None))
BEFORE_YEAR_END = Period(
    "Trước 31/12 hàng năm", Recurrence.ANNUAL, due=Due("Trước 31/12 hàng năm", 12, 31, strictly_before=True)
)
IN_2017 = Period("Năm 2017", Recurrence.ONCE, 2017, 2017)
WHOLE = Period("Năm 2016-2020", Recurrence.SPAN, 2016, 2020)
ONE_DAY = Period("Khi có hướng dẫn", Recurrence.CONDITIONAL)
UNSTATED = Period("", Recurrence.NOT_STATED)


def unit(name: str, *codes: str, kind: UnitKind = UnitKind.AGENCY) -> Unit:
    """Return a unit of a cell."""
    return Unit(name, kind, codes)


def task(
    number: str, period: Period, *, uid: str = "", lead: tuple[Unit, ...] = (), helps: tuple[Unit, ...] = (),
    product: str = "Quyết định của UBND tỉnh", budget: Budget = NONE, group: str = "1. Thể chế", text: str = "",
) -> Task:
    """Return a row."""
    return Task(
        uid=uid or number, number=number, group=group, text=text or f"Việc {number}", product=product,
        lead="; ".join(one.name for one in lead), coordinating="; ".join(one.name for one in helps), period=period,
        budget=budget, lead_units=lead, coordinating_units=helps,
    )


def reading(*tasks: Task, header: Header = HEADER) -> Reading:
    """Return a whole reading with one target of two parts and one contradiction."""
    amounts = sum(task.budget.amount_vnd or 0 for task in tasks)
    return Reading(
        header=header,
        bases=(LegalBasis("Luật", "77/2015/QH13", date(2015, 6, 19), 2015, "Quốc hội", "Luật mẫu"),),
        targets=(
            Target("1", "Mục tiêu một", (
                Measure("Phần một", ">=", 80.0, "%", "toàn tỉnh"), Measure("Phần hai", "", None, "", ""),
            )),
        ),
        tasks=tasks, totals=Totals(amounts, amounts, "tổng"),
        anomalies=(Anomaly(AnomalyKind.SUM, "dòng 1", "122 = 30 + 12 + 82", ("122", "124")),),
    )  # fmt: skip


def renumbered(of: Reading, number: str, issued: date) -> Reading:
    """Return the reading as of another decision."""
    return replace(of, header=replace(of.header, number=number, issue_date=issued))
