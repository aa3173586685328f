"""Several real processes on one store, on a SQLite file and on PostgreSQL: numbers, holders, keys, seals."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from tests.stores import PATIENCE, Hand, Store, hands, together

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]


@pytest.fixture(scope="module")
def crew(store: Store, place: dict[str, Any]) -> Iterator[list[Hand]]:
    with hands(store, 4) as found:
        yield found


@pytest.fixture(autouse=True)
def _afterwards(crew: list[Hand]) -> Iterator[None]:
    """Whatever the test did, the store must be whole."""
    yield
    assert crew[0].ask("audit")["faults"] == []


def test_four_counters_at_once_give_numbers_without_gap_or_double(crew: list[Hand], place: dict[str, Any]) -> None:
    before = crew[0].ask("audit")["codes"]
    told = together([
        (hand, {"order": "receive", "place": place, "by": by, "count": 10})
        for hand, by in zip(crew, ["counter", "colleague", "counter", "colleague"], strict=True)
    ])
    codes = sorted(code for one in told for code, _, _ in one["answer"])
    assert len(set(codes)) == 40
    assert crew[0].ask("audit")["codes"] == sorted(before + codes)


def one_wins(crew: list[Hand], orders: list[dict[str, Any]], others: set[str]) -> list[dict[str, Any]]:
    told = together([(hand, {"order": "press", **asked}) for hand, asked in zip(crew, orders, strict=False)])
    assert [set(one) & {"answer"} for one in told].count({"answer"}) == 1, told
    assert {one["refused"] for one in told if "refused" in one} <= others, told
    return told


@pytest.mark.parametrize("is_seen", [True, False], ids=["from a screen", "without a screen"])
def test_of_two_officers_at_one_dossier_exactly_one_wins(
    crew: list[Hand], place: dict[str, Any], is_seen: bool
) -> None:
    """A second one hears that somebody was first; nothing is done twice."""
    others = {"conflict"} if is_seen else {"not-now", "denied"}
    for _, _, dossier in crew[0].ask("receive", place=place, count=3):
        version = [1]

        def press(verb: str, by: str, **asked: Any) -> dict[str, Any]:
            seen = version[0] if is_seen else None  # noqa: B023 - called in this round
            return {"verb": verb, "dossier": dossier, "by": place[by], "seen": seen, **asked}  # noqa: B023

        for pair in (
            [press("hand_over", "counter"), press("hand_over", "counter")],
            [press("accept", "specialist"), press("accept", "head")],
            [press("finish", "head"), press("suspend", "head", reason="thiếu")],
        ):
            version[0] += 1
            one_wins(crew, [one | ({"seen": version[0] - 1} if is_seen else {}) for one in pair], others)


def test_one_request_key_from_two_processes_makes_one_dossier_and_both_get_it(
    crew: list[Hand], place: dict[str, Any]
) -> None:
    before = crew[0].ask("counts")
    for number in range(6):
        told = together([
            (hand, {"order": "receive", "place": place, "key": f"bam-hai-lan-{number}"}) for hand in crew
        ])
        answers = [one["answer"] for one in told]
        assert answers == [answers[0]] * len(crew)
    after = crew[0].ask("counts")
    assert after["Dossier"] - before["Dossier"] == after["LedgerHead"] - before["LedgerHead"] == 6


def test_one_request_key_of_a_move_moves_once(crew: list[Hand], place: dict[str, Any]) -> None:
    for number, (_, ref, dossier) in enumerate(crew[0].ask("receive", place=place, count=4)):
        asked = {"verb": "hand_over", "dossier": dossier, "by": place["counter"], "seen": 1, "key": f"mot-lan-{number}"}
        told = together([(hand, {"order": "press", **asked}) for hand in crew])
        assert [one["answer"]["ref"] for one in told] == [ref] * len(crew)
        assert {one["answer"]["version"] for one in told} == {2}


def test_who_waited_for_another_is_not_entered_before_him(crew: list[Hand], place: dict[str, Any]) -> None:
    """The time of an act is taken when its turn has come; else the holders' spans would overlap."""
    ((_, _, dossier),) = crew[0].ask("receive", place=place)
    crew[1].tell("hold", dossier=dossier, seconds=0.4)
    assert crew[1].told() == {"answer": "held"}
    crew[0].ask("press", verb="hand_over", dossier=dossier, by=place["counter"])
    let_go = crew[1].told()["answer"]
    what, happened, entered = crew[0].ask("moments", dossier=dossier)[-1]
    assert (what, happened >= let_go, entered >= let_go) == ("hold", True, True)


def test_a_sealer_among_busy_officers_leaves_a_history_that_verifies(crew: list[Hand], place: dict[str, Any]) -> None:
    """Three work at random on a few dossiers while the fourth seals without a rest."""
    dossiers = [pk for _, _, pk in crew[0].ask("receive", place=place, count=6)]
    for number, hand in enumerate(crew[:3]):
        hand.tell("live", place=place, dossiers=dossiers, seed=number, acts=60)
    sealer, told, sealed, until = crew[3], [], 0, monotonic() + PATIENCE
    waiting = list(crew[:3])
    while waiting and monotonic() < until:
        sealed += len(sealer.ask("seal"))
        ready = [hand for hand in waiting if hand.has_told()]
        told += [hand.told() for hand in ready]
        waiting = [hand for hand in waiting if hand not in ready]
    assert not waiting, "officers and sealer hold each other up"
    sealer.ask("seal")
    found = sealer.ask("audit")
    assert (found["faults"], found["unsealed"]) == ([], 0)
