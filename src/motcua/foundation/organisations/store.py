"""Between rows and values: the whole register is read at once (a province has a few hundred agencies), and what an
event changed is written back. Rules never see a row.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from motcua.foundation.law.types import Trust
from motcua.foundation.organisations import datafile, readings, types
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.models import Agency, AgencyCode, AgencyState, Kind, Level, Succession
from motcua.foundation.organisations.types import Catalogue, Code, Period, Register, Scheme, Share, State, Unit

D20_IN_FORCE = date(2020, 9, 15)
"""From this day an agency's dossier codes take the form of Decision 20/2020/QĐ-TTg; before, that of QCVN 102:2016."""


def catalogue() -> Catalogue:
    """Return the store's levels and kinds; the shipped ones hold until the store has its own (2 queries)."""
    kinds = {
        kind.code: types.Kind(
            kind.code, kind.name, kind.level_id, kind.order, tuple(kind.parents), kind.office, kind.is_territorial
        )
        for kind in Kind.objects.order_by("order")
    }
    if not kinds:
        return datafile.read_catalogue(datafile.shipped("kinds.toml"))
    levels = {level.code: types.Level(level.code, level.name, level.order) for level in Level.objects.order_by("order")}
    return Catalogue(levels, kinds)


def write_catalogue(known: Catalogue) -> None:
    """Put levels and kinds into the store, over what is there."""
    for level in known.levels.values():
        Level.objects.update_or_create(code=level.code, defaults={"name": level.name, "order": level.order})
    for kind in known.kinds.values():
        fields = {
            "name": kind.name, "level_id": kind.level, "order": kind.order, "parents": list(kind.parents),
            "office": kind.office, "is_territorial": kind.territorial,
        }
        Kind.objects.update_or_create(code=kind.code, defaults=fields)


@dataclass(slots=True)
class Stored:
    """The register and the rows of its agencies by key."""

    register: Register
    rows: dict[str, Agency]


def read(*, lock: bool = False) -> Stored:
    """Return the register as a value (6 queries). With `lock`, nobody else changes it before the transaction ends."""
    # no_key: a dossier that only refers to an agency need not wait for the register.
    among = Agency.objects.select_for_update(no_key=True) if lock else Agency.objects.all()
    agencies = list(among.order_by("pk"))
    keys = {agency.pk: agency.key for agency in agencies}
    states, codes = _states(keys), _codes()
    units = {
        agency.key: Unit(agency.key, tuple(states[agency.pk]), tuple(codes[agency.pk]), tuple(agency.aliases))
        for agency in agencies if states[agency.pk]
    }
    passed = Succession.objects.order_by("pk").values_list("day", "predecessor_id", "successor_id", "how", "basis")
    successions = tuple(
        types.Succession(day, keys[one], keys[other], Share(how), basis) for day, one, other, how, basis in passed
    )
    return Stored(Register(catalogue(), units, successions), {agency.key: agency for agency in agencies})


def _states(keys: dict[int, str]) -> dict[int, list[State]]:
    found: dict[int, list[State]] = defaultdict(list)
    for row in AgencyState.objects.order_by("agency_id", "valid_from"):
        parent = None if row.parent_id is None else keys[row.parent_id]
        period = Period(row.valid_from, row.valid_to)
        found[row.agency_id].append(State(period, row.name, row.form, row.kind, parent, row.has_one_stop))
    return found


def _codes() -> dict[int, list[Code]]:
    found: dict[int, list[Code]] = defaultdict(list)
    for row in AgencyCode.objects.order_by("pk"):
        period = Period(row.valid_from or date.min, row.valid_to)
        found[row.agency_id].append(Code(Scheme(row.scheme), row.code, period, Trust(row.trust)))
    return found


def changed(before: Register, after: Register) -> list[str]:
    """Return the keys of the agencies that differ, new ones included, in the order of the register."""
    return [key for key, unit in after.units.items() if before.units.get(key) != unit]


def write(stored: Stored, after: Register, basis: str, day: date) -> list[str]:
    """Write what an event changed, and return the keys concerned. Call it inside a transaction.

    `day` is the register's day, whose names are kept beside the identities; the basis belongs to rows that are new.
    """
    before, rows = stored.register, stored.rows
    keys = changed(before, after)
    taken = {row.code for row in rows.values()}
    born = [_agency(after, key, day, taken) for key in keys if key not in rows]
    Agency.objects.bulk_create(born)
    rows.update({row.key: row for row in born})
    for key in keys:
        if key in before.units:
            rows[key].name, rows[key].valid_to = present_title(after, key, day), after.units[key].closed
            rows[key].save(update_fields=["name", "valid_to"])
        _write_states(stored, after.units[key], after.catalogue, basis)
    for key in sorted(keys, key=lambda key: after.units[key].closed is None):
        _write_codes(stored, after.units[key])
    new = after.successions[len(before.successions):]
    Succession.objects.bulk_create(
        Succession(predecessor=rows[s.predecessor], successor=rows[s.successor], day=s.day, how=s.share, basis=basis)
        for s in new
    )
    stored.register = after
    return keys


def present_title(register: Register, key: str, day: date) -> str:
    """Return the title on the day, or the nearest one before the opening or after the closing."""
    unit = register.units[key]
    state = unit.state_at(day) or (unit.states[-1] if unit.opened <= day else unit.states[0])
    return readings.title(register.catalogue.kinds[state.kind], state)


def refresh_names(day: date) -> int:
    """Bring the names kept beside the identities to the register's day; renames may be entered ahead of their day."""
    stored = read()
    stale = []
    for key in stored.register.units:
        row, title = stored.rows[key], present_title(stored.register, key, day)
        if row.name != title:
            row.name = title
            stale.append(row)
    return Agency.objects.bulk_update(stale, ["name"]) if stale else 0


def _agency(register: Register, key: str, day: date, taken: set[str]) -> Agency:
    unit = register.units[key]
    code = dossier_code(unit)
    if code in taken:
        raise BadEvent(
            f"Mã {code} đã in trên hồ sơ của một cơ quan trước. "
            f"Anh/chị nhập mã định danh riêng cho {unit.states[0].name}."
        )
    return Agency(
        key=key, code=code, name=present_title(register, key, day), aliases=list(unit.aliases),
        valid_from=unit.opened, valid_to=unit.closed,
    )


def dossier_code(unit: Unit) -> str:
    """Return the code that the agency's dossiers carry: the national form of its founding day, else the register's."""
    wanted = Scheme.D20 if unit.opened >= D20_IN_FORCE else Scheme.QCVN
    for scheme in (wanted, Scheme.D20, Scheme.REGISTER):
        code = unit.code_at(scheme, unit.opened)
        if code is not None:
            return code
    raise AssertionError(f"{unit.key} has no code")


def _write_states(stored: Stored, unit: Unit, known: Catalogue, basis: str) -> None:
    """Write the states that are new or changed; a state that only ended keeps its basis.

    What was recorded ahead of an agency that ends now never comes: its rows go, its events stay.
    """
    row, old = stored.rows[unit.key], stored.register.units.get(unit.key)
    had = {state.period.start: state for state in old.states} if old else {}
    gone = had.keys() - {state.period.start for state in unit.states}
    if gone:
        row.states.filter(valid_from__in=gone).delete()
    for state in unit.states:
        before = had.get(state.period.start)
        if before == state:
            continue
        if before is not None and replace(before, period=state.period) == state:
            row.states.filter(valid_from=state.period.start).update(valid_to=state.period.end)
            continue
        kind, start = known.kinds[state.kind], state.period.start
        fields = {
            "name": state.name, "title": readings.title(kind, state), "form": state.form, "kind": kind.code,
            "level": kind.level, "parent": stored.rows[state.parent] if state.parent else None,
            "has_one_stop": state.one_stop, "valid_to": state.period.end, "basis": basis,
        }
        if before is None:
            row.states.create(valid_from=start, **fields)
        else:  # a second change on one day
            row.states.filter(valid_from=start).update(**fields)


def _write_codes(stored: Stored, unit: Unit) -> None:
    row, old = stored.rows[unit.key], stored.register.units.get(unit.key)
    had = {(code.scheme, code.code): code for code in old.codes} if old else {}
    ended = [code for code in unit.codes if (code.scheme, code.code) in had and had[code.scheme, code.code] != code]
    for scheme, text in had.keys() - {(code.scheme, code.code) for code in unit.codes}:
        row.codes.filter(scheme=scheme, code=text).delete()
    for code in ended:
        row.codes.filter(scheme=code.scheme, code=code.code).update(valid_to=code.period.end)
    AgencyCode.objects.bulk_create(
        AgencyCode(
            agency=row, scheme=code.scheme, code=code.code, trust=code.trust,
            valid_from=code.period.start, valid_to=code.period.end,
        )
        for code in unit.codes if (code.scheme, code.code) not in had
    )


def event_digest(event: types.Event) -> str:
    """Return by what a line of a data file is known again."""
    return hashlib.sha256(repr(event).encode()).hexdigest()
