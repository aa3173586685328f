"""What an event would change, in words: the preview before a verb, from the register before and after. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.foundation.organisations import readings
from motcua.foundation.organisations.types import Register, Share, State, Unit


@dataclass(frozen=True, slots=True)
class Effect:
    """One agency and what happens to it."""

    name: str
    what: str


def effects(before: Register, after: Register) -> tuple[Effect, ...]:
    """Return what differs, agency by agency, in the order of the register."""
    found = []
    for key, unit in after.units.items():
        old = before.units.get(key)
        if old != unit:
            found += [Effect(_name(after, old or unit), what) for what in _changes(before, after, old, unit)]
    return (*found, *_gone(before, after), *_passed(before, after))


def _gone(before: Register, after: Register) -> Iterator[Effect]:
    """Yield what was recorded ahead and falls away; the day of an agency's own end stands with that end."""
    for lost in readings.undone(before, after):
        if not readings.lacks_taker(after, lost) and lost.day != before.units[lost.predecessor].closed:
            taker = _name(before, before.units[lost.successor])
            what = f"việc chuyển một phần nhiệm vụ cho {taker} đã ghi cho ngày {lost.day:%d/%m/%Y} không còn áp dụng"
            yield Effect(_name(before, before.units[lost.predecessor]), what)


def _passed(before: Register, after: Register) -> Iterator[Effect]:
    """Yield who takes over whom by the event, now and, where that was recorded ahead, later."""
    instead_of = {
        (lost.predecessor, lost.day): lost.successor
        for lost in readings.undone(before, after) if readings.lacks_taker(after, lost)
    }
    for passed in after.successions[len(before.successions):]:
        giver, taker = (_name(after, after.units[key]) for key in (passed.predecessor, passed.successor))
        part = "một phần " if passed.share == Share.PART else ""
        lost = instead_of.get((passed.predecessor, passed.day))
        later = ""
        if passed.predecessor not in before.units:  # founded now, with what was recorded of its origin
            later = f" từ ngày {passed.day:%d/%m/%Y} như đã ghi"
        elif lost is not None:
            later = f" từ ngày {passed.day:%d/%m/%Y}, thay cho {_name(before, before.units[lost])} như đã ghi"
        yield Effect(taker, f"nhận {part}nhiệm vụ của {giver}{later}")


def _name(register: Register, unit: Unit) -> str:
    state = unit.states[-1]
    return readings.title(register.catalogue.kinds[state.kind], state)


def _changes(before: Register, after: Register, old: Unit | None, unit: Unit) -> list[str]:
    if old is None:
        return [f"được thành lập từ ngày {unit.opened:%d/%m/%Y}{_under(after, unit.states[0])}"]
    if unit.closed is not None and unit.closed != old.closed:
        ahead = f"; biến động đã ghi cho ngày {old.closed:%d/%m/%Y} không còn áp dụng" if old.closed else ""
        return [f"kết thúc hoạt động từ ngày {unit.closed:%d/%m/%Y}; các mã được giải phóng{ahead}"]
    new = next((state for state in unit.states if state not in old.states and _was(old, state) is not None), None)
    was = _was(old, new) if new else None
    if new is None or was is None:
        return []
    said = []
    if was.name != new.name:
        said.append(f"đổi tên thành {new.name} từ ngày {new.period.start:%d/%m/%Y}")
    if was.parent != new.parent:
        said.append(f"chuyển từ{_under(before, was)} sang{_under(after, new)} từ ngày {new.period.start:%d/%m/%Y}")
    return said


def _was(old: Unit, state: State) -> State | None:
    """Return what held before in the place of a state that differs in name or superior."""
    was = old.state_at(state.period.start)
    return was if was is not None and (was.name, was.parent) != (state.name, state.parent) else None


def _under(register: Register, state: State) -> str:
    return f" trực thuộc {_name(register, register.units[state.parent])}" if state.parent else ""
