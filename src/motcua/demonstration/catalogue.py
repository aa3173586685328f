"""The twenty procedures of the exercise, drafted and published as a province publishes its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from motcua.demonstration.world import SYSTEM, World
from motcua.foundation.calendar.types import Limit, Unit
from motcua.service.procedures.actions import draft, draft_process, publish, publish_process
from motcua.service.procedures.actions.draft import Content, PaperPlan
from motcua.service.procedures.models import ChannelLimit, ProcedureVersion, Process, Step
from motcua.service.procedures.places import Place
from motcua.service.procedures.rules import StepPlan
from motcua.service.procedures.types import Channel, Level

DATA = Path(__file__).with_name("data") / "procedures.toml"
DECISION = "01/QĐ-UBND (mô phỏng)"
SETTLES = {"commune": "Ủy ban nhân dân cấp xã", "district": "Ủy ban nhân dân cấp huyện"}
OFFERED = (Channel.DIRECT, Channel.ONLINE, Channel.POST)
WAY = (
    "Người nộp đến Bộ phận Một cửa, hoặc gửi qua bưu chính, hoặc nộp trực tuyến. Công chức kiểm tra hồ sơ; đủ thì "
    "nhận và hẹn ngày trả, thiếu thì hướng dẫn một lần bằng văn bản. Đến ngày hẹn, người nộp nhận kết quả."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A published procedure as the exercise's citizens and counters use it."""

    version: ProcedureVersion
    process: Process
    steps: tuple[Step, ...]
    limits: dict[str, ChannelLimit]
    receives: str
    settles: str
    weight: int
    is_for_firms: bool


def publish_all(world: World, since: date) -> list[Offer]:
    """Draft and publish what the data file says, in force since a day."""
    entries = tomllib.loads(DATA.read_text(encoding="utf-8"))["procedure"]
    return [_publish(entry, world, since) for entry in entries]


def _publish(entry: dict[str, Any], world: World, since: date) -> Offer:
    version = draft(SYSTEM, code=entry["code"], content=_content(entry, world))
    version = publish(
        SYSTEM, procedure=version.procedure, version=version,
        decision=DECISION, decided_on=since, valid_from=since, published_on=since,
    )
    steps = [_step(text, entry, world) for text in entry["steps"]]
    process = draft_process(SYSTEM, procedure=version.procedure, steps=steps)
    process = publish_process(SYSTEM, procedure=process.procedure, process=process, decision=DECISION, valid_from=since)
    return Offer(
        version=version, process=process, steps=tuple(process.steps.all()),
        limits={limit.channel: limit for limit in version.limits.all()}, receives=entry["receives"],
        settles=entry["settles"], weight=entry["weight"], is_for_firms="Doanh nghiệp" in entry["subjects"],
    )


def _content(entry: dict[str, Any], world: World) -> Content:
    limit = Limit(Decimal(entry["limit"]), Unit(entry["unit"]))
    level, _, department = entry["receives"].partition(":")
    if entry["settles"] == "parent" and not world.is_two_tier:
        level = "district"
    settles = world.department(department).agency.name if department else SETTLES[level]
    return Content(
        name=entry["name"], field=entry["field"], levels=[Level(level)],
        subjects=entry["subjects"], agencies=[settles], steps=WAY, sets=1,
        papers=[_paper(text) for text in entry["papers"]], limits=[(channel, limit) for channel in OFFERED],
        fees=entry["fees"], bases=entry["bases"],
    )


def _paper(text: str) -> PaperPlan:
    name, originals, copies = text.split("|")
    return PaperPlan(name, int(originals), int(copies))


def _step(text: str, entry: dict[str, Any], world: World) -> StepPlan:
    work, place, role, amount, output = text.split("|")
    where, _, key = place.partition(":")
    return StepPlan(
        name=work, place=Place(where), role=role, time=Limit(Decimal(amount), Unit(entry["unit"])), output=output,
        agency_id=world.department(key).agency.pk if key else None,
    )
