"""What stands around every page: a strict content policy, and refusals shown as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motcua.foundation.core.errors import Refusal
from motcua.foundation.core.faults import refusal_of

Handler = Callable[[HttpRequest], HttpResponse]

# No inline script and no inline style anywhere: what a page may run is what lies in our own static files.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; manifest-src 'self'"
)


def security_headers(get_response: Handler) -> Handler:
    """Send the content policy with every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return middleware


class refusals:  # noqa: N801 - listed like the functions beside it
    """Turn a refusal that no view caught into its page: what happened, what was kept, what to do.

    A full disk or a busy store that a read or a sign-in meets outside every verb is told in the same words.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from motcua.foundation.core.pages import refusal

        said = error if isinstance(error, Refusal) else refusal_of(error)
        return refusal(request, said) if said is not None else None
