"""Beginning a further version of a report that was sent."""

from __future__ import annotations

from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports.actions.checking import check_state
from motcua.steering.reports.actions.judge import remark
from motcua.steering.reports.models import Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.printable import printable
from motcua.steering.reports.types import RemarkKind, State


@verb("report.correct", policy=REPORTS, locks=("report",))
def correct(act: Act, *, report: Report, reason: str) -> Report:
    """Open a sent report for a further version; the former one counts until that is sent. Raises NotNow, Invalid."""
    check_state(act, report)
    if not printable(reason).strip():
        raise Invalid("Chưa mở đính chính: phải ghi đính chính điều gì. Anh/chị ghi rõ lý do.", field="reason")
    return remark(act, report, RemarkKind.CORRECT, State.CORRECTING, reason)
