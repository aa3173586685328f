"""Sending: the head signs, numbers and words are frozen, the ledger has their digest."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from motcua.foundation.core import ledger, numbering, time
from motcua.foundation.core.errors import Denied, Invalid
from motcua.foundation.core.verbs import Act, verb
from motcua.steering.reports import content as contents
from motcua.steering.reports import signing, vouched
from motcua.steering.reports.actions.checking import account_of, check_state
from motcua.steering.reports.content import Content
from motcua.steering.reports.errors import NotNow
from motcua.steering.reports.models import Edition, Report
from motcua.steering.reports.policies import REPORTS
from motcua.steering.reports.types import State


@verb("report.send", policy=REPORTS, locks=("report",))
def send(act: Act, *, report: Report, saw: str = "") -> Report:
    """Sign and send a report: the next version, numbered, frozen, its digest in the ledger.

    `saw` is the digest of what the signer's page showed (`Content.digest`): what changed since is not signed unseen.
    Raises NotNow, Invalid where the period is not over, its numbers are older than its end or words are missing.
    """
    check_state(act, report)
    # Units below neither send nor are given back before this version is written.
    list(Report.objects.select_for_update(of=("self",)).filter(above=report).order_by("pk").values_list("pk"))
    content = contents.content_of(report)
    if saw and saw != content.digest:
        raise NotNow(
            "Số liệu đã thay đổi sau khi anh/chị mở trang (có đơn vị vừa gửi, đính chính hoặc bị trả lại) nên báo cáo "
            "chưa gửi; nội dung vẫn giữ nguyên. Trang đã tải lại với số mới; anh/chị xem lại rồi ký gửi."
        )
    _check(report, content)
    signer = account_of(act)
    seal = signing.seal_of(report.unit, signer, time.local_day(act.entered_at)) if signer else None
    if signer is None or seal is None:
        raise Denied("Chỉ người đứng đầu, cấp phó hoặc người được ủy quyền ký của đơn vị mới gửi được báo cáo.")
    number = report.edition + 1
    code = _numbered(act, report, seal.symbol)
    what = _version(act, report, content, number, code) | {"signature": seal.kept(signer.full_name)}
    canonical = contents.canonical(what)
    digest = hashlib.sha256(canonical).hexdigest()
    Edition.objects.create(
        report=report, number=number, canonical=canonical, sha256=digest, code=code, signer=signer,
        sent_at=act.entered_at,
    )
    report.edition, report.state = number, State.SENT
    report.sent_at = report.sent_at or act.entered_at
    report.save()
    act.record(
        report, what="send", edition=number, sha256=digest, number=code.partition("/")[0], signer=signer.ref,
        report_frozen=ledger.digest(report.public_id, canonical.decode()),
        report_versions=vouched.line(number, canonical),
    )
    return report


def _check(report: Report, content: Content) -> None:
    last = report.period.last
    if time.today() <= last:
        raise Invalid(
            f"Kỳ số liệu đến hết ngày {last.day}/{last.month}/{last.year}, chưa kết thúc nên báo cáo chưa gửi; "
            "nội dung vẫn giữ nguyên. Anh/chị gửi từ ngày hôm sau."
        )
    if time.local_day(report.filled_at) <= last:
        raise Invalid(
            "Số liệu đang có được lấy trước khi kỳ kết thúc nên báo cáo chưa gửi; nội dung vẫn giữ nguyên. "
            "Anh/chị bấm “Lấy lại số liệu”, xem lại rồi gửi."
        )
    for cell in content.form.texts:
        if cell.required and not content.texts.get(cell.code, "").strip():
            raise Invalid(
                f"Mục “{cell.name}” chưa có lời nên báo cáo chưa gửi; các mục khác vẫn giữ nguyên. "
                "Anh/chị xem bản nháp máy viết, sửa và lưu rồi gửi.", field=cell.code,
            )


def _numbered(act: Act, report: Report, symbol: str) -> str:
    year = time.local_day(act.entered_at).year
    series = numbering.letter_series(report.unit.code, "BC", year)
    given = numbering.give(series, subject=report.ref, by=act.actor.ref, at=act.entered_at)
    return f"{given.number:02d}/BC-{symbol}"


def _version(act: Act, report: Report, content: Content, number: int, code: str) -> dict[str, Any]:
    period = report.period
    return contents.frozen(content) | {
        "format": contents.FORM, "report": report.ref, "edition": number, "salt": secrets.token_hex(16),
        "number": code, "sent_at": time.microseconds(act.entered_at), "as_of": report.as_of.isoformat(),
        "filled_at": time.microseconds(report.filled_at),
        "unit": {"ref": report.unit.ref, "name": report.unit.name},
        "period": {
            "ref": period.ref, "name": period.name, "regime": period.regime, "first": period.first.isoformat(),
            "last": period.last.isoformat(), "form": period.form["code"],
        },
    }
