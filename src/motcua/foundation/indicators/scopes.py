"""From what is asked to keys and days: which agencies a scope holds as of a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from motcua.foundation.core import time
from motcua.foundation.indicators.errors import BadPeriod
from motcua.foundation.indicators.types import Asked, Period, Scope
from motcua.foundation.organisations.models import AgencyState


def resolve(scope: Scope, period: Period | None, as_of: date | None) -> Asked:
    """Return the question with everything resolved (1 query where a level or `under` is asked for).

    Without a period it is the year of `as_of`; without `as_of` today, or the period's end where that is over. Raises
    BadPeriod for a day that has not come.
    """
    now = time.now()
    today = time.local_day(now)
    day = as_of or (min(today, period.last) if period and period.last < today else today)
    if day > today:
        raise BadPeriod(f"Ngày {day.day}/{day.month}/{day.year} chưa tới nên chưa có số liệu. Anh/chị chọn ngày khác.")
    return Asked(agencies_of(scope, day), scope.field, period or Period.year(day.year), day, now)


def agencies_of(scope: Scope, day: date) -> frozenset[int] | None:
    """Return the keys of a scope's agencies as of a day, or None for all. What had ended counts where it stood last."""
    if scope.under is None and not scope.level:
        return scope.agencies
    states = AgencyState.objects.filter(valid_from__lte=day).order_by("valid_from")
    last = {agency: (parent, level) for agency, parent, level in states.values_list("agency", "parent", "level")}
    found = set(last)
    if scope.under is not None:
        found &= _below(scope.under, {agency: parent for agency, (parent, _) in last.items()})
    if scope.level:
        found = {agency for agency in found if last[agency][1] == scope.level}
    return frozenset(found if scope.agencies is None else found & scope.agencies)


def _below(top: int, parents: dict[int, int | None]) -> set[int]:
    children = defaultdict(list)
    for agency, parent in parents.items():
        children[parent].append(agency)
    found, waiting = set[int](), [top]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(children[at])
    return found
