"""The desk's page of messages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core.outbox.models import Message
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.core.views import DeskRequest, screen

PAGE = 30


class MessagePolicy(Policy):
    """An agency's people read the messages their own agency sends, nobody else's."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:  # noqa: ARG002 - every policy's shape
        if not actor.is_known or not actor.agency_ref:
            return "Anh/chị cần đăng nhập."
        if row is None or row.agency == actor.agency_ref:
            return None
        return "Tin nhắn này của cơ quan khác."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        return among.filter(agency=actor.agency_ref) if actor.is_known and actor.agency_ref else among.none()


MESSAGES = MessagePolicy()


@screen("message.read", policy=MESSAGES)
def messages(request: DeskRequest) -> HttpResponse:
    """Show what was written to citizens, newest first (1 query)."""
    after = request.GET.get("sau", "")
    rows = MESSAGES.rows(request.actor, "message.read", Message.objects.order_by("-id"))
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(id__lt=int(after))
    found = list(rows[: PAGE + 1])
    older = f"?sau={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return render(request, "core/messages.html", {"rows": found[:PAGE], "older": older})
