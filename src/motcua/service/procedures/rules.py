"""What makes a procedure publishable, and a process add up. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.foundation.calendar.types import Limit, Unit
from motcua.service.procedures.places import Place
from motcua.service.procedures.types import State

HOURS_IN_DAY = Decimal(8)
# How long before its first day a procedure must be public, days (Decree 63/2010/NĐ-CP). The later text's twenty days
# are not confirmed, so the shorter term only warns.
DAYS_BEFORE_EFFECT = 10


@dataclass(frozen=True, slots=True)
class Parts:
    """What a version holds of the seven mandatory parts (Decree 63/2010/NĐ-CP art. 8, Decree 92/2017/NĐ-CP)."""

    name: str
    steps: str
    channels: int
    papers: int
    sets: int | None
    limits: int
    subjects: Sequence[str]
    agencies: Sequence[str]


def missing_parts(parts: Parts) -> tuple[str, ...]:
    """Return the Vietnamese names of the mandatory parts that are missing, in the order of the decree."""
    present: tuple[tuple[object, str], ...] = (
        (parts.name.strip(), "tên thủ tục"),
        (parts.steps.strip(), "trình tự thực hiện"),
        (parts.channels, "cách thức thực hiện"),
        (parts.papers, "thành phần hồ sơ"),
        (parts.sets, "số bộ hồ sơ"),
        (parts.channels and parts.limits == parts.channels, "thời hạn giải quyết của từng hình thức nộp"),
        (tuple(parts.subjects), "đối tượng thực hiện"),
        (tuple(parts.agencies), "cơ quan giải quyết"),
    )
    return tuple(name for part, name in present if not part)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step as drafted: where it stands, whose role does it, in what time, with what output.

    `agency_id` names the agency of a step that stands at a fixed place, and is empty elsewhere.
    """

    name: str
    place: Place
    role: str
    time: Limit | None
    output: str = ""
    agency_id: int | None = None


def step_faults(steps: Sequence[StepPlan]) -> tuple[str, ...]:
    """Return in words what keeps the steps from being published, step by step."""
    if not steps:
        return ("Quy trình chưa có bước nào.",)
    faults = []
    for number, step in enumerate(steps, 1):
        if not step.name.strip():
            faults.append(f"Bước {number} chưa có tên việc.")
        if not step.role:
            faults.append(f"Bước {number} chưa nêu vai trò thực hiện.")
        if step.place is Place.FIXED and step.agency_id is None:
            faults.append(f"Bước {number} chưa nêu cơ quan.")
        if step.time is None:
            faults.append(f"Bước {number} chưa có thời gian.")
    return tuple(faults)


def total(times: Sequence[Limit]) -> Limit | None:
    """Return the sum of times, or None where units cannot be added.

    Hours and working days add up, a working day being eight hours; calendar days and months add only to their like.
    """
    units = {time.unit for time in times}
    if len(units) == 1:
        return Limit(sum((time.amount for time in times), Decimal(0)), times[0].unit)
    if units == {Unit.HOUR, Unit.WORKING_DAY}:
        return Limit(sum((hours(time) for time in times), Decimal(0)) / HOURS_IN_DAY, Unit.WORKING_DAY)
    return None


def hours(time: Limit) -> Decimal:
    """Return a time in hours where it is one of days or hours; other units give their plain number."""
    return time.amount * (HOURS_IN_DAY if time.unit is Unit.WORKING_DAY else 1)


def adds_up(times: Sequence[Limit], limits: Sequence[Limit]) -> bool:
    """Tell whether the steps' times come to one of the procedure's limits. Without a known limit nothing binds."""
    if not limits:
        return True
    whole = total(times)
    return whole is not None and any(_same(whole, limit) for limit in limits)


def _same(one: Limit, other: Limit) -> bool:
    if one.unit is other.unit:
        return one.amount == other.amount
    return {one.unit, other.unit} == {Unit.HOUR, Unit.WORKING_DAY} and hours(one) == hours(other)


def state_on(day: date, *, valid_from: date | None, valid_to: date | None) -> State:
    """Return what a published version is on a day: announced, in force or expired (dates half-open)."""
    if valid_to is not None and day >= valid_to:
        return State.EXPIRED
    return State.ANNOUNCED if valid_from is not None and day < valid_from else State.IN_FORCE
