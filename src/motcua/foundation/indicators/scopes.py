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
    agencies, chosen = agencies_of(scope, day)
    return Asked(
        agencies=agencies, chosen=chosen, levels=_levels(scope), field=scope.field,
        period=period or Period.year(day.year), as_of=day, now=now,
    )


def _levels(scope: Scope) -> frozenset[str]:
    return frozenset(filter(None, scope.level.split(",")))


def agencies_of(scope: Scope, day: date) -> tuple[frozenset[int] | None, frozenset[int] | None]:
    """Return the keys of a scope's agencies as of a day, and those chosen whatever their level; None for all.

    What had ended counts where it stood last.
    """
    if scope.under is None and not scope.level:
        return scope.agencies, scope.agencies
    states = AgencyState.objects.filter(valid_from__lte=day).order_by("valid_from")
    last = {agency: (parent, level) for agency, parent, level in states.values_list("agency", "parent", "level")}
    chosen = scope.agencies
    if scope.under is not None:
        below = frozenset(_below(scope.under, {agency: parent for agency, (parent, _) in last.items()}))
        chosen = below if chosen is None else chosen & below
    among = last.keys() if chosen is None else chosen & last.keys()
    levels = _levels(scope)
    return frozenset(agency for agency in among if not levels or last[agency][1] in levels), chosen


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
