"""Open data: the figures of the province's reports that stand, as they were frozen when they were sent.

No words and no notes of people: a unit's own figure stands beside the registry's, who contests one is not named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from motcua.steering.programme.needles.datasets import Dataset, Row
from motcua.steering.reports import content as contents
from motcua.steering.reports.models import Edition
from motcua.steering.reports.types import COUNTED


def _rows() -> list[Row]:
    standing = Edition.objects.filter(
        report__above__isnull=True, report__state__in=list(COUNTED), number=F("report__edition")
    )
    editions = standing.select_related("report__period", "report__unit").order_by("report__period__first", "pk")
    return [row for edition in editions for row in _figures(edition)]


def _figures(edition: Edition) -> Iterator[Row]:
    report = edition.report
    period = report.period
    for said in contents.thawed(period.shape, edition.content).figures:
        total = said.sum if said.adds else None
        yield {
            "che_do": period.regime, "ky": period.name, "ky_tu": period.first, "ky_den": period.last,
            "don_vi_bao_cao": report.unit.name, "lan": edition.number, "ma": said.cell.code, "ten": said.cell.name,
            "don_vi": said.cell.unit, "so_he_thong": said.registry, "cong_don_vi": total.value if total else None,
            "so_don_vi_da_gui": total.counted if total else None,
            "so_don_vi_phai_gui": total.expected if total else None, "chua_ghi": said.unstated,
            "ly_do_chua_biet": said.why or None, "tinh_den_het": said.as_of or None, "bam": edition.sha256,
        }


def _changed() -> datetime | None:
    sent = Edition.objects.filter(report__above__isnull=True).order_by("-sent_at")
    return sent.values_list("sent_at", flat=True).first()


FIGURES = Dataset(
    "bao-cao", "Số liệu trong báo cáo của tỉnh",
    "Từng con số trong các báo cáo tỉnh đã gửi và còn giá trị: số hệ thống đếm bên cạnh số cộng từ các đơn vị.",
    {
        "che_do": "Chế độ báo cáo", "ky": "Kỳ", "ky_tu": "Kỳ từ ngày", "ky_den": "Kỳ đến ngày",
        "don_vi_bao_cao": "Đơn vị báo cáo", "lan": "Lần gửi; lớn hơn 1 là đính chính", "ma": "Mã chỉ tiêu trong mẫu",
        "ten": "Tên", "don_vi": "Đơn vị tính", "so_he_thong": "Số hệ thống đếm; trống là chưa biết",
        "cong_don_vi": "Số cộng từ các đơn vị", "so_don_vi_da_gui": "Số đơn vị đã gửi",
        "so_don_vi_phai_gui": "Số đơn vị phải gửi", "chua_ghi": "Số dòng chưa ghi rõ",
        "ly_do_chua_biet": "Vì sao chưa biết", "tinh_den_het": "Tính đến hết ngày",
        "bam": "SHA-256 của bản đã gửi, có trong sổ cái",
    },
    _rows, _changed, ("báo cáo", "cải cách hành chính", "kiểm soát thủ tục"), "QUARTERLY",
)
