"""How a row of the annex falls due: dated occurrences, and what has to be asked before there can be any.

- A printed year stands as printed. Rows of every year take the years of the programme.
- No occurrence falls before the day of the decision; nothing outside the programme's years is made without an answer.
- A standing result has no day on which it is done: it is confirmed for each year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from motcua.steering.programme.kinds import Asked, Frame, Planned, ProductKind, Question, Row, Unfolded
from motcua.steering.programme.types import Due, Recurrence


def due_in(year: int, due: Due | None) -> date:
    """Return the last day on which the year's product is in time.

    Without a rule that is the year's last day; “tháng 2” is the month's last day; “trước 31/12” is 30 December, and
    “trước tháng 12” is 30 November.
    """
    if due is None:
        return date(year, 12, 31)
    last = monthrange(year, due.month)[1]
    if due.strictly_before:
        return date(year, due.month, min(due.day or 1, last)) - timedelta(days=1)
    return date(year, due.month, min(due.day or last, last))


def unfold(row: Row, frame: Frame) -> Unfolded:
    """Return the occurrences of a row in the order of their years, and what the steward has to answer."""
    asked = [] if row.product else [Question(Asked.NO_PRODUCT_KIND)]
    made, more = _by_recurrence(row, frame)
    made += [one for year in sorted(set(row.years)) if (one := _of_year(row, year, frame)) not in made]
    made.sort(key=lambda one: (one.year is None, one.year or 0))
    return Unfolded(tuple(made), (*asked, *more))


def _by_recurrence(row: Row, frame: Frame) -> tuple[list[Planned], list[Question]]:
    recurrence = row.period.recurrence
    if recurrence == Recurrence.CONDITIONAL:
        return [Planned(None, frame.decided_on, row.due_on, waits=row.due_on is None)], []
    if recurrence == Recurrence.NOT_STATED:
        return _of_answer(row, frame, Asked.NO_PERIOD)
    if recurrence in {Recurrence.ONCE, Recurrence.SPAN}:
        return _of_printed_years(row, frame)
    return _of_every_year(row, frame)


def _of_answer(row: Row, frame: Frame, wanting: Asked) -> tuple[list[Planned], list[Question]]:
    """Nothing printed says when: only the day the steward has set makes an occurrence."""
    if row.due_on is None:
        return ([], []) if row.years else ([], [Question(wanting)])
    return [Planned(row.due_on.year, _opens(row.due_on.year, frame), row.due_on)], []


def _of_printed_years(row: Row, frame: Frame) -> tuple[list[Planned], list[Question]]:
    """One product until the end of the printed years; a standing result is confirmed for each of them."""
    last = row.period.end_year or row.period.start_year
    if last is None:
        return _of_answer(row, frame, Asked.NO_YEAR)
    first = row.period.start_year or last
    if row.product == ProductKind.STANDING:
        return _years(row, range(first, last + 1), frame)
    due = row.due_on or due_in(last, row.period.due)
    opens = _opens(min(first, due.year), frame)  # “trước năm 2018” is due in 2017, and open that year
    # The decision came after what it asks for was due: that cannot be in time, so the day is asked.
    if due < frame.decided_on:
        return [], [Question(Asked.OUTSIDE, last, due)]
    return [Planned(last, min(opens, due), due)], []


def _of_every_year(row: Row, frame: Frame) -> tuple[list[Planned], list[Question]]:
    first, last = row.period.start_year or frame.first_year, row.period.end_year or frame.last_year
    made, asked = _years(row, range(first, last + 1), frame)
    # What was due before the decision began a year later; so its last one is due a year after the programme's last.
    missed_first = row.period.due is not None and due_in(first, row.period.due) < frame.decided_on
    if missed_first and last + 1 not in row.years and not row.period.end_year:
        asked.append(Question(Asked.OUTSIDE, last + 1, due_in(last + 1, row.period.due)))
    return made, asked


def _years(row: Row, years: range, frame: Frame) -> tuple[list[Planned], list[Question]]:
    made: list[Planned] = []
    asked: list[Question] = []
    for one in _each(row, years, frame):
        is_inside = one.year is not None and frame.first_year <= one.year <= frame.last_year
        if is_inside or one.year in row.years:
            made.append(one)
        else:
            asked.append(Question(Asked.OUTSIDE, one.year, one.due_on))
    return made, asked


def _each(row: Row, years: range, frame: Frame) -> Iterator[Planned]:
    for year in years:
        one = _of_year(row, year, frame)
        if one.due_on is None or one.due_on >= frame.decided_on:
            yield one


def _of_year(row: Row, year: int, frame: Frame) -> Planned:
    due = due_in(year, row.period.due)
    return Planned(year, min(_opens(due.year, frame), due), due)


def _opens(year: int, frame: Frame) -> date:
    return max(date(year, 1, 1), frame.decided_on)
