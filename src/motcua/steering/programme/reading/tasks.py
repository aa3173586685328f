"""Rows of the annex as tasks: keys of their own, period, money and agencies read; what disagrees is said."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from motcua.steering.programme.reading.annex import Annex, Row
from motcua.steering.programme.reading.columns import SCALES, Column
from motcua.steering.programme.reading.doubts import doubts
from motcua.steering.programme.reading.money import amounts_in, printed, read_budget, spelled_out
from motcua.steering.programme.reading.names import Roster, read_units
from motcua.steering.programme.reading.periods import read_period
from motcua.steering.programme.reading.text import fold, in_words, one_line
from motcua.steering.programme.types import (
    Anomaly,
    AnomalyKind,
    Budget,
    BudgetState,
    Recurrence,
    Task,
    Totals,
    Unit,
    UnitKind,
)

UNNUMBERED = "khong-so"
"""What the keys of rows without a number begin with."""


def read_tasks(annex: Annex, roster: Roster) -> tuple[Task, ...]:
    """Return the rows as tasks, in the order of the document."""
    known: dict[str, tuple[Unit, ...]] = {}  # the same few cells stand in most rows

    def named(cell: str) -> tuple[Unit, ...]:
        if cell not in known:
            known[cell] = read_units(cell, roster)
        return known[cell]

    return tuple(
        _task(row, uid, named, annex.scale) for row, uid in zip(annex.rows, _uids(annex.rows), strict=True)
    )


def _uids(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a key for each row: its printed number, with #1, #2 … where that number stands more than once."""
    often = Counter(row.number for row in rows)
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.number] += 1
        if not row.number:
            yield f"{UNNUMBERED}#{seen['']}"
        else:
            yield f"{row.number}#{seen[row.number]}" if often[row.number] > 1 else row.number


def _task(row: Row, uid: str, named: Callable[[str], tuple[Unit, ...]], scale: int | None) -> Task:
    cell = row.cells.get
    lead, helping = cell(Column.LEAD, ""), cell(Column.COORDINATING, "")
    return Task(
        uid=uid, number=row.number, group=row.group, text=cell(Column.TASK, ""), product=cell(Column.PRODUCT, ""),
        lead=lead, coordinating=helping, period=read_period(cell(Column.PERIOD, "")),
        budget=read_budget(cell(Column.BUDGET, ""), scale), lead_units=named(lead), coordinating_units=named(helping),
    )


def recut(task: Task, cells: Mapping[str, str], roster: Roster) -> Task:
    """Return a row with other cells: it was laid out otherwise than it had been taken apart.

    Only cells that changed are read anew: what the document's head said of the others is not known any more.
    """
    lead, helping = cells.get("lead", task.lead), cells.get("coordinating", task.coordinating)
    period, budget = cells.get("period", task.period.text), cells.get("budget", task.budget.text)
    return replace(
        task, text=cells.get("text", task.text), product=cells.get("product", task.product), lead=lead,
        coordinating=helping, period=task.period if period == task.period.text else read_period(period),
        budget=task.budget if budget == task.budget.text else read_budget(budget, _scale_of(task.budget)),
        lead_units=task.lead_units if lead == task.lead else read_units(lead, roster),
        coordinating_units=task.coordinating_units if helping == task.coordinating else read_units(helping, roster),
    )


def _scale_of(budget: Budget) -> int | None:
    """Return in how many đồng the column's bare numbers are, where the amount that was read tells it."""
    if budget.amount_vnd is None or read_budget(budget.text) == budget:
        return None
    return next((scale for scale in SCALES.values() if read_budget(budget.text, scale) == budget), None)


def total_of(tasks: Iterable[Task], texts: Sequence[str], annex_totals: Sequence[str]) -> Totals:
    """Return the printed total against the sum of the rows. The running text's total comes before the annex's."""
    total = sum(task.budget.amount_vnd or 0 for task in tasks)
    for text in (*texts, *annex_totals):
        found = _printed_total(text) if text in texts else next(iter(amounts_in(text)), None)
        if found:
            return Totals(found[0], total, one_line(text))
    return Totals(None, total)


_TOTAL_WORDS = re.compile(
    r"tong\s+(?:cong\s+|so\s+|muc\s+|du toan\s+|khai toan\s+|nhu cau\s+|nguon\s+)*(?:kinh phi|von)|"
    r"tong khai toan|tong du toan"
)


def _printed_total(text: str) -> tuple[int, bool] | None:
    folded = fold(text)
    found = _TOTAL_WORDS.search(folded)
    if not found:
        return None
    return next(iter(amounts_in(folded[found.end() :].split(". ")[0])), None)


def faults(rows: Sequence[Row], tasks: Sequence[Task], years: tuple[int | None, int | None]) -> Iterator[Anomaly]:
    """Yield what is odd about the rows: numbers, periods, money, names."""
    yield from _numbers(tasks)
    for row, task in zip(rows, tasks, strict=True):
        yield from _period(task, years)
        yield from doubts(task, _budget(task, years))
        yield from _units(task)
        if not row.is_sure:
            cells = tuple(f"{column.value}: {one_line(text)}" for column, text in row.cells.items())
            yield Anomaly(AnomalyKind.CELLS_UNSURE, task.uid, one_line(task.text), cells)


def _numbers(tasks: Sequence[Task]) -> Iterator[Anomaly]:
    same: dict[tuple[str, str], list[Task]] = defaultdict(list)
    places: list[tuple[str, str]] = []
    above = ""
    for task in tasks:
        if not task.number:
            yield Anomaly(AnomalyKind.ROW_WITHOUT_NUMBER, task.uid, one_line(task.text))
            continue
        if task.number[0].isdigit():
            above = task.uid
            places.append(_place(task))
        same[_place(task) if above == task.uid else (above, task.number)].append(task)  # a) counts below its 1.
    for found in same.values():
        if len(found) > 1:
            keys, texts = ", ".join(task.uid for task in found), tuple(one_line(task.text) for task in found)
            yield Anomaly(AnomalyKind.DUPLICATE_NUMBER, keys, found[0].number, texts)
    yield from _gaps(places)


def _place(task: Task) -> tuple[str, str]:
    """Return where a number counts: 3.4 in the whole annex, a mere 4 within its group."""
    return ("" if "." in task.number else task.group, task.number)


def _gaps(numbers: Sequence[tuple[str, str]]) -> Iterator[Anomaly]:
    """Yield numbers that are missing between two that follow each other in one group."""
    for (group, before), (here, after) in pairwise(numbers):
        *head, last = before.split(".")
        *other, following = after.split(".")
        if (group, head) == (here, other) and int(following) > int(last) + 1:
            missing = ", ".join(".".join([*head, str(number)]) for number in range(int(last) + 1, int(following)))
            yield Anomaly(AnomalyKind.NUMBER_GAP, after, f"{before} → {after}", (missing,))


def _period(task: Task, years: tuple[int | None, int | None]) -> Iterator[Anomaly]:
    period = task.period
    if not period.text.strip():
        yield Anomaly(AnomalyKind.ROW_WITHOUT_PERIOD, task.uid, one_line(task.text))
    elif period.recurrence is Recurrence.NOT_STATED:
        yield Anomaly(AnomalyKind.PERIOD_UNREAD, task.uid, one_line(period.text))
    start, end = period.start_year, period.end_year
    if start is not None and end is not None and end < start:
        yield Anomaly(AnomalyKind.PERIOD_REVERSED, task.uid, one_line(period.text), (str(start), str(end)))
    first, last = years
    outside = [
        year for year in dict.fromkeys((start, end))
        if year is not None and ((first is not None and year < first) or (last is not None and year > last))
    ]
    if outside:
        values = (*map(str, outside), f"{first} - {last}")
        yield Anomaly(AnomalyKind.YEAR_OUTSIDE, task.uid, one_line(period.text), values)


def _budget(task: Task, years: tuple[int | None, int | None]) -> Iterator[Anomaly]:
    budget, text = task.budget, one_line(task.budget.text)
    if budget.state is BudgetState.AMOUNT and not any(map(str.isdigit, text)) and spelled_out(fold(text)):
        yield Anomaly(AnomalyKind.BUDGET_UNREAD, task.uid, text, (printed(budget.amount_vnd or 0),))
    elif budget.amount_vnd is None and budget.per_year_vnd is None and any(map(str.isdigit, text)):
        yield Anomaly(AnomalyKind.BUDGET_UNREAD, task.uid, text)
    if budget.amount_vnd is None or not budget.per_year_vnd:
        return
    count = _years_of(task, years)
    if count and budget.per_year_vnd * count != budget.amount_vnd:
        product = printed(budget.per_year_vnd * count)
        values = (printed(budget.amount_vnd), f"{printed(budget.per_year_vnd)} × {count} = {product}")
        yield Anomaly(AnomalyKind.BUDGET_YEARLY, task.uid, text, values)


def _years_of(task: Task, years: tuple[int | None, int | None]) -> int | None:
    first, last = (task.period.start_year, task.period.end_year) if task.period.start_year else years
    return last - first + 1 if first is not None and last is not None and last >= first else None


def _units(task: Task) -> Iterator[Anomaly]:
    for side, units in (("lead", task.lead_units), ("coordinating", task.coordinating_units)):
        open_ones = tuple(unit.name for unit in units if _is_open(unit))
        if open_ones:
            text = one_line(task.lead if side == "lead" else task.coordinating)
            yield Anomaly(AnomalyKind.UNIT_UNRESOLVED, f"{task.uid}/{side}", text, open_ones)


def _is_open(unit: Unit) -> bool:
    return unit.kind is UnitKind.UNRESOLVED


def total_fault(totals: Totals) -> Iterator[Anomaly]:
    """Yield the printed total and the sum of the rows where they differ."""
    if totals.printed_vnd is not None and totals.difference_vnd:
        lacking = f"{in_words(Decimal(totals.difference_vnd))} đồng"
        values = (printed(totals.printed_vnd), printed(totals.sum_vnd), lacking)
        yield Anomaly(AnomalyKind.BUDGET_TOTAL, "tổng kinh phí", totals.printed_text, values)
