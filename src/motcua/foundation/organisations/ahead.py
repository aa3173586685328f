"""An event that takes effect before others which are recorded ahead already. Pure.

A register may know more than its day: a merger decided for next year, or, in an exercise that stands still on a day
of 2016, all that came after. Rules look at the end of a register. So what is recorded ahead is put aside, the event is
applied to the register as it is known on the day, and then the later history is laid over it again:

1. Whom the event does not touch keeps his later history.
2. Who is renamed or put elsewhere keeps it too; a later change keeps what it changed itself, and takes over the rest.
3. Who ends by the event has none: a succession after an agency's end does not hold (`readings.holds`).
   Whoever was to stand under it later, or to pass to it, stands under and passes to the one that took it over
   (`recorded.redirected`); where there is no such one, the event is refused.
4. Who is founded by the event takes over what was recorded of the one it comes from, and never outlives its superior.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from motcua.foundation.organisations import readings, recorded, rules
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.types import (
    Code,
    Event,
    Merge,
    Period,
    Profile,
    Register,
    Share,
    Split,
    State,
    Succession,
    Unit,
)

Dated = TypeVar("Dated", State, Code)
CARRIED = ("name", "form", "kind", "parent", "one_stop")


def apply(register: Register, event: Event, today: date) -> Register:
    """Return the register after the event; what was recorded before for days behind it and behind today still holds.

    Raises BadEvent, also where the later history cannot go on from the event.
    """
    day = max(event.day, today)
    known = known_on(register, day)
    if known == register:
        return rules.apply(register, event)
    after = rules.apply(known, event)
    result = _over(register, known, after, event)
    result = replace(result, successions=(*result.successions, *recorded.redirected(register, result)))
    wrong = readings.faults(result)
    if wrong and not readings.faults(register):
        raise BadEvent(
            "Biến động đã ghi cho những ngày sau không còn khớp với việc này, nên chưa ghi gì. Anh/chị xem trang của "
            f"các cơ quan liên quan, hoặc chọn ngày sau các biến động đó ({wrong[0].partition(':')[0]})."
        )
    return result


def known_on(register: Register, day: date) -> Register:
    """Return the register as it is known on a day: what begins later is not there, what ends later goes on."""
    units = {key: _known(unit, day) for key, unit in register.units.items() if unit.opened <= day}
    passed = tuple(one for one in register.successions if one.day <= day)
    return Register(register.catalogue, units, passed)


def _known(unit: Unit, day: date) -> Unit:
    states = tuple(_open(state, day) for state in unit.states if state.period.start <= day)
    codes = tuple(_open(code, day) for code in unit.codes if code.period.start <= day)
    return replace(unit, states=states, codes=codes)


def _open(dated: Dated, day: date) -> Dated:
    period = dated.period
    return replace(dated, period=Period(period.start)) if period.end is not None and period.end > day else dated


def _over(register: Register, known: Register, after: Register, event: Event) -> Register:
    units, new = dict(register.units), list(after.successions[len(known.successions):])
    for key, unit in after.units.items():
        if unit == known.units.get(key):
            continue
        if key not in register.units:
            units[key], inherited = _founded(register, unit, event)
            new += inherited
        elif unit.closed is not None:
            units[key] = unit
        else:
            units[key] = _changed(register.units[key], known.units[key], unit)
    moved = {
        key: readings.sole_heir(after, key) for key, unit in after.units.items()
        if unit.closed is not None and known.units.get(key) != unit
    }
    units = {key: _below(unit, moved, known.units.get(key)) for key, unit in units.items()}
    return Register(register.catalogue, units, (*register.successions, *new))


def _below(unit: Unit, moved: Mapping[str, str | None], known: Unit | None) -> Unit:
    """Return a unit whose later states stand under whoever took over the superior that ends by the event."""
    first = len(known.states) if known else 0
    if not any(state.parent in moved for state in unit.states[first:]):
        return unit
    later = (replace(state, parent=moved.get(state.parent or "") or state.parent) for state in unit.states[first:])
    return replace(unit, states=(*unit.states[:first], *later))


def _changed(old: Unit, known: Unit, unit: Unit) -> Unit:
    """Return a unit that the event changed, with the states and ends that were recorded ahead."""
    was, now = known.states[-1], unit.states[-1]
    differs = [name for name in CARRIED if getattr(was, name) != getattr(now, name)]

    def follow(state: State) -> State:
        kept: dict[str, Any] = {n: getattr(now, n) for n in differs if getattr(state, n) == getattr(was, n)}
        return replace(state, **kept)

    end = old.states[len(known.states) - 1].period.end
    here = replace(now, period=Period(now.period.start, end))
    later = tuple(follow(state) for state in old.states[len(known.states):])
    ends = {(code.scheme, code.code): code for code in old.codes}
    codes = tuple(
        ends.get((code.scheme, code.code), code) if code.period.end is None else code for code in unit.codes
    )
    coming = tuple(code for code in old.codes if code not in codes and code not in known.codes)
    return replace(
        unit, states=(*unit.states[:-1], here, *later),
        codes=(*codes, *(code for code in coming if (code.scheme, code.code) not in _named(codes))),
    )


def _named(codes: tuple[Code, ...]) -> set[tuple[str, str]]:
    return {(code.scheme, code.code) for code in codes}


def _founded(register: Register, unit: Unit, event: Event) -> tuple[Unit, list[Succession]]:
    """Return a new unit with the end that was recorded of the one it comes from, and to whom it passes then."""
    source = _source(event)
    ends = [register.units[key].closed for key in (source, unit.states[-1].parent) if key is not None]
    known = sorted(end for end in ends if end is not None)
    if not known:
        return unit, []
    end = known[0]
    last = replace(unit.states[-1], period=Period(unit.opened, end))
    codes = tuple(replace(code, period=Period(code.period.start, end)) for code in unit.codes)
    share = Share.PART if isinstance(event, Split) else Share.WHOLE
    passed = [
        Succession(end, unit.key, one.successor, share if one.share == Share.WHOLE else Share.PART)
        for one in register.successions if one.predecessor == source and one.day == end
    ]
    return replace(unit, states=(last,), codes=codes), passed


def _source(event: Event) -> str | None:
    match event:
        case Split():
            return event.key
        case Merge(into=Profile()):
            return event.sources[0].key
    return None
