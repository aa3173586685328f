"""What several verbs of a report check and load."""

from __future__ import annotations

from motcua.foundation.core.verbs import Act
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer
from motcua.steering.reports.errors import NotNow
from motcua.steering.reports.models import Report
from motcua.steering.reports.policies import states_for
from motcua.steering.reports.types import Cell, CellKind, State


def check_state(act: Act, report: Report) -> None:
    """Raise NotNow where the report does not stand where the verb makes sense."""
    if State(report.state) not in states_for(act.verb):
        raise NotNow(
            f"Báo cáo đang ở tình trạng “{report.state_label.lower()}” nên việc này chưa được ghi; nội dung vẫn giữ "
            f"nguyên. {_NEXT.get(State(report.state), 'Anh/chị tải lại trang để xem việc làm được lúc này.')}"
        )


_NEXT = {
    State.SENT: "Muốn sửa, anh/chị bấm Đính chính.",
    State.RECEIVED: "Muốn sửa, anh/chị bấm Đính chính.",
}


def cell_of(report: Report, code: str, *kinds: CellKind) -> Cell:
    """Return a cell of one of the kinds. Raises NotNow where the form has none."""
    cell = report.period.shape.cell(code)
    if cell is None or cell.kind not in kinds:
        raise NotNow("Biểu của kỳ này không có ô như vậy nên chưa ghi gì. Anh/chị tải lại trang rồi chọn lại ô.")
    return cell


def account_of(act: Act) -> Account | None:
    """Return the person who acts (1 query), None for the platform itself."""
    if not isinstance(act.actor, Officer):
        return None
    return Account.objects.get(pk=act.actor.account_id)
