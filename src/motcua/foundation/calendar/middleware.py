"""One version of the calendar for the whole of a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motcua.foundation.calendar import selectors


def one_calendar(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Ask for the present version once a request at most: a list of due dates costs one query, not one a row."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with selectors.remembering():
            return get_response(request)

    return middleware
