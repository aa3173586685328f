"""The rows behind a needle: what is missing, that is in the denominator and not in the numerator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from motcua.foundation.core import words
from motcua.foundation.core.policies import Actor
from motcua.foundation.indicators import registry, selectors
from motcua.foundation.indicators.types import Line, Side, Tally
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import name_now
from motcua.steering.programme.needles import asking
from motcua.steering.programme.needles.models import Formula
from motcua.steering.programme.needles.types import Counting

PAGE = 50


@dataclass(frozen=True, slots=True)
class Gap:
    """A page of what is missing. `total` is how many there are in all; `after` continues, empty at the end.

    `hidden` of them the reader may not open.
    """

    total: int
    lines: Sequence[Line]
    after: str
    noun: str
    hidden: int = 0


def gap(formula: Formula, actor: Actor, after: str = "", size: int = PAGE) -> Gap:
    """Return a page of the rows that a reading lacks, those the actor may open, in the order of their entering."""
    if formula.counting == Counting.REACH:
        return _below(formula, after, size)
    side = registry.side(registry.indicator(formula.indicator), Side.DENOMINATOR)
    missing = missing_rows(formula)
    found = side.source.opened(missing, actor).order_by("pk")
    total = missing.count()
    hidden = total - found.count()
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__gt=int(after))
    page = list(found[: size + 1])
    more = str(page[size - 1].pk) if len(page) > size else ""
    return Gap(total, side.source.lines(page[:size]), more, noun(formula), hidden)


def missing_rows(formula: Formula) -> QuerySet[Any]:
    """Return the rows of the denominator that are not in the numerator. It asks nothing of the rows by itself."""
    scope = asking.scope_of(formula)
    if formula.counting == Counting.EACH:
        # Each procedure stands once in the list, however many agencies lack it.
        scope = type(scope)(level=formula.level)
    whole = selectors.rows(formula.indicator, Side.DENOMINATOR, scope)
    return whole.exclude(pk__in=selectors.rows(formula.indicator, Side.NUMERATOR, scope).values("pk"))


def _below(formula: Formula, after: str, size: int) -> Gap:
    """Return the agencies that do not reach the threshold, with how far they are."""
    scope, (over, under) = asking.by_agency(formula, None, {})
    agencies = scope.agencies if scope.agencies is not None else frozenset(under)
    wanted = {key: _said(formula, over.get(key, Tally()), under.get(key, Tally())) for key in agencies}
    missing = sorted(key for key, said in wanted.items() if said)
    start = int(after) if after.isdecimal() and len(after) < 19 else 0
    page = [key for key in missing if key > start][: size + 1]
    rows = Agency.objects.in_bulk(page[:size])
    lines = [
        Line(key, name_now(rows[key]), wanted[key], reverse("agency", args=[rows[key].public_id]))
        for key in page[:size]
    ]
    return Gap(len(missing), lines, str(page[size - 1]) if len(page) > size else "", noun(formula))


def _said(formula: Formula, over: Tally, under: Tally) -> str:
    if not under.count:
        return ""  # it can neither reach nor miss
    share = asking.share_of(over, under)
    if share >= (formula.threshold or 0):
        return ""
    return f"{words.percent(share / 100)} ({words.number(over.count)} trên {words.number(under.count)} hồ sơ)"


def counted_noun(formula: Formula) -> str:
    """Return what a reading counts: added up by agency, a procedure counts at each agency that carries it out."""
    return f"lượt {noun(formula)} ở cơ quan" if formula.counting == Counting.EACH else noun(formula)


def noun(formula: Formula) -> str:
    """Return what the rows of a reading are called: thủ tục, cơ quan, hồ sơ."""
    if formula.counting == Counting.REACH:
        return "cơ quan"
    of = registry.indicator(formula.indicator)
    side = of.denominator or of.numerator
    return {"procedures": "thủ tục", "agencies": "cơ quan", "dossiers": "hồ sơ"}.get(side.source.code, "dòng")
