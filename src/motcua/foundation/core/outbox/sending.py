"""The port through which messages leave, and the job that uses it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Protocol

from django.template.loader import render_to_string

from motcua.foundation.core import time
from motcua.foundation.core.crypto import Unopened
from motcua.foundation.core.jobs.queue import enqueue, job
from motcua.foundation.core.logs import get_logger
from motcua.foundation.core.outbox.models import Channel, Message, State
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act

ATTEMPTS = 5
log = get_logger(__name__)


class NotSent(Exception):
    """The way out is closed for the moment."""


class Sender(Protocol):
    """A way out: an SMS gateway, a mail server, the portal."""

    def send(self, message: Message) -> State:
        """Send and return how it stands now. Raises NotSent where it should be tried again."""


class ShownOnly:
    """The way out of a store that has none: the message stays on its page."""

    def send(self, message: Message) -> State:  # noqa: ARG002 - the port's shape
        return State.SHOWN


_ways: dict[Channel, Sender] = {}
_is_history: ContextVar[bool] = ContextVar("outbox_is_history", default=False)


@contextlib.contextmanager
def as_history() -> Iterator[None]:
    """Keep what is written inside as shown long ago: a simulated past sends nothing and leaves no jobs behind."""
    token = _is_history.set(True)
    try:
        yield
    finally:
        _is_history.reset(token)


def declare(channel: Channel, sender: Sender) -> None:
    """Open a way out; until then messages of the channel are only shown."""
    _ways[channel] = sender


def post(
    act: Act, *, about: Ref, agency: Ref, channel: Channel, address: str, template: str, context: dict[str, object]
) -> Message:
    """Write a message in the act's transaction; it leaves after the commit. `template` is a text template of a room."""
    is_past = _is_history.get()
    message = Message.objects.create(
        about=about, agency=agency, channel=channel, template=template, address=address,
        body=render_to_string(template, context).strip(), at=act.happened_at,
        state=State.SHOWN if is_past else State.WAITING, settled_at=act.happened_at if is_past else None,
    )
    if not is_past:
        enqueue(act, send, message.public_id)
    return message


@job
def send(public_id: str) -> None:
    """Send one message, unless it went already. After several attempts it is marked as not sent."""
    message = Message.objects.filter(public_id=public_id, state=State.WAITING).first()
    if message is None:
        return
    message.attempts += 1
    try:
        message.state = _sent(message)
    except NotSent:
        if message.attempts >= ATTEMPTS:
            message.state = State.FAILED
        log.warning("a message was not sent", message=message.ref, attempts=message.attempts)
    if message.state != State.WAITING:
        message.settled_at = time.now()
    message.save(update_fields=["state", "attempts", "settled_at"])


def _sent(message: Message) -> State:
    """Send, unless address or words cannot be opened: nobody is written to at what stands in their place."""
    if isinstance(message.address, Unopened) or isinstance(message.body, Unopened):
        return State.FAILED
    return _ways.get(Channel(message.channel), ShownOnly()).send(message)


def send_waiting() -> None:
    """Try again what could not be sent."""
    for public_id in Message.objects.filter(state=State.WAITING).values_list("public_id", flat=True)[:500]:
        enqueue(None, send, public_id)
