"""Asking for numbers. Each read has a query budget in `tests/test_queries.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor
from motcua.foundation.indicators import registry, scopes, verdicts
from motcua.foundation.indicators.types import (
    Asked,
    By,
    Indicator,
    Key,
    LinePage,
    Measure,
    Number,
    Period,
    Scope,
    Side,
    Table,
    TableLine,
    Tally,
    Unit,
)

WHOLE = Scope()
_Counted = dict[tuple[str, str], Mapping[Key, Tally]]


def ask(code: str, scope: Scope = WHOLE, period: Period | None = None, as_of: date | None = None) -> Number:
    """Return one number (2 queries a source, 1 more for a level). Raises UnknownIndicator, BadPeriod."""
    return ask_many([code], scope, period, as_of)[code]


def ask_many(
    codes: Iterable[str], scope: Scope = WHOLE, period: Period | None = None, as_of: date | None = None
) -> dict[str, Number]:
    """Return numbers by code: as many queries as for one, a source. Raises UnknownIndicator, BadPeriod."""
    wanted = [registry.indicator(code) for code in codes]
    asked = scopes.resolve(scope, period, as_of)
    counted = _count(wanted, asked, None)
    shown = verdicts.standing()
    return {one.code: _number(one, asked, counted, None, shown) for one in wanted}


def table(
    code: str, scope: Scope = WHOLE, period: Period | None = None, as_of: date | None = None, *, by: By = By.AGENCY
) -> Table:
    """Return a number line by line, and over the whole scope. Raises UnknownIndicator, BadPeriod."""
    of = registry.indicator(code)
    asked = scopes.resolve(scope, period, as_of)
    counted, whole, shown = _count([of], asked, by), _count([of], asked, None), verdicts.standing()
    keys: set[Key] = {key for lines in counted.values() for key in lines}
    labels = of.numerator.source.named(by, keys)
    found = [TableLine(key, labels.get(key, str(key)), _number(of, asked, counted, key, shown)) for key in keys]
    lines = sorted(found, key=lambda line: (-(line.number.value or Decimal(-1)), line.label))
    return Table(tuple(lines), _number(of, asked, whole, None, shown))


def rows(
    code: str, side: Side = Side.NUMERATOR, scope: Scope = WHOLE, period: Period | None = None,
    as_of: date | None = None,
) -> QuerySet[Any]:
    """Return the rows behind a side of a number: the truth. It asks nothing by itself."""
    measure = registry.side(registry.indicator(code), side)
    return measure.source.rows(measure.code, scopes.resolve(scope, period, as_of))


def opened_page(  # noqa: PLR0917 - what is asked, as everywhere here
    code: str, side: Side, actor: Actor, scope: Scope = WHOLE, period: Period | None = None, as_of: date | None = None,
    *, after: str = "", size: int = 50,
) -> LinePage:
    """Return a page of those rows behind a number that the actor may open, the newest first (1 or 2 queries)."""
    measure = registry.side(registry.indicator(code), side)
    found = measure.source.opened(rows(code, side, scope, period, as_of), actor).order_by("-pk")
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    page = list(found[: size + 1])
    return LinePage(measure.source.lines(page[:size]), str(page[size - 1].pk) if len(page) > size else "")


def recount(
    code: str, side: Side = Side.NUMERATOR, scope: Scope = WHOLE, period: Period | None = None,
    as_of: date | None = None,
) -> int:
    """Count the rows behind a side of a number, however long it takes."""
    measure = registry.side(registry.indicator(code), side)
    return measure.source.recount(measure.code, scopes.resolve(scope, period, as_of))


def _count(wanted: Collection[Indicator], asked: Asked, by: By | None) -> _Counted:
    """Return tallies by source and measure, each source asked once."""
    by_source: dict[str, tuple[Any, set[str]]] = {}
    for one in wanted:
        for side in (one.numerator, one.denominator):
            if side is not None:
                by_source.setdefault(side.source.code, (side.source, set()))[1].add(side.code)
    found: _Counted = {}
    for code, (source, measures) in by_source.items():
        for measure, lines in source.tallies(measures, asked, by).items():
            found[code, measure] = lines
    return found


def _tally(counted: _Counted, side: Measure, key: Key) -> Tally:
    lines = counted.get((side.source.code, side.code), {})
    return lines.get(key, Tally())


def _number(of: Indicator, asked: Asked, counted: _Counted, key: Key, shown: verdicts.Standing) -> Number:
    over = _tally(counted, of.numerator, key)
    under = _tally(counted, of.denominator, key) if of.denominator else None
    why = over.why or (under.why if under else "") or (of.none if under and not under.count else "")
    if not why and not over.count and over.unstated:
        why = f"Dữ liệu chưa ghi điều này cho {over.unstated} {of.counted.label}; chưa biết, không phải bằng không."
    value = None if why else Decimal(over.count)
    if value is not None and under is not None:
        value = value / under.count * (100 if of.unit is Unit.PERCENT else 1)
    compared_at, disagreement = shown.of(of)
    return Number(
        code=of.code, unit=of.unit, value=value, numerator=None if over.why else over.count,
        denominator=None if under is None or under.why else under.count, as_of=asked.as_of, period=asked.period,
        read_at=asked.now, way=of.numerator.source.way, unknown=why, unstated=over.unstated, compared_at=compared_at,
        disagreement=disagreement,
    )
