"""The needles of the exercise: how measures are counted; invented quarterly values and decisions on procedures."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from motcua.demonstration.world import SYSTEM
from motcua.foundation.core import time
from motcua.foundation.organisations.models import Agency
from motcua.service.procedures import actions as procedures
from motcua.service.procedures.models import Procedure
from motcua.steering.programme import today
from motcua.steering.programme.actions import enter_value
from motcua.steering.programme.models import Measure, Programme
from motcua.steering.programme.needles import actions, points
from motcua.steering.programme.needles.types import Counting

DATA = Path(__file__).with_name("data") / "needles.toml"
MOCK = "số mô phỏng"
FIRST = 2017


def load(programme: Programme, chance: Random) -> None:
    """Bind the measures of the programme, enter invented values for what no record holds."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    measures = {row.code: row for row in Measure.objects.filter(target__programme=programme)}
    for code, numerator, denominator, place in data["baselines"][0]["rows"]:
        printed = actions.Printed(numerator, denominator, place)
        actions.print_baseline(SYSTEM, measure=measures[code], printed=printed)
    _enter(measures, data["entries"][0]["rows"])
    _serve(data["served"], chance)
    _offer(programme, measures, data["readings"][0]["rows"])


def finish(programme: Programme) -> None:
    """Keep what the records give for the months that are over, once there are records."""
    points.fill(programme)


def _offer(programme: Programme, measures: dict[str, Measure], rows: list[list[Any]]) -> None:
    assert programme.issued_on is not None
    found: dict[str, list[actions.Offered]] = {}
    for measure, code, words, indicator, level, kinds, exempt, counting, threshold, why in rows:
        found.setdefault(measure, []).append(actions.Offered(
            code=code, words=words, indicator=indicator, why=why, level=level,
            kinds=tuple(kinds.split(",")) if kinds else (),
            exempt=tuple(Agency.objects.filter(key__in=[f"bk-{key}" for key in exempt])),
            counting=Counting(counting), threshold=Decimal(threshold) if threshold else None,
        ))
    for measure, readings in found.items():
        actions.offer(
            SYSTEM, measure=measures[measure], readings=readings, on=programme.issued_on,
            basis=f"Cách đọc ban đầu của bài tập ({MOCK})",
        )


def _enter(measures: dict[str, Measure], rows: list[list[Any]]) -> None:
    for code, denominator, values in rows:
        for at, value in enumerate(values):
            on = quarter_end(FIRST + at // 4, at % 4 + 1)
            if on > today.day():
                break
            source = f"Báo cáo quý {at % 4 + 1}/{on.year} ({MOCK})"
            if denominator:
                actions.count(
                    SYSTEM, measure=measures[code], on=on, numerator=value, denominator=denominator, source=source
                )
            else:
                enter_value(SYSTEM, measure=measures[code], on=on, value=Decimal(value), source=source)


def quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter."""
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following - timedelta(days=1)


def _serve(shares: dict[str, Any], chance: Random) -> None:
    """Let invented decisions say of most procedures how they are served; of the rest nobody says anything."""
    inside, outside = shares["one_stop"], shares["one_stop"] + shares["outside"]
    for procedure in Procedure.objects.order_by("code"):
        drawn, level = chance.randrange(100), chance.randrange(100)
        reached = [sum(shares["levels"][: at + 1]) for at in range(4)]
        online = next((at for at, upto in enumerate(reached, 1) if level < upto), None)
        if drawn < outside or online is not None:
            procedures.state_service(
                SYSTEM, procedure=procedure, valid_from=time.today(), online=online,
                one_stop=drawn < inside if drawn < outside else None, basis=f"Quyết định danh mục một cửa ({MOCK})",
            )
