"""Asking the registry: for every unit of a period at once, each number in one table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from motcua.foundation.core import time
from motcua.foundation.indicators import registry, selectors
from motcua.foundation.indicators.errors import UnknownIndicator
from motcua.foundation.indicators.types import By, Number, Period, Scope, Table, Unit
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import register_day
from motcua.steering.reports.rules import below
from motcua.steering.reports.types import Cell, CellKind, Counted, Form, Node

NO_SOURCE = "Hệ thống chưa có nguồn cho số này"
Numbers = dict[str, dict[str, dict[str, Any]]]
"""`own` and (where a unit gathers) `whole` → cell → a number as it is kept."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Which days a cell asks for."""

    period: Period
    as_of: date


def asking(cell: Cell, first: date, last: date, today: date) -> Asking:
    """Return the days of a cell in a window; what is carried over is asked as of the day before it."""
    if cell.before:
        eve = first - timedelta(days=1)
        return Asking(Period(eve, eve), eve)
    return Asking(Period(first, last), min(last, today))


def scope_of(agencies: Iterable[int], *, is_top: bool) -> Scope:
    """Return whose records a unit's whole number counts; at the top everybody's, also of who reports nothing."""
    return Scope() if is_top else Scope.of(*agencies)


def fill(
    form: Form, first: date, last: date, nodes: Collection[Node], wanted: Collection[int] | None = None
) -> dict[int, Numbers]:
    """Return the numbers of units, of all where none is named. A table a number, and some more for each that gathers.

    `nodes` is the whole chain of the period.
    """
    today, own = time.today(), {node.agency: node.own for node in nodes}
    units = [node for node in nodes if wanted is None or node.agency in wanted]
    wholes, ended = _wholes(units, nodes, own), _ended(own.values())
    found: dict[int, Numbers] = {
        node.agency: {"own": {}, "whole": {}} if node.agency in wholes else {"own": {}} for node in units
    }
    for cell in (cell for cell in form.figures if cell.kind is CellKind.NUMBER):
        asked = asking(cell, first, last, today)
        table = _table(cell, asked)
        for node in units:
            of = own[node.agency] if cell.adds else frozenset({node.agency})
            carried = _carried(table, {key: ended[key] for key in of - {node.agency} if key in ended})
            found[node.agency]["own"][cell.code] = kept(_of(table, of, asked.as_of)) | carried
    for agency, scope in wholes.items():
        found[agency]["whole"] = ask_whole(form, first, last, scope)
    return found


Ended = Mapping[int, tuple[str, date]]


def _ended(own: Iterable[Collection[int]]) -> Ended:
    """Return the names and last days of those of some agencies that have ended (1 query)."""
    gone = Agency.objects.filter(valid_to__lte=register_day()).values_list("pk", "name", "valid_to")
    counted = set().union(*own)
    return {key: (name, day) for key, name, day in gone if key in counted and day is not None}


def _carried(table: Table | None, ended: Ended) -> dict[str, Any]:
    """Return which part of a number is of agencies that have ended, to be said beside it."""
    if table is None or not ended:
        return {}
    found = [
        [*_told(*ended[line.key]), plain(line.number.value)] for line in table.lines
        if isinstance(line.key, int) and line.key in ended and line.number.value
    ]
    return {"carried": found} if found else {}


def _told(name: str, day: date) -> tuple[str, str]:
    return name, day.isoformat()


def _wholes(
    units: Iterable[Node], nodes: Iterable[Node], own: Mapping[int, frozenset[int]]
) -> dict[int, Scope]:
    """Return the scope of each of the units that others report to."""
    tree = {node.agency: node.above for node in nodes}
    gathering = {above for above in tree.values() if above is not None}
    return {
        node.agency: scope_of(
            set().union(*(own[unit] for unit in below(node.agency, tree))), is_top=node.above is None
        )
        for node in units if node.agency in gathering
    }


def ask_whole(form: Form, first: date, last: date, scope: Scope) -> dict[str, dict[str, Any]]:
    """Return the registry's own numbers of a whole scope, all of one stretch of days in one question."""
    today, found = time.today(), dict[str, dict[str, Any]]()
    by_days: dict[tuple[date, date, date], list[Cell]] = {}
    for cell in form.figures:
        if cell.kind is CellKind.NUMBER:
            asked = asking(cell, first, last, today)
            by_days.setdefault((asked.period.first, asked.period.last, asked.as_of), []).append(cell)
    for (begin, end, as_of), cells in by_days.items():
        known = [cell for cell in cells if is_declared(cell.indicator)]
        numbers = selectors.ask_many({cell.indicator for cell in known}, scope, Period(begin, end), as_of)
        for cell in cells:
            number = numbers.get(cell.indicator)
            found[cell.code] = kept(_counted(number) if number else Counted(None, as_of, NO_SOURCE))
    return found


def is_declared(code: str) -> bool:
    """Return whether the registry has the indicator, and it is one that can be added up."""
    try:
        return registry.indicator(code).unit is not Unit.PERCENT
    except UnknownIndicator:
        return False


def _table(cell: Cell, asked: Asking) -> Table | None:
    if not is_declared(cell.indicator):
        return None
    return selectors.table(cell.indicator, Scope(), asked.period, asked.as_of, by=By.AGENCY)


def _of(table: Table | None, agencies: frozenset[int], as_of: date) -> Counted:
    """Return the number of some agencies from a table: a line that is missing is zero, unless nothing is known."""
    if table is None:
        return Counted(None, as_of, NO_SOURCE)
    if table.total.value is None:
        return Counted(None, as_of, table.total.unknown)
    lines = [line.number for line in table.lines if line.key in agencies]
    unknown = next((number.unknown for number in lines if number.value is None), None)
    if unknown is not None:
        return Counted(None, as_of, unknown)
    value = sum((number.value for number in lines if number.value is not None), Decimal())
    return Counted(value, as_of, unstated=sum(number.unstated for number in lines))


def _counted(number: Number) -> Counted:
    return Counted(number.value, number.as_of, number.unknown, number.unstated)


def kept(counted: Counted) -> dict[str, Any]:
    """Return a number as it is kept: decimals as text, exact."""
    return {
        "value": None if counted.value is None else plain(counted.value),
        "as_of": counted.as_of.isoformat() if counted.as_of else None, "why": counted.why,
        "unstated": counted.unstated,
    }


def plain(value: Decimal) -> str:
    """Return the one spelling of an exact number: no exponent, no zeros behind the comma."""
    return f"{value.normalize():f}" if value else "0"
