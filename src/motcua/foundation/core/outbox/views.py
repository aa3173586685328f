"""The desk's page of messages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol, runtime_checkable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from motcua.foundation.core.outbox.models import Message
from motcua.foundation.core.paging import newest_first
from motcua.foundation.core.policies import Actor, Policy
from motcua.foundation.core.views import DeskRequest, screen

PAGE = 30


@runtime_checkable
class WorksSomewhere(Protocol):
    """What an officer of `identity` can be asked."""

    agency_id: int
    works_at: Collection[int]


class MessagePolicy(Policy):
    """Who works at an agency reads the messages it sends: nobody else, and nobody for administering its accounts."""

    def refusal(self, actor: Actor, verb: str, row: Any) -> str | None:  # noqa: ARG002 - every policy's shape
        if not actor.is_known or not actor.agency_ref:
            return "Anh/chị cần đăng nhập."
        if isinstance(actor, WorksSomewhere) and actor.agency_id not in actor.works_at:
            return "Tin nhắn gửi công dân chỉ dành cho người có vai trò xử lý hồ sơ ở cơ quan."
        if row is None or row.agency == actor.agency_ref:
            return None
        return "Tin nhắn này của cơ quan khác."

    def rows(self, actor: Actor, verb: str, among: QuerySet[Any]) -> QuerySet[Any]:
        return among.filter(agency=actor.agency_ref) if self.may(actor, verb) else among.none()


MESSAGES = MessagePolicy()


@screen("message.read", policy=MESSAGES)
def messages(request: DeskRequest) -> HttpResponse:
    """Show what was written to citizens, newest first (1 query)."""
    rows = MESSAGES.rows(request.actor, "message.read", Message.objects.all())
    return render(request, "core/messages.html", {"page": newest_first(request, rows, PAGE)})
