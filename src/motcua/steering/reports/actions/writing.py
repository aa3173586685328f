"""What a unit does with its open report: words, numbers no record holds, contested figures."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from decimal import Decimal

from motcua.foundation.core import ledger, notes
from motcua.foundation.core.errors import Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports import filling
from motcua.steering.reports.actions.checking import account_of, cell_of, check_state
from motcua.steering.reports.models import Answer, Remark, Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.printable import printable
from motcua.steering.reports.types import CellKind, RemarkKind

MOST_WORDS = 20_000
MOST = Decimal(10) ** 12


@verb("report.write", policy=REPORTS, locks=("report",))
def write(
    act: Act, *, report: Report, texts: Mapping[str, str] | None = None,
    values: Mapping[str, Decimal | None] | None = None,
) -> Report:
    """Keep words and typed numbers; what is not named stays. An emptied number is unknown again, not zero.

    Raises NotNow in a report that was sent, Invalid for words too long or a number below zero.
    """
    check_state(act, report)
    kept = []
    for code, text in (texts or {}).items():
        cell_of(report, code, CellKind.WORDS)
        if len(text) > MOST_WORDS:
            raise Invalid(
                "Đoạn này dài quá 20.000 chữ cái nên chưa ghi; phần đã lưu trước vẫn còn. Anh/chị rút gọn lại.",
                field=code,
            )
        kept.append(_answer(act, report, code, text=printable(text).strip()))
    for code, value in (values or {}).items():
        cell_of(report, code, CellKind.MANUAL)
        check_value(value, code)
        kept.append(_answer(act, report, code, value=value))
    report.save()
    act.record(report, what="write", cells=[f"{answer.cell}:{_digest(answer)}" for answer in kept])
    return report


def _answer(act: Act, report: Report, code: str, text: str = "", value: Decimal | None = None) -> Answer:
    found, _ = Answer.objects.update_or_create(
        report=report, cell=code,
        defaults={
            "text": text, "value": value, "salt": secrets.token_hex(16), "by": act.actor.ref, "at": act.entered_at,
        },
    )
    return found


def _digest(answer: Answer) -> str:
    said = answer.text if answer.value is None else filling.plain(answer.value)
    return ledger.digest(answer.salt, said)


def check_value(value: Decimal | None, code: str) -> None:
    """Raise Invalid for a number that no cell can hold."""
    if value is not None and not 0 <= value < MOST:
        raise Invalid(
            "Số phải từ 0 đến dưới 1.000 tỷ nên chưa ghi; số cũ vẫn giữ nguyên. Anh/chị nhập lại.", field=code
        )


@verb("report.contest", policy=REPORTS, locks=("report",))
def contest(act: Act, *, report: Report, cell: str, value: Decimal, reason: str) -> Report:
    """Set the unit's own figure beside the registry's, with a signed note. The registry's number stays as it is.

    Raises NotNow, Invalid where no reason is given or the figure is the registry's own.
    """
    check_state(act, report)
    cell_of(report, cell, CellKind.NUMBER)
    check_value(value, "value")
    reason = printable(reason).strip()
    if not reason:
        raise Invalid(
            "Chưa ghi: số của đơn vị phải kèm lý do để cấp trên đối chiếu. Anh/chị ghi rõ vì sao số khác.",
            field="reason",
        )
    counted = report.numbers["own"].get(cell, {}).get("value")
    if counted is not None and Decimal(counted) == value:
        raise Invalid(
            "Số này bằng đúng số của hệ thống nên chưa ghi phản ánh nào. Anh/chị nhập số của đơn vị nếu khác.",
            field="value",
        )
    _end(act, report, cell)
    report.save()
    note = notes.keep(act, report, reason)
    Remark.objects.create(
        report=report, what=RemarkKind.CONTEST, cell=cell, value=value, note=note, signer=account_of(act),
        at=act.happened_at,
    )
    act.record(report, what="contest", cell=cell, value=filling.plain(value), counted=counted, **notes.facts(note))
    return report


@verb("report.take_back", policy=REPORTS, locks=("report",))
def take_back(act: Act, *, report: Report, cell: str) -> Report:
    """Take a contested figure back: the registry's number stands alone again. Raises NotNow where none stands."""
    check_state(act, report)
    cell_of(report, cell, CellKind.NUMBER)
    if not _end(act, report, cell):
        raise Invalid(
            "Ô này không có số phản ánh nào đang có hiệu lực nên không có gì thay đổi. Anh/chị tải lại trang."
        )
    report.save()
    act.record(report, what="take-back", cell=cell)
    return report


def _end(act: Act, report: Report, cell: str) -> int:
    standing = report.remarks.filter(what=RemarkKind.CONTEST, cell=cell, ended_at__isnull=True)
    return standing.update(ended_at=act.entered_at)
