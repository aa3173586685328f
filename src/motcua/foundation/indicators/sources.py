"""What sources have in common: the names of lines, and counting rows that are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from motcua.foundation.core.policies import Actor
from motcua.foundation.indicators.types import Asked, By, Key, Line, Tallies, Tally, Way
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import name_now

T = TypeVar("T")


class BaseSource:
    """A source that counts rows directly. Others override what they know better."""

    code = ""
    way = Way.ROWS

    def tallies(self, measures: Collection[str], asked: Asked, by: By | None) -> Tallies:
        raise NotImplementedError

    def rows(self, measure: str, asked: Asked) -> QuerySet[Any]:
        raise NotImplementedError

    def recount(self, measure: str, asked: Asked) -> int:
        return self.rows(measure, asked).count()

    def opened(self, rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:  # noqa: ARG002 - public rows
        return rows

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        raise NotImplementedError

    def made_of(self, measure: str) -> set[str]:  # noqa: ARG002 - nothing is kept
        return set()

    def fields(self) -> list[str]:
        return []

    def named(self, by: By, keys: Collection[Key]) -> Mapping[Key, str]:
        """Return agencies by their names, with who they are now (1 query, 1 more for an ended one), fields as written.
        """
        if by is By.AGENCY:
            return {row.pk: name_now(row) for row in Agency.objects.filter(pk__in=[key for key in keys if key])}
        return {key: str(key) or "(chưa ghi lĩnh vực)" for key in keys}


def count(
    rows: Iterable[T], tests: Mapping[str, Callable[[T], bool | None]], lines: Callable[[T], Iterable[Key]]
) -> Tallies:
    """Count rows by several tests at once. A test's None means that the record does not say."""
    yes: dict[str, Counter[Key]] = {name: Counter() for name in tests}
    unstated: dict[str, Counter[Key]] = {name: Counter() for name in tests}
    for row in rows:
        keys = list(lines(row))
        for name, test in tests.items():
            said = test(row)
            if said is not False:
                (unstated if said is None else yes)[name].update(keys)
    return {
        name: {key: Tally(yes[name][key], unstated[name][key]) for key in yes[name].keys() | unstated[name].keys()}
        for name in tests
    }
