"""What an amendment changes beside the rows: the head, the printed total, targets and their measures, planned money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.foundation.core.verbs import Act
from motcua.steering.programme import entering
from motcua.steering.programme.actions.approve import years_of
from motcua.steering.programme.actions.shares import said
from motcua.steering.programme.kinds import Answers, Money, Source
from motcua.steering.programme.models import BudgetLine, Measure, Programme, StoredReading, Target, TargetChange, Task
from motcua.steering.programme.reading.text import fold
from motcua.steering.programme.types import Reading
from motcua.steering.programme.types import Target as ReadTarget


@dataclass(frozen=True, slots=True)
class Amending:
    """What is taken over, by which document (its number), and from which day on it holds."""

    act: Act
    programme: Programme
    waiting: StoredReading
    after: Reading
    answers: Answers
    number: str
    on: date
    changes: list[TargetChange] = field(default_factory=list)

    def note(self, target: Target, measure: Measure | None, what: str, before: object, after: object) -> None:
        """Keep what a target or one of its measures was."""
        self.changes.append(
            TargetChange(
                target=target, measure=measure, reading=self.waiting, field=what, before=_said(before),
                after=_said(after), at=self.act.entered_at,
            )
        )

    def record(self, measure: Measure, what: str, *, first: bool = False) -> None:
        """Say in the ledger what became of a measure."""
        self.act.record(measure, first=first, what=what, number=said(self.number), on=self.on.isoformat())


def is_same(programme: Programme, after: Reading) -> bool:
    """Return whether the reading is of the programme's own decision, not of another that changes it."""
    header = after.header
    return (entering.number_of(header), entering.body_key(header.issuing_body), header.issue_date) == (
        programme.number, programme.body_key, programme.issued_on
    )


def take_header(at: Amending, *, covers_all: bool, ends_missing: bool) -> None:
    """Take over the head. Another decision changes the years it states and keeps the programme's number and day.

    One that changes some rows may name only the years of these: it makes a programme longer, never shorter. Nor is its
    total the programme's, unless it has all rows that are at work.
    """
    programme, header, totals = at.programme, at.after.header, at.after.totals
    if is_same(programme, at.after):
        for column, value in entering.header_fields(header).items():
            setattr(programme, column, value or getattr(programme, column))
    elif header.first_year and header.last_year:
        first, last = programme.first_year or header.first_year, programme.last_year or header.last_year
        programme.first_year = min(first, header.first_year)
        programme.last_year = header.last_year if ends_missing else max(last, header.last_year)
    if covers_all and totals.printed_vnd is not None:
        programme.printed_vnd, programme.printed_total = totals.printed_vnd, totals.printed_text[:200]


def take_targets(at: Amending, *, ends_missing: bool) -> None:
    """Bring targets and measures in line and keep what they were; measures that the text leaves out end."""
    rows = {target.code: target for target in at.programme.targets.prefetch_related("measures")}
    read = {target.id: target for target in at.after.targets}
    for code, target in rows.items():
        if code in read:
            _take_target(at, target, read[code])
        elif ends_missing:
            _end(at, target, target.measures.all())
    entering.fill_targets(at.programme, at.after, len(rows))
    TargetChange.objects.bulk_create(at.changes)


def _take_target(at: Amending, target: Target, read: ReadTarget) -> None:
    if target.text != read.text:
        at.note(target, None, "text", target.text, read.text)
        target.text = read.text
        target.save()
    known = list(target.measures.all())
    pairs = dict(_paired(read, known))
    for position, one in enumerate(read.measures):
        measure = pairs.get(position)
        if measure is None:
            measure = _new(target, position, entering.measure_fields(one), known)
            known.append(measure)
            at.note(target, measure, "added", "", measure.text)
            at.record(measure, "added", first=True)
        else:
            _change(at, measure, position, entering.measure_fields(one))
    kept = {measure.pk for measure in pairs.values()}
    _end(at, target, [measure for measure in target.measures.all() if measure.pk not in kept])


def _change(at: Amending, measure: Measure, position: int, columns: Mapping[str, Any]) -> None:
    differs = {name: value for name, value in columns.items() if getattr(measure, name) != value}
    for name, value in differs.items():
        at.note(measure.target, measure, name, getattr(measure, name), value)
        setattr(measure, name, value)
    if differs or measure.ended_on or measure.position != position:
        measure.position, measure.ended_on = position, None
        measure.save()
        at.record(measure, "changed")


def _end(at: Amending, target: Target, measures: Iterable[Measure]) -> None:
    for measure in measures:
        if measure.ended_on is None:
            measure.ended_on = at.on
            measure.save()
            at.note(target, measure, "ended", measure.text, "")
            at.record(measure, "ended")


def _paired(read: ReadTarget, known: list[Measure]) -> Iterator[tuple[int, Measure]]:
    """Yield which measure each part of a target was: the one of the same words, else the one in its place."""
    free = {measure.pk: measure for measure in known}
    words = {fold(measure.text): measure for measure in reversed(known)}
    left: list[int] = []
    for at, one in enumerate(read.measures):
        found = words.get(fold(one.text))
        if found is not None and found.pk in free:
            yield at, free.pop(found.pk)
        else:
            left.append(at)
    for at in left:
        found = next((one for one in free.values() if one.code == f"{read.id}.{at + 1}"), None)
        if found is not None:
            yield at, free.pop(found.pk)


def _new(target: Target, at: int, columns: Mapping[str, Any], known: list[Measure]) -> Measure:
    codes = {measure.code for measure in known}
    step = next(step for step in range(at + 1, at + len(codes) + 2) if f"{target.code}.{step}" not in codes)
    return Measure.objects.create(target=target, position=at, code=f"{target.code}.{step}", **columns)


def _said(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def untouched(task: Task) -> dict[int, int]:
    """Return by year what is planned for a row just as its decision gave it, with nothing entered by hand since."""
    if not task.per_year_vnd:
        return {}
    lines: dict[int, list[BudgetLine]] = {}
    for line in task.budget_lines.filter(what=Money.PLANNED):
        lines.setdefault(line.year, []).append(line)
    numbers = _numbers(task.programme)
    return {
        year: task.per_year_vnd for year, found in lines.items()
        if found[-1].amount_vnd == task.per_year_vnd
        and all(line.number in numbers and line.source == Source.PROVINCE for line in found)
    }


def _numbers(programme: Programme) -> set[str]:
    headers = programme.readings.values_list("content__header__number", flat=True)
    return {programme.number, *(str(number)[:60] for number in headers if number)}


def plan_anew(at: Amending, task: Task, before: Mapping[int, int]) -> None:
    """Plan the yearly money of a changed row; years that somebody planned by hand stay as they are."""
    held = set(task.budget_lines.filter(what=Money.PLANNED).values_list("year", flat=True)) - set(before)
    wanted = dict.fromkeys(years_of(task, task.programme), task.per_year_vnd) if task.per_year_vnd else {}
    amounts = {year: amount for year, amount in wanted.items() if year not in held and before.get(year) != amount}
    amounts |= dict.fromkeys(set(before) - set(wanted), 0)
    BudgetLine.objects.bulk_create(
        BudgetLine(
            task=task, year=year, what=Money.PLANNED, source=Source.PROVINCE, amount_vnd=amount, on=at.on,
            number=at.number[:60], by=at.act.actor.ref, at=at.act.entered_at,
        )
        for year, amount in sorted(amounts.items())
    )
    if amounts:
        at.act.record(task, what="planned", years=[*sorted(amounts)], thousand_vnd=(task.per_year_vnd or 0) // 1000)
