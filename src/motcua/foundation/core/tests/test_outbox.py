"""Messages: sealed, in the verb's transaction, and read by the agency that sends them alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory

from motcua.foundation.core import time
from motcua.foundation.core.actors import ANYONE, PlainActor
from motcua.foundation.core.outbox import sending, views
from motcua.foundation.core.outbox.models import Channel, Message, State
from motcua.foundation.core.outbox.views import MESSAGES, messages
from motcua.foundation.core.paging import newest_first
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act

pytestmark = pytest.mark.django_db
US = PlainActor(Ref("account:us"), is_known=True, agency_ref="agency:ours")
OTHERS = PlainActor(Ref("account:them"), is_known=True, agency_ref="agency:theirs")


@pytest.fixture(autouse=True)
def _template(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "received.txt").write_text("Hồ sơ {{ code }} đã được tiếp nhận.\n")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]


def posted() -> tuple[Act, Message]:
    now = time.now()
    act = Act(actor=US, verb="test", entered_at=now, happened_at=now)
    message = sending.post(
        act, about=Ref("dossier:abc"), agency=Ref("agency:ours"), channel=Channel.SMS, address="0912345678",
        template="received.txt", context={"code": "H03-250424-0001"},
    )
    return act, message


def test_a_message_is_sealed_and_leaves_after_the_commit() -> None:
    act, message = posted()
    assert Message.objects.get().state == State.WAITING
    for work in act.later:
        work()
    message = Message.objects.get()
    assert (message.state, message.body) == (State.SHOWN, "Hồ sơ H03-250424-0001 đã được tiếp nhận.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_message")
        stored = str(cursor.fetchall())
    assert "0912345678" not in stored
    assert "tiếp nhận" not in stored


def test_a_closed_way_is_tried_again_and_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def send(self, message: Message) -> State:
            raise sending.NotSent

    monkeypatch.setitem(sending._ways, Channel.SMS, Closed())
    posted()
    for _ in range(sending.ATTEMPTS - 1):
        sending.send_waiting()
        assert Message.objects.get().state == State.WAITING
    sending.send_waiting()
    assert Message.objects.get().state == State.FAILED


def test_the_page_shows_the_agency_its_messages(rf: RequestFactory) -> None:
    def shown(actor: PlainActor) -> str:
        request: Any = rf.get("/tin-nhan")
        request.actor = actor
        return messages(request).content.decode()

    assert "Chưa có tin nhắn nào" in shown(US)
    posted()
    assert "H03-250424-0001" in shown(US)
    assert "0912345678" in shown(US)
    assert "H03-250424-0001" not in shown(OTHERS)
    assert "0912345678" not in shown(OTHERS)


def test_only_the_agency_that_sends_reads() -> None:
    _, message = posted()
    among = Message.objects.all()
    for actor, may in ((US, True), (OTHERS, False), (ANYONE, False)):
        assert MESSAGES.may(actor, "message.read", message) is may
        assert MESSAGES.rows(actor, "message.read", among).exists() is may


def test_the_past_of_a_simulation_was_shown_long_ago_and_leaves_no_job() -> None:
    with sending.as_history():
        act, message = posted()
    message.refresh_from_db()
    assert (message.state, message.settled_at) == (State.SHOWN, act.happened_at)
    assert act.later == []
    assert posted()[0].later, "afterwards messages leave again"


def test_the_pages_of_messages_lead_to_all_of_them_once_and_the_last_says_so(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    sent, seen, link = [posted()[1].pk for _ in range(5)], list[int](), ""
    for _ in sent:
        request: Any = rf.get(f"/tin-nhan{link}")
        page = newest_first(request, MESSAGES.rows(US, "message.read", Message.objects.all()), 2)
        seen += [row.pk for row in page.rows]
        request.actor = US
        assert page.older in messages(request).content.decode()
        assert page.is_further is bool(link)
        if not (link := page.older):
            break
    assert seen == sorted(sent, reverse=True)
    request = rf.get(f"/tin-nhan?truoc={sent[0]}")
    request.actor = US
    assert "Hết danh sách" in messages(request).content.decode()
    for nonsense in ("x", "-1", "9" * 40, ""):
        request = rf.get("/tin-nhan", {"truoc": nonsense})
        assert len(newest_first(request, Message.objects.all(), 9).rows) == 5
