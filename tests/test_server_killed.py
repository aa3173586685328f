"""The server is killed at the worst moment: whatever a person was shown is there, and nothing is half-written."""

from __future__ import annotations

import hashlib
import threading
import time
from typing import Any

import pytest

from tests.counters import Answer, Browser, at_counter, filled, intake, served
from tests.stores import Store, hands

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.xdist_group("processes")]


def public_id(answer: Answer) -> str:
    """Return whose page an answered intake leads to."""
    assert answer.status == 302, answer.text[:500]
    return answer.location.split("/")[2]


def test_what_the_citizen_was_given_outlives_a_server_killed_the_instant_the_slip_was_shown(
    store: Store, place: dict[str, Any]
) -> None:
    with served(store) as server:
        browser = at_counter(server.port, place)
        received = browser.post(intake(place), filled(place, browser.form(intake(place))))
        slip = browser.get(f"/ho-so/{public_id(received)}/giay-hen.pdf")
        server.kill()
    assert (slip.status, slip.body[:5]) == (200, b"%PDF-")
    with hands(store, 1) as (hand,):
        assert hand.ask("slips")[f"dossier:{public_id(received)}"] == hashlib.sha256(slip.body).hexdigest()
        assert hand.ask("audit")["faults"] == []
    with served(store) as server:
        browser.port = server.port  # still signed in: the session was in the store, too
        again = browser.get(f"/ho-so/{public_id(received)}/giay-hen.pdf")
    assert (again.status, again.body) == (200, slip.body)


def test_in_a_burst_of_intakes_every_answer_that_was_seen_is_kept(store: Store, place: dict[str, Any]) -> None:
    """Three counters receive without a rest; the kill cuts some of them in the middle, and they press again."""
    seen: list[str] = []
    cut: list[tuple[Browser, dict[str, Any]]] = []

    def receive(browser: Browser, hidden: dict[str, str], number: int) -> None:
        turn = 0
        while not cut:
            turn += 1
            data = filled(place, {**hidden, "request_key": f"quay-{number}-{turn:05d}"})
            try:
                seen.append(public_id(browser.post(intake(place), data)))
            except OSError:
                cut.append((browser, data))

    with served(store) as server:
        browsers = [at_counter(server.port, place) for _ in range(3)]
        hidden = [browser.form(intake(place)) for browser in browsers]
        threads = [
            threading.Thread(target=receive, args=(browser, fields, number))
            for number, (browser, fields) in enumerate(zip(browsers, hidden, strict=True))
        ]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 30
        while len(seen) < 25 and time.monotonic() < until:
            time.sleep(0.01)
        server.kill()
        for thread in threads:
            thread.join(30)
    assert len(seen) >= 25 and cut
    with hands(store, 1) as (hand,):
        before = hand.ask("audit")
        assert before["faults"] == []
        assert set(seen) <= set(before["references"])
    with served(store) as server:
        for browser in browsers:
            browser.port = server.port
        again = [public_id(browser.post(intake(place), data)) for browser, data in cut for _ in range(2)]
    with hands(store, 1) as (hand,):
        after = hand.ask("audit")
        assert after["faults"] == []
        assert len(set(again)) == len(cut)
        assert after["dossiers"] == before["dossiers"] + len(set(again) - set(before["references"]))
