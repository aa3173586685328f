"""The agencies of a day, as the reading of a decision looks for them in its cells."""

from __future__ import annotations

from datetime import date

from motcua.foundation.organisations import datafile, readings, rules, selectors
from motcua.foundation.organisations.types import Register
from motcua.steering.programme.reading.names import Named, Roster, roster_of


def roster_on(day: date | None) -> Roster:
    """Return the agencies of the day of a decision; of the register's day where the decision has none (6 queries).

    A store without agencies reads with the shipped register, so that a file can be tried before anything is loaded.
    """
    register = selectors.register()
    if not register.units:
        register = _shipped()
    units = readings.list_units(register, day or selectors.register_day())
    return roster_of(
        Named(unit.code, (unit.title, unit.name, *register.units[unit.key].aliases), unit.kind) for unit in units
    )


def _shipped() -> Register:
    known = datafile.read_catalogue(datafile.shipped("kinds.toml"))
    return rules.replay(known, datafile.read_events(datafile.shipped("bac-kan.csv"), known))
