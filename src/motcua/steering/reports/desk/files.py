"""The report as .docx, .xlsx and PDF: a version that was sent, or the draft as it stands."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.files.download import response
from motcua.foundation.core.files.types import FileKind
from motcua.foundation.core.views import DeskRequest, call_from, screen
from motcua.steering.reports.desk.reports import report_of
from motcua.steering.reports.documents import portable, sheet, word, workbook
from motcua.steering.reports.models import Edition, Report
from motcua.steering.reports.policies import DRAFT, REPORTS


@screen("report.read", policy=REPORTS)
def edition(request: DeskRequest, public_id: str, number: int, kind: str) -> HttpResponse:
    """A version as it was sent."""
    row = report_of(request, public_id)
    found = row.editions.filter(number=number).first()
    if found is None:
        raise NotFound("Báo cáo chưa có phiên bản này. Chưa có gì thay đổi; anh/chị chọn phiên bản trong danh sách.")
    if kind == "pdf":
        return cast(HttpResponse, response(portable.paper_of(call_from(request), row, found).file, inline=True))
    return _made(row, found, FileKind(kind))


@screen(DRAFT, policy=REPORTS)
def draft(request: DeskRequest, public_id: str, kind: str) -> HttpResponse:
    """The report as it stands now, marked as a draft; not for who is only sent what was signed."""
    return _made(report_of(request, public_id, DRAFT), None, FileKind(kind))


def _made(row: Report, found: Edition | None, kind: FileKind) -> HttpResponse:
    of = sheet.of_edition(row, found) if found else sheet.of_draft(row)
    if kind is FileKind.DOCX:
        content = word.set_word(of)
    elif kind is FileKind.XLSX:
        content = workbook.set_workbook(of, row.period.shape)
    else:
        content = portable.set_portable(of)
    answer = HttpResponse(content, content_type=kind.media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{of.file}.{kind.value}") or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
