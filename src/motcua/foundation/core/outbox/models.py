"""A message to a person outside."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from motcua.foundation.core import time
from motcua.foundation.core.crypto import SealedField
from motcua.foundation.core.refs import Ref, new_public_id, ref


class State(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SHOWN = "shown"
    SENT = "sent"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {
            "waiting": "Chờ gửi", "shown": "Chỉ hiển thị, không gửi ra ngoài", "sent": "Đã gửi",
            "failed": "Không gửi được",
        }[self.value]


class Channel(StrEnum):
    """By which way it goes."""

    SMS = "sms"
    EMAIL = "email"
    PORTAL = "portal"

    @property
    def label(self) -> str:
        return {"sms": "Tin nhắn", "email": "Thư điện tử", "portal": "Cổng dịch vụ công"}[self.value]


class Message(models.Model):
    """A message. Whom it reaches and what it says are sealed; `about` and `agency` are references."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    about = models.CharField(max_length=60, db_index=True)
    agency = models.CharField(max_length=60)
    channel = models.CharField(max_length=10)
    template = models.CharField(max_length=60)
    address = SealedField()
    body = SealedField()
    state = models.CharField(max_length=10, default=State.WAITING.value)
    at = models.DateTimeField(default=time.now)
    settled_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="core_message_agency")]

    @property
    def ref(self) -> Ref:
        return ref("message", self.public_id)

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def channel_label(self) -> str:
        return Channel(self.channel).label
