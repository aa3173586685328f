"""Reading the register as of a day, and along time. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from motcua.foundation.organisations.types import (
    Kind,
    ListedUnit,
    Period,
    Register,
    Scheme,
    Share,
    State,
    Succession,
    Unit,
)


def title(kind: Kind, state: State) -> str:
    """Return what the agency is called on a letter: `Xã Cẩm Giàng` is led by `UBND xã Cẩm Giàng`."""
    return f"{kind.office} {state.name[:1].lower()}{state.name[1:]}" if kind.office else state.name


def title_at(register: Register, key: str, day: date) -> str | None:
    """Return the agency's title on the day, or None when it did not exist."""
    state = register.units[key].state_at(day) if key in register.units else None
    return None if state is None else title(register.catalogue.kinds[state.kind], state)


def living(register: Register, day: date) -> dict[str, State]:
    """Return the state of every agency that exists on the day."""
    return {key: state for key, unit in register.units.items() if (state := unit.state_at(day)) is not None}


def holds(register: Register, passed: Succession) -> bool:
    """Return whether a succession takes place: recorded ahead, it falls away where one of the two ends before it."""
    giver, taker = register.units[passed.predecessor].closed, register.units[passed.successor].closed
    return (giver is None or passed.day <= giver) and (taker is None or passed.day < taker)


def undone(before: Register, after: Register) -> tuple[Succession, ...]:
    """Return the successions recorded in `before` that took place there and do so in `after` no more."""
    return tuple(s for s in before.successions if holds(before, s) and not holds(after, s))


def lacks_taker(register: Register, passed: Succession) -> bool:
    """Return whether the one who gives comes to that day, and the one who was to take over does not."""
    giver, taker = register.units[passed.predecessor].closed, register.units[passed.successor].closed
    return (giver is None or passed.day <= giver) and taker is not None and taker <= passed.day


def successors(register: Register, key: str) -> tuple[Succession, ...]:
    """Return who took over the agency, wholly or in part, oldest first."""
    found = (s for s in register.successions if s.predecessor == key and holds(register, s))
    return tuple(sorted(found, key=lambda s: (s.day, s.successor)))


def predecessors(register: Register, key: str) -> tuple[Succession, ...]:
    """Return whom the agency took over, oldest first."""
    found = (s for s in register.successions if s.successor == key and holds(register, s))
    return tuple(sorted(found, key=lambda s: (s.day, s.predecessor)))


def final_successors(register: Register, key: str) -> tuple[str, ...]:
    """Return who took over on the day the agency ended; parts that left it earlier are not among them."""
    closed = register.units[key].closed
    return tuple(s.successor for s in successors(register, key) if closed is not None and s.day == closed)


def sole_heir(register: Register, key: str) -> str | None:
    """Return who alone takes an ended agency's open work over: its only successor, or the only one of the whole."""
    last = [s for s in successors(register, key) if s.day == register.units[key].closed]
    whole = {s.successor for s in last if s.share == Share.WHOLE}
    among = whole or {s.successor for s in last}
    return among.pop() if len(among) == 1 else None


def heirs(register: Register, key: str, day: date) -> tuple[str, ...]:
    """Return who carries the agency's duties on a later day: itself while it lives, else its heirs, however often."""
    found: dict[str, None] = {}
    waiting = [key]
    while waiting:
        unit = register.units[waiting.pop(0)]
        if unit.closed is None or day < unit.closed:
            found[unit.key] = None
        else:
            waiting.extend(final_successors(register, unit.key))
    return tuple(found)


def forebears(register: Register, key: str) -> tuple[str, ...]:
    """Return all agencies whose duties have come to this one, through all dates, the nearest first."""
    found: dict[str, None] = {}
    waiting = [key]
    while waiting:
        for succession in predecessors(register, waiting.pop(0)):
            if succession.predecessor not in found and succession.predecessor != key:
                found[succession.predecessor] = None
                waiting.append(succession.predecessor)
    return tuple(found)


def list_units(register: Register, day: date, kind: str | None = None) -> tuple[ListedUnit, ...]:
    """Return the register as of the day, superiors before their subordinates, each level by kind and code."""
    states = living(register, day)
    below: dict[str | None, list[str]] = defaultdict(list)
    for key, state in states.items():
        below[state.parent].append(key)

    def walk(parent: str | None, depth: int) -> Iterator[ListedUnit]:
        for key in sorted(below[parent], key=lambda k: _place(register, k, states[k], day)):
            yield _listed(register, key, day, depth)
            yield from walk(key, depth + 1)

    return tuple(unit for unit in walk(None, 0) if kind is None or unit.kind == kind)


def _place(register: Register, key: str, state: State, day: date) -> tuple[int, str]:
    return register.catalogue.kinds[state.kind].order, register.units[key].code_at(Scheme.REGISTER, day) or key


def _listed(register: Register, key: str, day: date, depth: int) -> ListedUnit:
    unit = register.units[key]
    state = unit.state_at(day)
    assert state is not None
    kind = register.catalogue.kinds[state.kind]
    heirs_codes = (_code_from(register.units[heir], unit.closed) for heir in final_successors(register, key))
    return ListedUnit(
        key=key, code=_code_from(unit, day), name=state.name, title=title(kind, state),
        kind=kind.code, level=kind.level,
        parent=None if state.parent is None else _code_from(register.units[state.parent], day),
        valid_from=unit.opened, valid_to=unit.closed, successors=tuple(sorted(set(heirs_codes))),
        depth=depth, one_stop=state.one_stop,
    )


def _code_from(unit: Unit, day: date | None) -> str:
    return unit.code_at(Scheme.REGISTER, day or unit.opened) or unit.key


def faults(register: Register) -> list[str]:
    """Return what is wrong with a register, in English, for `doctor` and tests; an empty list when it is sound."""
    found = []
    held: dict[tuple[Scheme, str], list[tuple[Period, str]]] = defaultdict(list)
    for unit in register.units.values():
        for one, following in zip(unit.states, unit.states[1:], strict=False):
            if one.period.end != following.period.start:
                found.append(f"{unit.key}: states do not follow each other on {following.period.start}")
        if any(state.period.end is not None and state.period.end <= state.period.start for state in unit.states):
            found.append(f"{unit.key}: an empty period")
        for code in unit.codes:
            for period, other in held[code.scheme, code.code]:
                if period.meets(code.period):
                    found.append(f"{unit.key}: shares {code.scheme} {code.code} with {other}")
            held[code.scheme, code.code].append((code.period, unit.key))
        found += _orphan_days(register, unit)
    for succession in register.successions:
        if holds(register, succession) and register.units[succession.successor].state_at(succession.day) is None:
            found.append(f"{succession.successor}: did not exist when it took over {succession.predecessor}")
    return found


def _orphan_days(register: Register, unit: Unit) -> list[str]:
    found = []
    for state in unit.states:
        if state.parent is None:
            continue
        above = register.units[state.parent].life
        last = state.period.end
        outlives = above.end is not None and (last is None or last > above.end)
        if above.start > state.period.start or outlives:
            found.append(f"{unit.key}: stands under {state.parent} outside that one's life")
    return found
