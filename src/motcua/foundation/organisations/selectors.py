"""Reads of the register: the tree of a day, one agency's history, codes in every scheme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from motcua.foundation.core import time
from motcua.foundation.core.registers import Kept
from motcua.foundation.core.settings_rows import read as read_setting
from motcua.foundation.organisations import codes, readings, store
from motcua.foundation.organisations.errors import BadCode
from motcua.foundation.organisations.models import Agency, AgencyCode, AgencyQuerySet, Inheritance, RegisterEvent
from motcua.foundation.organisations.types import ListedUnit, Register, Scheme, Share, Unit

STANDS_ON = "register-stands-on"
ONWARD = "/.."
"""After the day of an exercise that stands there until today has come to it, and then goes on (ISO 8601's open end)."""


def register_day() -> date:
    """Return the day whose register is the present one: today, or the day on which an exercise stands still."""
    fixed = read_setting(STANDS_ON)
    if not fixed:
        return time.today()
    day = date.fromisoformat(fixed.removesuffix(ONWARD))
    return max(day, time.today()) if fixed.endswith(ONWARD) else day


def still_day() -> date | None:
    """Return the day on which an exercise's register stands still for good; None where it goes with the calendar."""
    fixed = read_setting(STANDS_ON)
    return date.fromisoformat(fixed) if fixed and not fixed.endswith(ONWARD) else None


def register_day_of(day: date) -> date:
    """Return the day whose register holds for a day: where an exercise stands still, always the day it stands on."""
    return still_day() or (register_day() if day >= time.today() else day)


def at_work(day: date | None = None) -> AgencyQuerySet:
    """Return the agencies that exist on a day, else the register's, by name: what choices on screens are made from."""
    return Agency.objects.on(day or register_day()).order_by("name")


def register() -> Register:
    """Return the whole register as a value (6 queries)."""
    return store.read().register


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the drawn tree, with the public id of its page and what stands under it."""

    unit: ListedUnit
    public_id: str
    below: tuple[Branch, ...]


def tree(day: date, kind: str | None = None) -> tuple[Branch, ...]:
    """Return the register as of a day as a tree; with a kind, only its agencies and those above them (6 queries)."""
    stored = store.read()
    listed = readings.list_units(stored.register, day)
    return _grow(listed, {key: row.public_id for key, row in stored.rows.items()}, None, kind)


def _grow(
    listed: tuple[ListedUnit, ...], ids: dict[str, str], parent: str | None, kind: str | None
) -> tuple[Branch, ...]:
    found = []
    for unit in listed:
        if unit.parent != parent:
            continue
        below = _grow(listed, ids, unit.code, kind)
        if kind is None or unit.kind == kind or below:
            found.append(Branch(unit, ids[unit.key], below))
    return tuple(found)


def days_of_change() -> list[date]:
    """Return the days on which the register changed, oldest first (1 query)."""
    return list(RegisterEvent.objects.order_by("day").values_list("day", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Relative:
    """An agency beside another one on its line: whom it took over, or who took it over."""

    public_id: str
    title: str
    day: date
    share: Share
    step: int
    """How many successions away; 1 is the next."""


@dataclass(frozen=True, slots=True)
class History:
    """An agency's page: its unit, its line through all shapes, and the events that made it."""

    unit: Unit
    before: tuple[Relative, ...]
    after: tuple[Relative, ...]
    events: tuple[RegisterEvent, ...]


def history(agency: Agency) -> History:
    """Return what an agency's page tells (7 queries)."""
    stored = store.read()
    events = RegisterEvent.objects.filter(
        Q(agency=agency) | Q(agency__origins__predecessor=agency, day=agency.valid_to)
        | Q(agency__origins__predecessor=agency, what="adjust")
    )
    return History(
        unit=stored.register.units[agency.key],
        before=_line(stored, agency.key, back=True),
        after=_line(stored, agency.key, back=False),
        events=tuple(events.select_related("agency").distinct()),
    )


def _line(stored: store.Stored, key: str, *, back: bool) -> tuple[Relative, ...]:
    """Walk the successions one way, nearest first; each agency once.

    Beyond the first step forward only what passed at an agency's end is followed: a part that a living successor gave
    away later need not be ours.
    """
    register, found, waiting = stored.register, dict[str, Relative](), [(key, 1)]
    while waiting:
        at, step = waiting.pop(0)
        near = readings.predecessors(register, at) if back else readings.successors(register, at)
        for succession in near:
            other = succession.predecessor if back else succession.successor
            is_ours = back or step == 1 or succession.day == register.units[at].closed
            if other in found or other == key or not is_ours:
                continue
            title = store.present_title(register, other, succession.day)
            found[other] = Relative(stored.rows[other].public_id, title, succession.day, succession.share, step)
            waiting.append((other, step + 1))
    return tuple(found.values())


def resolve_code(text: str, day: date) -> Agency | None:
    """Return the agency that a code of any scheme named on the day, or None (1 query).

    Both national formats are read alike: `000.00.01.H03` finds what `H03.01` finds. A code freed and given to another
    agency leads to the holder of the day.
    """
    wanted = Q(code=text.strip())
    try:
        national = codes.parse(text)
    except BadCode:
        pass
    else:
        wanted |= Q(scheme=Scheme.D20, code=national.d20)
        if national.qcvn:
            wanted |= Q(scheme=Scheme.QCVN, code=national.qcvn)
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    found = AgencyCode.objects.filter(wanted, held, valid_from__lte=day).select_related("agency").first()
    return found.agency if found else None


def title_on(agency: Agency, day: date) -> str:
    """Return what the agency was called on a day, for papers of that day (1 query)."""
    state = agency.states.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day).first()
    return (state.title or state.name) if state else agency.name


def heirs(agency: Agency, day: date) -> list[Agency]:
    """Return who carries the agency's duties on a day: itself, or its heirs through all mergers (6 queries)."""
    stored = store.read()
    return [stored.rows[key] for key in readings.heirs(stored.register, agency.key, day)]


def predecessors(agencies: Collection[int]) -> QuerySet[Inheritance, Any]:
    """Return the keys of all whose work these agencies carry today, as a subquery: it asks nothing by itself."""
    rows = Inheritance.objects.filter(heir__in=agencies, day__lte=register_day())
    return rows.values_list("predecessor", flat=True)


def family(agency: int) -> list[int]:
    """Return an agency's key and the keys of all whose work it carries today (1 query)."""
    return [agency, *predecessors([agency])]


def carried_by(agency: Agency) -> list[Agency]:
    """Return all whose work an agency carries today, by name (1 query)."""
    return list(Agency.objects.filter(pk__in=predecessors([agency.pk])).order_by("name", "pk"))


def has_ended(agency: Agency) -> bool:
    """Return whether the agency is at work no more on the register's day."""
    return agency.valid_to is not None and agency.valid_to <= register_day()


def _heir_on(predecessor: int, day: date) -> Agency | None:
    rows = Inheritance.objects.filter(predecessor=predecessor, day__lte=day, heir__in=Agency.objects.on(day))
    found = rows.select_related("heir").first()
    return found.heir if found else None


# A page asks it several times; whatever changes the register leaves another mark.
_HEIR = Kept(_heir_on)


def carrier(agency: Agency) -> Agency:
    """Return who carries the agency's work today: itself while it lives, else its heir (1 query only if it ended).

    An agency that ended without an heir is returned itself.
    """
    return agency if not has_ended(agency) else _HEIR(agency.pk, register_day()) or agency


def name_now(agency: Agency) -> str:
    """Return an agency's title, and who it is now: “UBND xã A, nay là UBND xã B” (1 query only if it ended)."""
    today = carrier(agency)
    return agency.name if today == agency else f"{agency.name}, nay là {today.name}"
