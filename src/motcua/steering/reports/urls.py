"""Addresses of reports, under /bao-cao."""

from django.urls import path, register_converter

from motcua.foundation.core import menu
from motcua.steering.reports.desk import files, periods, reports
from motcua.steering.reports.policies import REPORTS


class FileEnding:
    """The ending of a document's address."""

    regex = "docx|xlsx|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileEnding, "document_ending")

urlpatterns = [
    path("", reports.desk, name="reports"),
    path("ky/", periods.periods, name="report-periods"),
    path("ky/mo", periods.opening, name="report-opening"),
    path("ky/che-do", periods.regimes_page, name="report-regimes"),
    path("ky/<str:public_id>", periods.board, name="report-period"),
    path("ky/<str:public_id>/lay-lai-so", periods.refill, name="report-period-refill"),
    path("<str:public_id>", reports.report, name="report"),
    path("<str:public_id>/viet", reports.write, name="report-write"),
    path("<str:public_id>/lay-lai-so", reports.refresh, name="report-refresh"),
    path("<str:public_id>/gui", reports.send, name="report-send"),
    path("<str:public_id>/nhan", reports.receive, name="report-receive"),
    path("<str:public_id>/tra-lai", reports.give_back, name="report-give-back"),
    path("<str:public_id>/dinh-chinh", reports.correct, name="report-correct"),
    path("<str:public_id>/tong-hop", reports.roll_up, name="report-roll-up"),
    path("<str:public_id>/o/<str:code>", reports.cell, name="report-cell"),
    path("<str:public_id>/o/<str:code>/bo", reports.take_back, name="report-take-back"),
    path("<str:public_id>/du-thao.<document_ending:kind>", files.draft, name="report-draft-file"),
    path("<str:public_id>/ban-<int:number>.<document_ending:kind>", files.edition, name="report-file"),
]

menu.declare(menu.MenuEntry("Báo cáo", "reports", "file-description", 55, "report.read", REPORTS))
