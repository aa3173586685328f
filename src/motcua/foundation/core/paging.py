"""Lists that are only ever added to, newest first: a page by the key of its last row, and the way to the older ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)
BEFORE = "truoc"
"""In an address: rows older than the one with this key."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows. `older` is the link to the next ones, empty at the end; `is_further` where newer ones lie before."""

    rows: list[Row]
    older: str
    is_further: bool


def newest_first(request: HttpRequest, rows: QuerySet[Row, Any], size: int) -> Page[Row]:
    """Return the page that an address asks for, the first one where it asks for none that can be (1 query)."""
    before = request.GET.get(BEFORE, "")
    is_further = before.isdecimal() and len(before) < 19
    found = list((rows.filter(pk__lt=int(before)) if is_further else rows).order_by("-pk")[: size + 1])
    older = f"?{BEFORE}={found[size - 1].pk}" if len(found) > size else ""
    return Page(found[:size], older, is_further)
