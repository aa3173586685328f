"""What the cells of a row leave open: it is shown with the printed words, so that somebody can answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from motcua.steering.programme.reading.money import is_rule, named_amounts
from motcua.steering.programme.reading.periods import several_a_year
from motcua.steering.programme.reading.text import one_line
from motcua.steering.programme.types import Anomaly, AnomalyKind, Budget, BudgetState, Task


def doubts(task: Task, faults: Iterable[Anomaly]) -> Iterator[Anomaly]:
    """Yield what is open about a row: the money's faults with the amounts named, words nobody can count, more days."""
    if several_a_year(task.period.text):
        yield Anomaly(AnomalyKind.PERIOD_SEVERAL, task.uid, one_line(task.period.text))
    for fault in faults:
        yield named_amounts(task.budget, fault)
    if _is_words_alone(task.budget):
        yield Anomaly(AnomalyKind.BUDGET_UNREAD, task.uid, one_line(task.budget.text))


def _is_words_alone(budget: Budget) -> bool:
    """Return whether a cell has words that are neither an amount nor a rule. With digits in it, it is found as such."""
    if budget.amount_vnd is not None or budget.per_year_vnd is not None or any(map(str.isdigit, budget.text)):
        return False
    return budget.state is BudgetState.AMOUNT or (budget.state is BudgetState.BY_RULE and not is_rule(budget.text))
