"""An agency is merged while officers act on its dossiers: real processes, on a SQLite file and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.stores import Hand, Store, hands, together

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]
CLEAN = {"conflict", "not-now", "denied", "not-receivable"}


@pytest.fixture(scope="module")
def crew(store: Store, place: dict[str, Any]) -> Iterator[list[Hand]]:
    with hands(store, 4) as found:
        yield found


@pytest.fixture
def town(crew: list[Hand]) -> dict[str, Any]:
    """An office of its own, and the neighbour that will take it over."""
    found: dict[str, Any] = crew[0].ask("prepare_another")
    return found


@pytest.mark.parametrize("carried", [[], ["people"]], ids=["people stay", "people are carried"])
def test_officers_who_act_meanwhile_get_a_clean_answer(
    crew: list[Hand], town: dict[str, Any], carried: list[str]
) -> None:
    """Whoever comes first, there is one holder at every moment, and nothing of the open work is left behind."""
    dossiers = [pk for _, _, pk in crew[0].ask("receive", place=town, count=16)]
    for number, hand in enumerate(crew[:3]):
        hand.tell("live", place=town, dossiers=dossiers, seed=300 + 10 * len(carried) + number, acts=40,
                  busy_after=4)
    assert [hand.told()["answer"] for hand in crew[:3]] == ["busy"] * 3
    crew[3].ask("merge", commune=town["commune"], heir=town["heir"], carried=carried)
    told = [hand.told()["answer"] for hand in crew[:3]]
    assert {answer for one in told for answer in one} <= CLEAN | {"done"}, told
    crew[3].ask("pass_on")  # what came late, in the name of an agency that ended meanwhile
    stands = crew[0].ask("standing", agency=town["commune"])
    assert stands["open"] == 0 and stands["twice"] == 0
    found = crew[0].ask("audit")
    assert found["faults"] == []


def test_two_runs_at_once_pass_each_dossier_on_once(crew: list[Hand], town: dict[str, Any]) -> None:
    crew[0].ask("receive", place=town, count=30)
    before = crew[0].ask("standing", agency=town["heir"])
    crew[0].ask("merge", commune=town["commune"], heir=town["heir"], carried=[])  # 30: left to a job
    assert crew[0].ask("standing", agency=town["commune"])["open"] == 30
    assert all("answer" in one for one in together([(hand, {"order": "pass_on"}) for hand in crew]))
    after = crew[0].ask("standing", agency=town["heir"])
    assert (after["open"], after["twice"]) == (30, 0)
    assert after["events"] - before["events"] == after["moments"] - before["moments"] == 30
    assert crew[0].ask("audit")["faults"] == []


def test_of_an_officer_and_the_merger_at_one_dossier_the_second_is_told(
    crew: list[Hand], town: dict[str, Any]
) -> None:
    """While the officer's screen is open the dossier goes to the heir; his button then says so and changes nothing."""
    ((_, _, dossier),) = crew[0].ask("receive", place=town)
    crew[1].tell("hold", dossier=dossier, seconds=0.5)
    assert crew[1].told() == {"answer": "held"}
    crew[2].tell("merge", commune=town["commune"], heir=town["heir"], carried=[])
    crew[0].tell("press", verb="hand_over", dossier=dossier, by=town["counter"], seen=1)
    crew[1].told()
    answers = crew[2].told(), crew[0].told()
    assert "answer" in answers[0]
    crew[3].ask("pass_on")
    at = crew[0].ask("standing", agency=town["heir"])["open"]
    if "refused" in answers[1]:
        assert answers[1]["refused"] == "conflict" and at == 1
        late = {"order": "press", "verb": "hand_over", "dossier": dossier, "by": town["counter"]}
        assert together([(crew[0], late)])[0]["refused"] == "denied"
        crew[0].ask("press", verb="hand_over", dossier=dossier, by=town["heir_head"])
    else:
        assert at == 0, "he handed it over first; it stands at the department"
    assert crew[0].ask("audit")["faults"] == []
