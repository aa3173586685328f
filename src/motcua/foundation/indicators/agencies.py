"""Numbers of the register of agencies. They are declared here because the register stands below this room."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from motcua.foundation.core.policies import Actor
from motcua.foundation.indicators.sources import BaseSource, count
from motcua.foundation.indicators.types import (
    Asked,
    By,
    Indicator,
    Key,
    Line,
    Measure,
    Tallies,
    Timing,
    Unit,
)
from motcua.foundation.organisations.models import AgencyState
from motcua.foundation.organisations.selectors import register_day_of

AT_WORK, ONE_STOP = "agencies-at-work", "agencies-one-stop"


class AgencySource(BaseSource):
    """The dated states of agencies."""

    code = "agencies"

    def tallies(self, measures: Collection[str], asked: Asked, by: By | None) -> Tallies:
        """Count in one pass over the states of the day (1 query)."""

        def line(row: tuple[int, bool]) -> list[Key]:
            return [row[0] if by is By.AGENCY else None]

        tests = {AT_WORK: lambda _: True, ONE_STOP: lambda row: row[1]}
        states = self.rows(AT_WORK, asked).values_list("agency", "has_one_stop")
        return count(states, {name: tests[name] for name in measures}, line)

    def rows(self, measure: str, asked: Asked) -> QuerySet[Any]:
        states = AgencyState.objects.on(register_day_of(asked.as_of))
        if asked.agencies is not None:
            states = states.filter(agency__in=asked.agencies)
        return states.filter(has_one_stop=True) if measure == ONE_STOP else states

    def opened(self, rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:  # noqa: ARG002 - every officer reads them
        return rows.select_related("agency")

    def lines(self, rows: Sequence[AgencyState]) -> list[Line]:
        return [
            Line(row.pk, row.title or row.name, row.basis, reverse("agency", args=[row.agency.public_id]))
            for row in rows
        ]


AGENCIES = AgencySource()
INDICATORS = (
    Indicator(
        code="agencies-at-work", name="Cơ quan đang hoạt động", unit=Unit.AGENCY, group="Cơ quan", order=300,
        meaning="Cơ quan hành chính của tỉnh có trong sổ đăng ký cơ quan.",
        formula="Đếm cơ quan có hiệu lực vào cuối ngày được hỏi.",
        reading="Gồm mọi cấp và loại trong sổ: sở, ban, ngành, UBND các cấp và đơn vị trực thuộc có trong sổ.",
        timing=Timing.AT, numerator=Measure(AGENCIES, AT_WORK), by=(By.AGENCY,),
    ),
    Indicator(
        code="agencies-one-stop", name="Cơ quan có Bộ phận Một cửa theo quyết định", unit=Unit.AGENCY, group="Cơ quan",
        order=310, meaning="Cơ quan được quyết định tổ chức Bộ phận Một cửa.",
        formula="Đếm cơ quan có ghi Bộ phận Một cửa trong sổ đăng ký vào cuối ngày được hỏi.",
        reading="“Có theo quyết định” khác “đang dùng”: xem chỉ tiêu cơ quan có tiếp nhận hồ sơ qua Một cửa.",
        timing=Timing.AT, numerator=Measure(AGENCIES, ONE_STOP), by=(By.AGENCY,),
    ),
    Indicator(
        code="agencies-one-stop-share", name="Tỷ lệ cơ quan có Bộ phận Một cửa theo quyết định", unit=Unit.PERCENT,
        counts=Unit.AGENCY, group="Cơ quan", order=320,
        meaning="Mức bao phủ của cơ chế một cửa, tính theo quyết định tổ chức.",
        formula="Cơ quan có Bộ phận Một cửa theo quyết định, chia cho cơ quan đang hoạt động.",
        reading="Mẫu số là mọi cơ quan trong sổ; cơ quan được miễn chưa trừ, chọn phạm vi hẹp hơn để trừ.",
        timing=Timing.AT, numerator=Measure(AGENCIES, ONE_STOP), denominator=Measure(AGENCIES, AT_WORK),
        by=(By.AGENCY,),
    ),
)
