"""Every verb of reports, done once with marked words in every text."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from motcua.foundation.core import time as clock
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.identity.types import Officer
from motcua.steering.reports import actions
from motcua.steering.reports.actions import Plan
from motcua.steering.reports.documents import portable
from motcua.steering.reports.models import Report
from motcua.steering.reports.regimes import regimes
from motcua.steering.reports.rules import window
from motcua.steering.reports.tests.factories import OPENED, SENT, province, report_of
from motcua.steering.reports.types import PeriodKind

#: What offices report to each other is no secret of a person; notes are sealed in their own table.
HOMES = frozenset({"reports_period", "reports_answer", "reports_edition", "reports_regimefile"})


def walk(mark: str) -> None:
    """Load regimes; open a period, write, contest, send, give back, correct and print a report."""
    actions.load_regimes(Call(SYSTEM_ACTOR), text=f"# Theo ý bà {mark}")
    at = province()
    quarter = regimes()["cchc"].versions[0].occasion("q3")
    assert quarter is not None
    plan = Plan(
        "cchc", 2026, PeriodKind.AD_HOC, window=window(quarter, 2026), name=f"Báo cáo về bà {mark}",
        units=[at.district.pk, *(commune.pk for commune in at.communes)],
    )
    with clock.travelling(OPENED):
        period = actions.open_period(Call(at.steward), plan=plan, drafter=at.gatherer)
        report = report_of(period, at.communes[0])
        report = actions.refresh(Call(at.officers[0]), report=report)
        actions.refill(Call(at.steward), period=period)
        report.refresh_from_db()
        texts = {"W1": f"Đã giúp bà {mark}.", "W2": f"Bà {mark} hài lòng.", "W4": f"Hỏi bà {mark}."}
        report = actions.write(Call(at.officers[0]), report=report, texts=texts, values={"M1": Decimal(1)})
        for _ in range(2):
            report = actions.contest(
                Call(at.officers[0]), report=report, cell="A2", value=Decimal(3), reason=f"Theo sổ của bà {mark}"
            )
        report = actions.take_back(Call(at.officers[0]), report=report, cell="A2")
        report = actions.contest(
            Call(at.officers[0]), report=report, cell="A3", value=Decimal(3), reason=f"Theo sổ của bà {mark}"
        )
    with clock.travelling(SENT):
        report = actions.send(Call(at.heads[0]), report=report)
        portable.paper_of(Call(at.heads[0]), report, report.editions.get())
        report = actions.give_back(Call(at.district_officer), report=report, reason=f"Sửa chỗ của bà {mark}")
    _again(report, at.heads[0], at.district_officer, mark)


def _again(report: Report, head: Officer, above: Officer, mark: str) -> None:
    with clock.travelling(SENT + timedelta(days=1)):
        report = actions.send(Call(head), report=report)
        report = actions.receive(Call(above), report=report)
        actions.correct(Call(head), report=report, reason=f"Nhầm tên bà {mark}")
