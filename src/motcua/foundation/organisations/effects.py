"""What an event would change, in words: the preview before a verb, from the register before and after. Pure."""

from __future__ import annotations

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
    new = after.successions[len(before.successions):]
    for passed in new:
        taker = _name(after, after.units[passed.successor])
        part = "một phần " if passed.share == Share.PART else ""
        found.append(Effect(taker, f"nhận {part}nhiệm vụ của {_name(before, before.units[passed.predecessor])}"))
    return tuple(found)


def _name(register: Register, unit: Unit) -> str:
    state = unit.states[-1]
    return readings.title(register.catalogue.kinds[state.kind], state)


def _changes(before: Register, after: Register, old: Unit | None, unit: Unit) -> list[str]:
    last = unit.states[-1]
    if old is None:
        return [f"được thành lập từ ngày {unit.opened:%d/%m/%Y}{_under(after, last)}"]
    if unit.closed is not None and old.closed is None:
        return [f"kết thúc hoạt động từ ngày {unit.closed:%d/%m/%Y}; các mã được giải phóng"]
    was = old.states[-1]
    said = []
    if was.name != last.name:
        said.append(f"đổi tên thành {last.name} từ ngày {last.period.start:%d/%m/%Y}")
    if was.parent != last.parent:
        said.append(f"chuyển từ{_under(before, was)} sang{_under(after, last)} từ ngày {last.period.start:%d/%m/%Y}")
    return said


def _under(register: Register, state: State) -> str:
    return f" trực thuộc {_name(register, register.units[state.parent])}" if state.parent else ""
