"""The verb that makes a store an exercise: its first event, so that nothing before it could be taken for real."""

from __future__ import annotations

from datetime import date

from motcua.demonstration.models import Exercise
from motcua.foundation.core import settings_rows
from motcua.foundation.core.errors import Conflict
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.policies import SYSTEM_ONLY
from motcua.foundation.core.verbs import Act, verb

NOTE = "Dữ liệu mô phỏng để tập huấn: người và hồ sơ không có thật, giấy tờ in ra không có giá trị."


@verb("exercise.open", policy=SYSTEM_ONLY)
def open_exercise(act: Act, *, shape: str, seed: int, began: date, ended: date) -> Exercise:
    """Mark an empty store as simulated. Raises Conflict where the store holds anything already."""
    if LedgerEvent.objects.exists():
        raise Conflict(
            "Kho này đã có dữ liệu nên không nạp dữ liệu mô phỏng vào. Hãy đặt MOTCUA_HOME trỏ tới một thư mục trống."
        )
    exercise = Exercise(shape=shape, seed=seed, began=began, ended=ended)
    exercise.save()
    settings_rows.write("exercise", NOTE)
    act.record(
        exercise, first=True, what="simulated-store", shape=shape, seed=seed, began=began.isoformat(),
        ended=ended.isoformat(),
    )
    return exercise
