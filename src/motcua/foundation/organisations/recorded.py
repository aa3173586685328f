"""What is recorded already stays true: an event that ends an agency before a day on which it gives or takes over is
refused, or, where that day lies ahead, somebody else takes over. Pure."""

from __future__ import annotations

from dataclasses import replace

from motcua.foundation.organisations import readings
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.types import Register, Share, Succession


def check_kept(before: Register, after: Register) -> None:
    """Refuse an event by which something that took place would not have. Raises BadEvent."""
    for lost in readings.undone(before, after):
        raise BadEvent(
            f"{_told(after, lost)}. Chưa ghi gì, vì nếu ghi thì biến động đó không còn đúng. "
            f"Anh/chị chọn ngày sau ngày {lost.day:%d/%m/%Y}.", field="day",
        )


def redirected(before: Register, after: Register) -> list[Succession]:
    """Return where those pass on their day whose recorded taker ends before it: to whoever alone took that one over.

    Raises BadEvent where there is no such one: they would end with nobody to go on with their work.
    """
    known = {(s.day, s.predecessor, s.successor) for s in after.successions}
    found = []
    for lost in readings.undone(before, after):
        if not readings.lacks_taker(after, lost):
            continue
        taker = _instead(after, lost)
        if (lost.day, lost.predecessor, taker) not in known:
            found.append(replace(lost, successor=taker))
    return found


def _instead(after: Register, lost: Succession) -> str:
    """Return who carries the recorded taker's duties on the day, or refuse."""
    at: str | None = lost.successor
    while at is not None and (closed := after.units[at].closed) is not None and closed <= lost.day:
        at = readings.sole_heir(after, at)
    if at is not None and at != lost.predecessor:
        return at
    giver, day = _name(after, lost.predecessor), f"{lost.day:%d/%m/%Y}"
    raise BadEvent(
        f"{_told(after, lost)}. Ghi việc này thì đến ngày đó {giver} không có nơi chuyển về, nên chưa ghi gì. "
        f"Anh/chị ghi một cơ quan duy nhất nhận thay, hoặc ghi biến động của {giver} cùng lúc hay trước việc này, "
        f"hoặc chọn ngày sau ngày {day}."
    )


def _told(register: Register, passed: Succession) -> str:
    """Return what was recorded, with the paper that says so."""
    part = "một phần " if passed.share == Share.PART else ""
    paper = f" (văn bản {passed.basis})" if passed.basis else ""
    giver, taker = _name(register, passed.predecessor), _name(register, passed.successor)
    return f"Đã ghi trước đó: {taker} nhận {part}nhiệm vụ của {giver} từ ngày {passed.day:%d/%m/%Y}{paper}"


def _name(register: Register, key: str) -> str:
    state = register.units[key].states[-1]
    return readings.title(register.catalogue.kinds[state.kind], state)
