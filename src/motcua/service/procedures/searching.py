"""From an address to a search, and on to the next page."""

from __future__ import annotations

from django.http import HttpRequest

from motcua.service.procedures.selectors import Search


def search_of(request: HttpRequest, *, with_flag: bool) -> Search:
    """Return what the address asks for; addresses are Vietnamese, for they are read aloud."""
    asked = request.GET
    return Search(
        words=asked.get("tim", "")[:200],
        field=asked.get("linh-vuc", "")[:300],
        level=asked.get("cap", "")[:20],
        flag=asked.get("luu-y", "")[:40] if with_flag else "",
    )


def next_page(request: HttpRequest, after: str | int | None) -> str:
    """Return the address of the next page, or nothing at the end."""
    if after is None:
        return ""
    asked = request.GET.copy()
    asked["sau"] = str(after)
    return f"?{asked.urlencode()}"
