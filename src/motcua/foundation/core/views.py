"""The web door: every view names its policy, parses, calls a verb or a selector, renders.

    @screen("dossier.read", policy=DOSSIERS)
    def dossier(request: DeskRequest, public_id: str) -> HttpResponse:

The policy is asked about the verb without a row before the view runs; the view asks again with the row, through
`require` or by reading from `policy.rows` with `one`. What is denied is noted (`denials`). A route without a policy
fails a test.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from motcua.foundation.core import denials
from motcua.foundation.core.denials import NOT_THERE, Barred, Unseen
from motcua.foundation.core.errors import NotFound
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.core.refs import Ref, new_public_id
from motcua.foundation.core.verbs import Call

P = ParamSpec("P")
Row = TypeVar("Row", bound=Model)
# A ledger's key may have 64 letters; what is done in bulk adds the id of each row to it.
_KEY = re.compile(r"[A-Za-z0-9_\-]{8,48}")


class DeskRequest(HttpRequest):
    """A request with its actor."""

    actor: Actor


View = Callable[Concatenate[DeskRequest, P], HttpResponse]


def screen(verb: str, *, policy: Policy, public: bool = False) -> Callable[[View[P]], View[P]]:
    """Mark a view with its policy. An unknown person is led to sign in; `public` pages ask nobody who he is."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            # No text of ours holds a NUL, and PostgreSQL takes it for a fault to be asked for one.
            if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
                raise NotFound("Không có trang như vậy: địa chỉ chứa ký tự không dùng được. Chưa có gì thay đổi.")
            if not public and not request.actor.is_known:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            try:
                refusal = None if public else policy.opening(request.actor, verb)
                if refusal is not None:
                    raise Barred(refusal, verb)
                return view(request, *args, **kwargs)
            except (Barred, Unseen) as barred:
                denials.note(request.actor, barred)
                raise

        guarded.policy = policy  # type: ignore[attr-defined]
        guarded.verb = verb  # type: ignore[attr-defined]
        guarded.public = public  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]  # the wrapper takes what the view takes

    return decorate


def caller(request: HttpRequest) -> str:
    """Return the address a request comes from: behind a proxy the one it added, never what a caller wrote himself."""
    if settings.BEHIND_PROXY:
        added = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if added:
            return added[:60]
    return str(request.META.get("REMOTE_ADDR", ""))


def one(policy: Policy, actor: Actor, verb: str, among: QuerySet[Row], **lookup: Any) -> Row:
    """Return the one row the actor may do the verb on. Raises NotFound, the same for “none” and “not yours”."""
    row: Row | None = policy.rows(actor, verb, among).filter(**lookup).first()
    if row is not None:
        return row
    hidden = among.filter(**lookup).select_related(None).prefetch_related(None).first()
    raise NotFound(NOT_THERE) if hidden is None else Unseen(verb, hidden)


def require(policy: Policy, actor: Actor, verb: str, row: Any = None) -> None:
    """Raise Denied unless the actor may do the verb on the row; the screen notes it."""
    refusal = policy.refusal(actor, verb, row)
    if refusal is not None:
        raise Barred(refusal, verb, row)


def call_from(request: DeskRequest) -> Call:
    """Return the call of a posted form: `request_key` guards a double click, `seen` a stale screen.

    `seen` holds `reference@version` words, as the form tag of the kit writes them.
    """
    key = request.POST.get("request_key", "")
    seen: dict[Ref, int] = {}
    for word in request.POST.get("seen", "").split():
        reference, _, version = word.partition("@")
        if version.isdecimal() and len(version) < 19:
            seen[Ref(reference)] = int(version)
    return Call(request.actor, request_key=key if _KEY.fullmatch(key) else new_public_id(24), seen=seen)
