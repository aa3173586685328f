"""One glance: who holds the dossier, at which step, and how long is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.rules import WorkingTime
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import STANDARD, Remaining, Unit, Verdict
from motcua.foundation.core.looks import TimeState
from motcua.foundation.organisations.selectors import name_now
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.types import Ground, Holder, State

SOON = STANDARD.minutes_in_day
"""Working minutes before the due date from which a dossier is "due soon"."""

ENDED = {
    State.RETURNED: "Đã trả kết quả cho người nộp",
    State.WITHDRAWN: "Người nộp đã rút hồ sơ",
    State.STOPPED: "Đã dừng giải quyết",
}


@dataclass(frozen=True, slots=True)
class Left:
    """How a dossier stands against its due date. `minutes` are working minutes, negative when late."""

    state: TimeState
    words: str
    minutes: int | None = None
    share: float | None = None


def left(dossier: Dossier, now: datetime, working: WorkingTime | None = None) -> Left:
    """Return what is left: a stopped clock, an unknown limit and an ended dossier are told apart."""
    state = State(dossier.state)
    if not state.is_open:
        return Left(TimeState.DONE, _ended_words(dossier))
    if dossier.due_at is None:
        if state is State.SUSPENDED:
            return Left(TimeState.SUSPENDED, f"đồng hồ đang dừng{', trước đó đã quá hạn' if dossier.ran_out else ''}")
        return Left(TimeState.UNDETERMINED, "chưa xác định thời hạn")
    working = working or working_time_for(dossier.receiving_id).time
    remaining = clock.remaining(now, dossier.due_at, Unit(dossier.limit_unit), working)
    minutes = _minutes(remaining)
    whole = working.minutes_between(dossier.received_at, dossier.due_at)
    share = 1.0 if whole <= 0 else min(1.0, max(0.0, 1 - minutes / whole))
    if dossier.ran_out and not remaining.late:
        # It is late whatever the new date: who sees green now would see “quá hạn” when it is finished.
        return Left(TimeState.LATE, f"đã quá hạn trước khi tạm dừng; hạn mới {clock.words(remaining)}", minutes, 1.0)
    return Left(_time_state(remaining, minutes), clock.words(remaining), minutes, share)


def _minutes(remaining: Remaining) -> int:
    total = remaining.days * STANDARD.minutes_in_day + remaining.hours * 60 + remaining.minutes
    # Late before the first working minute after the due date has passed: still late, by at least one.
    return -max(1, total) if remaining.late else total


def _time_state(remaining: Remaining, minutes: int) -> TimeState:
    if remaining.late:
        return TimeState.LATE
    return TimeState.DUE_SOON if minutes <= SOON else TimeState.ON_TIME


def _ended_words(dossier: Dossier) -> str:
    return f"xong {Verdict(dossier.verdict).label}" if dossier.verdict else "đã kết thúc"


def holder_words(dossier: Dossier, ground: str = "") -> str:
    """Return who holds it, in large type: agency and step, or whom everybody waits for."""
    state = State(dossier.state)
    if state in ENDED:
        return ENDED[state]
    if state is State.FINISHED:
        return f"{name_now(dossier.at_agency)} – chờ trả kết quả"
    if state is State.SUSPENDED:
        return Ground(ground).label if ground else Holder(dossier.holder).label
    where = f"{dossier.at_agency} – bước {dossier.at_step.name}" if dossier.at_step else str(dossier.at_agency)
    return f"Chờ {where} nhận" if dossier.is_awaited else where
