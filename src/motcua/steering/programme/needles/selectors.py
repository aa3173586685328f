"""Reads of needles: all of a programme at once, one with its history. Query budgets in `tests/test_queries.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from motcua.steering.programme.models import Entry, Measure, Programme
from motcua.steering.programme.needles import asking, rules
from motcua.steering.programme.needles.asking import Counted
from motcua.steering.programme.needles.models import Choice, Formula, Point
from motcua.steering.programme.needles.types import Goal, Kind, Standing, Value, Verdict

#: Entries are due for every quarter that ended, by this day after it.
ENTRY_DAYS = 15


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading and what it gives now; one of a measure's holds."""

    formula: Formula
    counted: Counted
    holds: bool
    since: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Needle:
    """A measure on a day with all that its page draws."""

    measure: Measure
    kind: Kind
    goal: Goal | None
    baseline: Value | None
    now: Value | None
    standing: Standing
    readings: Sequence[Reading] = ()
    latest: Entry | None = None
    history: Sequence[Value] = field(default=())
    is_overdue: bool = False

    @property
    def holding(self) -> Reading | None:
        """The reading that holds; none for what is entered by hand."""
        return next((one for one in self.readings if one.holds), None)

    @property
    def others(self) -> list[Reading]:
        """The readings beside it: both results are shown."""
        return [one for one in self.readings if not one.holds]

    @property
    def counted(self) -> Counted | None:
        return self.holding.counted if self.holding else None

    @property
    def verdict(self) -> Verdict:
        return self.standing.verdict


def measures() -> QuerySet[Measure]:
    """Return measures with what a needle needs of each (1 query)."""
    return Measure.objects.select_related("target__programme", "responsible", "printed_baseline")


@dataclass(frozen=True, slots=True)
class _Known:
    """All that was read for a programme's needles, each read once."""

    programme: Programme
    day: date
    formulas: Mapping[int, list[Formula]]
    chosen: Mapping[int, Choice]
    counted: Mapping[int, Counted]
    points: Mapping[int, list[Value]]
    entries: Mapping[int, list[Entry]]


def needles(programme: Programme, day: date, among: Iterable[Measure] | None = None) -> list[Needle]:
    """Return all needles of a programme on a day (6 queries, and what the registry asks)."""
    rows = list(
        measures().filter(target__programme=programme, ended_on__isnull=True).order_by("target__position", "position")
        if among is None else among
    )
    formulas = _formulas(rows)
    live = [formula for found in formulas.values() for formula in found]
    known = _Known(
        programme, day, formulas, _chosen(rows, day), asking.read(live) if live else {}, _points(live, day),
        _entries(rows, day),
    )
    return [_needle(row, known) for row in rows]


def needle(measure: Measure, day: date) -> Needle:
    """Return one needle (6 queries at most, and what the registry asks)."""
    return needles(measure.target.programme, day, [measure])[0]


def _formulas(rows: Sequence[Measure]) -> dict[int, list[Formula]]:
    found: dict[int, list[Formula]] = defaultdict(list)
    for formula in Formula.objects.filter(measure__in=rows, ended_on__isnull=True).prefetch_related("exempt"):
        found[formula.measure_id].append(formula)
    return found


def _chosen(rows: Sequence[Measure], day: date) -> dict[int, Choice]:
    choices = Choice.objects.filter(measure__in=rows, valid_from__lte=day)
    return {choice.measure_id: choice for choice in choices}


def _points(formulas: Sequence[Formula], day: date) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = defaultdict(list)
    for row in Point.objects.filter(formula__in=formulas, on__lte=day, value__isnull=False) if formulas else ():
        assert row.value is not None
        found[row.formula_id].append(Value(row.on, row.value, row.numerator, row.denominator))
    return found


def _entries(rows: Sequence[Measure], day: date) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    known = Entry.objects.filter(measure__in=rows, on__lte=day).select_related("counted", "agency")
    for row in known.order_by("on", "pk"):
        found[row.measure_id].append(row)
    return found


def _needle(row: Measure, known: _Known) -> Needle:
    goal, baseline, day = goal_of(row, known.programme), baseline_of(row), known.day
    readings = _readings(row, known)
    holding = next((one for one in readings if one.holds), None)
    kind, latest, now, history = _entered(row, known) if holding is None else _live(holding, known)
    standing = rules.standing(
        now=now, goal=goal, baseline=baseline, history=history, day=day, least=Decimal(),
        most=Decimal(100) if row.unit == "%" else None,
    )
    return Needle(
        row, kind, goal, baseline, now, standing, readings, latest, history,
        is_overdue=kind is Kind.ENTERED and goal is not None and entry_is_overdue(latest.on if latest else None, day),
    )


_Told = tuple[Kind, Entry | None, Value | None, list[Value]]


def _readings(row: Measure, known: _Known) -> tuple[Reading, ...]:
    choice = known.chosen.get(row.pk)
    return tuple(
        Reading(one, known.counted[one.pk], holds=True, since=choice.valid_from, basis=choice.basis)
        if choice and one.pk == choice.formula_id else Reading(one, known.counted[one.pk], holds=False)
        for one in known.formulas[row.pk]
    )


def _live(holding: Reading, known: _Known) -> _Told:
    now = holding.counted.on(known.day)
    past = [one for one in known.points.get(holding.formula.pk, ()) if one.on < known.day]
    return Kind.LIVE, None, now, [*past, *([now] if now else [])]


def _entered(row: Measure, known: _Known) -> _Told:
    entries = known.entries[row.pk]
    # The last one of a day corrects those before it.
    history = list({entry.on: value_of(entry) for entry in entries}.values())
    return Kind.ENTERED, entries[-1] if entries else None, history[-1] if history else None, history


def goal_of(row: Measure, programme: Programme) -> Goal | None:
    """Return what a measure wants; None where no number is printed or the programme's years are unknown."""
    if row.value is None or programme.last_year is None:
        return None
    return Goal(row.comparator, row.value, date(programme.last_year, 12, 31))


def baseline_of(row: Measure) -> Value | None:
    """Return from where a measure started, as the plan prints it."""
    if row.baseline is None or row.baseline_on is None:
        return None
    printed = getattr(row, "printed_baseline", None)
    return Value(
        row.baseline_on, row.baseline, printed.numerator if printed else None, printed.denominator if printed else None
    )


def value_of(entry: Entry) -> Value:
    """Return an entry as a value."""
    counted = getattr(entry, "counted", None)
    return Value(
        entry.on, entry.value, counted.numerator if counted else None, counted.denominator if counted else None
    )


def entry_is_overdue(latest: date | None, day: date) -> bool:
    """Tell whether nothing was entered for the last quarter that ended, though its fifteen days are over."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    if (day - first).days < ENTRY_DAYS:
        first = _quarter_before(first)
    return latest is None or latest < _quarter_before(first)


def _quarter_before(first: date) -> date:
    return date(first.year - 1, 10, 1) if first.month == 1 else date(first.year, first.month - 3, 1)


def entries_of(measure: Measure) -> QuerySet[Entry]:
    """Return what was entered by hand, the newest first, with files and who entered it (3 queries)."""
    rows = measure.entries.order_by("-on", "-pk").select_related("agency", "counted")
    return rows.prefetch_related("evidence__file")


def replaced(entries: Iterable[Entry]) -> set[int]:
    """Return the keys of those entries, newest first, that a later one of the same day has corrected."""
    seen: set[date] = set()
    found = set()
    for entry in entries:
        if entry.on in seen:
            found.add(entry.pk)
        seen.add(entry.on)
    return found


def choices_of(measure: Measure) -> QuerySet[Choice]:
    """Return which reading held from when, the newest first (1 query)."""
    return measure.choices.select_related("formula").order_by("-valid_from", "-pk")


__all__ = ["Needle", "Reading", "choices_of", "entries_of", "measures", "needle", "needles"]
