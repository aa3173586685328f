"""Asking the registry of numbers for readings: whose records, counted once, by agency, or agencies above a threshold.

Numbers of agencies and procedures hang on the registers alone, so they are kept while the registers' mark stands;
numbers of dossiers are asked anew every time: they read the fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.foundation.core import time
from motcua.foundation.core.registers import Kept
from motcua.foundation.indicators import registry, scopes, selectors
from motcua.foundation.indicators.types import By, Measure, Number, Scope, Source, Tally, Unit
from motcua.foundation.organisations.models import AgencyState
from motcua.foundation.organisations.selectors import register_day, still_day
from motcua.steering.programme import today
from motcua.steering.programme.needles.models import Formula
from motcua.steering.programme.needles.types import Counting, Value

#: Sources whose rows change by acts on the registers only.
REGISTERS = frozenset({"agencies", "procedures"})
Lines = tuple[dict[int, Tally], dict[int, Tally]]
"""Numerator and denominator by agency."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a reading gave. `value` is None where it is unknown, and `unknown` says why."""

    value: Decimal | None
    numerator: int | None
    denominator: int | None
    unknown: str = ""
    unstated: int = 0

    def on(self, day: date) -> Value | None:
        """Return it as a value of a day; None where it is unknown."""
        return None if self.value is None else Value(day, self.value, self.numerator, self.denominator)

    @property
    def missing(self) -> int | None:
        """Return how many of the denominator are not in the numerator; None where there is nothing to subtract."""
        if self.numerator is None or self.denominator is None:
            return None
        return max(self.denominator - self.numerator, 0)


def read(formulas: Iterable[Formula], day: date | None = None) -> dict[int, Counted]:
    """Return what readings give by their key, now or at the end of a day of the programme that is over.

    Readings of the same scope are asked together (1 or 2 queries a source and scope, where nothing is kept).
    """
    as_of = as_of_day(day)
    found: dict[int, Counted] = {}
    known: dict[tuple[str, Scope], Lines] = {}
    whole: dict[tuple[Scope, bool], list[Formula]] = defaultdict(list)
    for formula in formulas:
        if not is_declared(formula):
            found[formula.pk] = Counted(None, None, None, "Số này hiện không có trong danh mục số liệu của hệ thống.")
        elif formula.counting == Counting.WHOLE:
            whole[scope_of(formula, as_of), of_registers(formula)].append(formula)
        else:
            found[formula.pk] = _by_agency(formula, as_of, known)
    for (scope, kept), among in whole.items():
        codes = tuple(sorted({formula.indicator for formula in among}))
        numbers = (_NUMBERS if kept else _numbers)(codes, scope, as_of, time.today())
        found.update({formula.pk: _counted(numbers[formula.indicator]) for formula in among})
    return found


def as_of_day(day: date | None) -> date | None:
    """Return the day to ask for: None for the present.

    Where an exercise's programme stands still on a day of its own, the records go on in the calendar: its days are
    moved by as much.
    """
    if day is None or day >= today.day():
        return None
    return day + (time.today() - today.day()) if today.is_still() else day


def is_declared(formula: Formula) -> bool:
    """Tell whether the platform knows the number of a reading (a room may have been taken out)."""
    return formula.indicator in registry.codes()


def has_past(formula: Formula) -> bool:
    """Tell whether the number can be asked for days that are over: a register that stands still has no past."""
    return is_declared(formula) and (still_day() is None or _sources(formula) != {"agencies"})


def of_registers(formula: Formula) -> bool:
    """Tell whether all that a reading counts stands in the registers."""
    return _sources(formula) <= REGISTERS


def _sources(formula: Formula) -> set[str]:
    of = registry.indicator(formula.indicator)
    return {side.source.code for side in (of.numerator, of.denominator) if side is not None}


def scope_of(formula: Formula, as_of: date | None = None) -> Scope:
    """Return whose records a reading counts (1 query where kinds of agencies or exempt ones are named)."""
    exempt = frozenset(agency.pk for agency in formula.exempt.all())
    if not formula.kinds and not exempt:
        return Scope(level=formula.level)
    agencies = AGENCIES(formula.kinds, as_of if as_of and still_day() is None else register_day())
    return Scope(agencies=agencies - exempt, level=formula.level)


def _agencies(kinds: str, day: date) -> frozenset[int]:
    states = AgencyState.objects.on(day)
    if kinds:
        states = states.filter(kind__in=kinds.split(","))
    return frozenset(states.values_list("agency", flat=True))


def _numbers(codes: tuple[str, ...], scope: Scope, as_of: date | None, _today: date) -> Mapping[str, Number]:
    return selectors.ask_many(codes, scope, as_of=as_of)


def _lines(code: str, scope: Scope, as_of: date | None, _today: date) -> Lines:
    """Return both sides of an indicator by agency; sides of one source are counted together."""
    of, asked = registry.indicator(code), scopes.resolve(scope, None, as_of)
    by_source: dict[str, tuple[Source, list[str]]] = {}
    for side in (of.numerator, of.denominator):
        if side is not None:
            by_source.setdefault(side.source.code, (side.source, []))[1].append(side.code)
    told = {name: source.tallies(measures, asked, By.AGENCY) for name, (source, measures) in by_source.items()}

    def lines(side: Measure | None) -> dict[int, Tally]:
        found = told[side.source.code][side.code] if side is not None else {}
        return {key: tally for key, tally in found.items() if isinstance(key, int)}

    return lines(of.numerator), lines(of.denominator)


AGENCIES = Kept(_agencies)
_NUMBERS, _LINES = Kept(_numbers), Kept(_lines)


def by_agency(formula: Formula, as_of: date | None, known: dict[tuple[str, Scope], Lines]) -> tuple[Scope, Lines]:
    """Return the scope of a reading, and both sides by agency; `known` keeps what readings have in common."""
    scope = scope_of(formula, as_of)
    key = formula.indicator, scope
    if key not in known:
        known[key] = (_LINES if of_registers(formula) else _lines)(*key, as_of, time.today())
    over, under = known[key]
    if scope.agencies is None:
        return scope, (over, under)
    return scope, (_among(over, scope.agencies), _among(under, scope.agencies))


def _among(lines: Mapping[int, Tally], agencies: frozenset[int]) -> dict[int, Tally]:
    return {key: tally for key, tally in lines.items() if key in agencies}


def _by_agency(formula: Formula, as_of: date | None, known: dict[tuple[str, Scope], Lines]) -> Counted:
    scope, (over, under) = by_agency(formula, as_of, known)
    if formula.counting == Counting.REACH:
        return _reaching(formula, scope, over, under)
    numerator = sum(tally.count for tally in over.values())
    denominator = sum(tally.count for tally in under.values())
    unstated = sum(tally.unstated for tally in over.values())
    if not denominator:
        return Counted(None, None, None, registry.indicator(formula.indicator).none)
    if not numerator and unstated:
        return Counted(None, numerator, denominator, _unsaid(unstated), unstated)
    return Counted(Decimal(100) * numerator / denominator, numerator, denominator, "", unstated)


def _reaching(
    formula: Formula, scope: Scope, over: Mapping[int, Tally], under: Mapping[int, Tally]
) -> Counted:
    """Count the agencies whose share reaches the threshold, among those that have any record.

    One without a record can neither reach nor miss it: it stands beside the number as unstated.
    """
    agencies = scope.agencies if scope.agencies is not None else frozenset(under)
    told = [key for key in agencies if key in under and under[key].count]
    silent = len(agencies) - len(told)
    if not told:
        return Counted(None, None, None, "Chưa cơ quan nào có hồ sơ để tính trong kỳ này.", silent)
    reached = sum(share_of(over.get(key, Tally()), under[key]) >= (formula.threshold or 0) for key in told)
    return Counted(Decimal(100) * reached / len(told), reached, len(told), "", silent)


def share_of(over: Tally, under: Tally) -> Decimal:
    """Return a share in percent."""
    return Decimal(100) * over.count / under.count


def _counted(number: Number) -> Counted:
    return Counted(number.value, number.numerator, number.denominator, number.unknown, number.unstated)


def _unsaid(rows: int) -> str:
    return f"Dữ liệu chưa ghi điều này cho {rows} dòng; chưa biết, không phải bằng không."


def codes_for_choice() -> Sequence[tuple[str, str]]:
    """Return the indicators a reading can be made of, with their names."""
    return [(one.code, one.name) for one in registry.declared() if one.unit is not Unit.MINUTE]
