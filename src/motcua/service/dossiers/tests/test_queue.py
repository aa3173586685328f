"""The departure board: groups by risk, narrowing, pages, and accepting several at once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from motcua.foundation.calendar.types import PausePolicy
from motcua.foundation.core import time
from motcua.foundation.core.looks import TimeState
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.service.dossiers import actions, selectors
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.presenting import board
from motcua.service.dossiers.selectors import Narrowed
from motcua.service.dossiers.tests.factories import Office, office, received
from motcua.service.dossiers.tests.screens import at, signed_in, text_of
from motcua.service.dossiers.types import Ground

pytestmark = pytest.mark.django_db
NOW = at("2025-04-24T09:00")  # a Thursday; the limit is two working days


def sent(place: Office, when: str) -> Dossier:
    """Return a dossier received and handed over to the department."""
    dossier = received(place, when=at(when))
    with time.travelling(at(when)):
        return actions.hand_over(Call(place.counter), dossier=dossier)


def test_groups_follow_the_risk() -> None:
    place = office()
    late, today = received(place, when=at("2025-04-18T09:00")), received(place, when=at("2025-04-22T09:00"))
    week, after = received(place, when=at("2025-04-23T09:00")), received(place, when=at("2025-04-26T09:00"))
    unknown = received(place, when=at("2025-04-22T09:00"), limit=None)
    paused = received(place, when=at("2025-04-22T09:00"))
    with time.travelling(at("2025-04-22T10:00")):
        actions.suspend(
            Call(place.counter), dossier=paused, ground=Ground.PAYMENT, policy=PausePolicy.RESUME, reason="phí"
        )
    page = selectors.queue(place.counter)
    found = {
        group.title: [row.code for row in group.rows] for group in board.groups(page.rows, NOW, place.counter)
    }
    assert found == {
        board.LATE: [late.code], board.TODAY: [today.code], board.WEEK: [week.code], board.LATER: [after.code],
        board.UNKNOWN: [unknown.code], board.WAITING: [paused.code],
    }


def test_my_part_is_what_i_hold_and_what_waits_for_my_role() -> None:
    place = office()
    waits, mine = sent(place, "2025-04-22T09:00"), sent(place, "2025-04-22T10:00")
    with time.travelling(at("2025-04-22T11:00")):
        actions.accept(Call(place.specialist), dossier=mine)
    narrowed = Narrowed(mine=True)
    assert {row.pk for row in selectors.queue(place.specialist, narrowed=narrowed).rows} == {waits.pk, mine.pk}
    assert selectors.queue(place.head, narrowed=narrowed).rows == []
    assert {row.pk for row in selectors.queue(place.head).rows} == {waits.pk, mine.pk}
    assert selectors.queue(place.stranger).rows == []


def test_pages_hold_each_dossier_once_the_undated_last() -> None:
    place = office()
    for number in range(7):
        limit = None if number % 2 else place.version.limits.get()
        received(place, when=at(f"2025-04-2{number % 3 + 1}T09:00"), limit=limit)
    seen: list[int] = []
    after: str | None = ""
    while after is not None:
        page = selectors.queue(place.counter, after=after, size=2)
        seen += [row.pk for row in page.rows]
        after = page.after
    dated = [row.due_at is not None for row in Dossier.objects.in_bulk(seen).values()]
    assert len(seen) == len(set(seen)) == 7
    assert [Dossier.objects.get(pk=pk).due_at is not None for pk in seen] == sorted(dated, reverse=True)


@pytest.mark.parametrize("after", ["x", "~", "2025-04-24~1", "2025-04-24T09:00~1", "~99999999999999999999", "%00"])
def test_a_page_key_of_nonsense_shows_a_page(after: str) -> None:
    place = office()
    received(place)
    answer = signed_in(place.counter).get(reverse("queue"), {"sau": after, "buoc": "x", "nguoi": "9" * 40})
    assert answer.status_code == 200


def test_ticked_rows_are_accepted_one_by_one_with_a_report_for_each() -> None:
    place = office()
    good, stale, foreign = (sent(place, f"2025-04-22T1{hour}:00") for hour in range(3))
    with time.travelling(at("2025-04-22T15:00")):
        actions.decline(Call(place.specialist), dossier=foreign, reason="nhầm")
    with time.travelling(NOW):
        client = signed_in(place.specialist)
        page = client.get(reverse("queue")).content.decode()
        assert set(re.findall(r'name="ho-so" value="([^@]+)@', page)) == {good.public_id, stale.public_id}
        ticks = [f"{good.public_id}@{good.version}", f"{stale.public_id}@{stale.version - 1}", "22222222222222@1"]
        answer = client.post(reverse("accept-many"), {"ho-so": ticks, "request_key": "k" * 24})
        again = client.post(reverse("accept-many"), {"ho-so": ticks[:1], "request_key": "k" * 24})
    assert "Đã nhận 1 hồ sơ" in text_of(answer) and "Có người khác vừa xử lý trước" in text_of(answer)
    assert "1 hồ sơ không còn trong phần việc" in text_of(answer)
    assert "Đã nhận 1 hồ sơ" in text_of(again)
    good.refresh_from_db()
    stale.refresh_from_db()
    assert (good.at_account_id, stale.at_account_id) == (place.specialist.account_id, None)
    assert LedgerEvent.objects.filter(subject=good.ref, verb="dossier.accept").count() == 1


def test_nobody_accepts_in_bulk_what_is_not_his() -> None:
    place = office()
    dossier = sent(place, "2025-04-22T09:00")
    for who in (place.counter, place.stranger):
        answer = signed_in(who).post(reverse("accept-many"), {"ho-so": [f"{dossier.public_id}@{dossier.version}"]})
        assert "Đã nhận 0 hồ sơ" in text_of(answer)
    dossier.refresh_from_db()
    assert dossier.is_awaited


def test_a_number_is_searched_by_post_and_never_stands_in_an_address() -> None:
    place = office()
    dossier = received(place)
    client = signed_in(place.counter)
    assert dossier.code in text_of(client.post(reverse("dossier-search"), {"q": "095 088 001 234"}))
    assert "095088001234" not in client.post(reverse("dossier-search"), {"q": "x"}).content.decode()
    assert dossier.code not in text_of(client.get(reverse("dossier-search"), {"q": "095088001234"}))
    assert client.post(reverse("dossier-search"), {"q": ""}).status_code == 422


def test_an_empty_queue_says_what_to_do_next() -> None:
    place = office()
    assert "Tiếp nhận hồ sơ mới" in text_of(signed_in(place.counter).get(reverse("queue")))
    assert "Xem cả cơ quan" in text_of(signed_in(place.specialist).get(reverse("queue")))


@pytest.mark.parametrize("after", ["~²", "~9~9", "0001-01-01T00:00:00+14:00~1", "9999-12-31T23:00:00-14:00~1", "x~y"])
def test_an_address_edited_by_hand_shows_the_queue_from_its_beginning(after: str) -> None:
    place = office()
    dossier = received(place)
    answer = signed_in(place.counter).get(reverse("queue"), {"sau": after, "xem": "co-quan"})
    assert answer.status_code == 200
    assert dossier.code in text_of(answer)


@pytest.mark.parametrize("slug", ["han-0001-01-01", "han-9999-12-31", "han-2025-13-01", "khong-co"])
def test_a_day_that_no_calendar_holds_is_no_list(slug: str) -> None:
    assert signed_in(office().head).get(reverse("unit-rows", args=[slug])).status_code == 404


@pytest.mark.parametrize("after", ["²", "9" * 30])
def test_messages_are_listed_whatever_stands_in_the_address(after: str) -> None:
    assert signed_in(office().counter).get(reverse("messages"), {"sau": after}).status_code == 200


@pytest.mark.parametrize("address", ["/tra-cuu/%00/%00", "/thu-tuc/?tim=%00", "/ho-so/%00/", "/lich/?co-quan=a%00b"])
def test_a_nul_in_an_address_is_no_page(address: str) -> None:
    assert signed_in(office().counter).get(address).status_code == 404


def test_a_ticked_row_that_is_none_is_told_and_not_looked_for() -> None:
    place = office()
    sent(place, "2025-04-22T09:00")
    answer = signed_in(place.specialist).post(reverse("accept-many"), {"ho-so": ["\0", "khong-co@1"]})
    assert answer.status_code == 200 and answer.context["unknown"] == 2


def test_a_row_that_says_it_is_late_does_not_say_that_it_once_was() -> None:
    place = office()
    dossier = received(place, when=at("2025-04-18T09:00"))
    with time.travelling(NOW):
        dossier = actions.suspend(
            Call(place.counter), dossier=dossier, ground=Ground.PAYMENT, policy=PausePolicy.RESUME, reason="phí"
        )
        assert dossier.ran_out and board.row(dossier, NOW).mark == "từng quá hạn"
        dossier = actions.resume(Call(place.counter), dossier=dossier)
        line = board.row(dossier, NOW)
    assert line.state is TimeState.LATE and line.mark == ""
