"""What the level above does with a report that was sent to it."""

from __future__ import annotations

from motcua.foundation.core import notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports.actions.checking import account_of, check_state
from motcua.steering.reports.models import Remark, Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.printable import printable
from motcua.steering.reports.types import RemarkKind, State


@verb("report.receive", policy=REPORTS, locks=("report",))
def receive(act: Act, *, report: Report) -> Report:
    """Say that the report was received as it is. Raises NotNow."""
    check_state(act, report)
    report.state = State.RECEIVED
    report.save()
    act.record(report, what="receive", edition=report.edition)
    return report


@verb("report.give_back", policy=REPORTS, locks=("report",))
def give_back(act: Act, *, report: Report, reason: str) -> Report:
    """Give a report back to be redone: its version counts no more until another is sent. Raises NotNow, Invalid."""
    check_state(act, report)
    if not printable(reason).strip():
        raise Invalid("Chưa trả lại: phải ghi lý do để đơn vị biết sửa gì. Anh/chị ghi rõ lý do.", field="reason")
    return remark(act, report, RemarkKind.RETURN, State.RETURNED, reason)


def remark(act: Act, report: Report, what: RemarkKind, state: State, reason: str) -> Report:
    """Move the report on with a signed note."""
    report.state = state
    report.save()
    note = notes.keep(act, report, printable(reason))
    Remark.objects.create(report=report, what=what, note=note, signer=account_of(act), at=act.happened_at)
    act.record(report, what=str(what), edition=report.edition, **notes.facts(note))
    return report
