"""Keeping what readings gave at the end of every month: the history a forecast is made from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from motcua.foundation.core import time
from motcua.foundation.core.errors import Refusal
from motcua.steering.programme import today
from motcua.steering.programme.models import Programme
from motcua.steering.programme.needles import asking
from motcua.steering.programme.needles.models import Formula, Point

#: What was entered late changes the months before: so many are counted anew each time.
ANEW = 2


def fill(programme: Programme) -> int:
    """Count the months that are over and not kept yet, and the last ones anew. Returns how many values were kept."""
    formulas = [
        row for row in Formula.objects.filter(measure__target__programme=programme, ended_on__isnull=True)
        .prefetch_related("exempt") if asking.has_past(row)
    ]
    months = list(month_ends(programme, today.day()))
    known = set(Point.objects.filter(formula__in=formulas).values_list("formula", "on"))
    kept = 0
    for month in reversed(months):
        wanted = [row for row in formulas if month in months[-ANEW:] or (row.pk, month) not in known]
        kept += _keep(wanted, month)
    return kept


def month_ends(programme: Programme, day: date) -> Iterator[date]:
    """Yield the ends of the months from the decision on that are over."""
    if programme.issued_on is None:
        return
    first = programme.issued_on.replace(day=1)
    while True:
        following = (first + timedelta(days=31)).replace(day=1)
        if following > day:
            return
        yield following - timedelta(days=1)
        first = following


def _keep(formulas: list[Formula], month: date) -> int:
    if not formulas:
        return 0
    try:
        counted = asking.read(formulas, month)
    except Refusal:
        return 0
    for row in formulas:
        found = counted[row.pk]
        value = None if found.value is None else round(found.value, 4)
        Point.objects.update_or_create(formula=row, on=month, defaults={
            "value": value, "numerator": found.numerator, "denominator": found.denominator, "at": time.now(),
        })
    return len(formulas)
