"""Rows of the store put to the rules of unfolding, with what the steward has answered."""

from __future__ import annotations

from collections.abc import Collection

from motcua.steering.programme import rules
from motcua.steering.programme.kinds import Answers, Asked, Frame, ProductKind, Question, Row, Unfolded
from motcua.steering.programme.models import Programme, Task


def frame_of(programme: Programme) -> Frame:
    """Return what bounds the unfolding. The programme must have its day and its years."""
    assert programme.issued_on and programme.first_year and programme.last_year
    return Frame(programme.issued_on, programme.first_year, programme.last_year)


def unfolded(task: Task, frame: Frame, answers: Answers) -> Unfolded:
    """Return what a row unfolds into by its reading and the answers."""
    product = ProductKind(task.product_kind) if task.product_kind else None
    row = Row(task.period, product, answers.years.get(task.uid, ()), answers.due.get(task.uid))
    return rules.unfold(row, frame)


def questions(
    task: Task, frame: Frame, answers: Answers, years: Collection[int | None], *, has_lead: bool
) -> tuple[Question, ...]:
    """Return what still has to be asked of a row; a year that has its occurrence by now is no question any more."""
    found = [] if has_lead else [Question(Asked.NO_AGENCY, text=task.lead)]
    for one in unfolded(task, frame, answers).questions:
        is_answered = one.year in years if one.kind is Asked.OUTSIDE else False
        if one.kind in {Asked.NO_PERIOD, Asked.NO_YEAR}:
            is_answered = bool(years)
        if not is_answered:
            found.append(one)
    return tuple(found)
