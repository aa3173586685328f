"""A simulated history: the same seed tells the same story in another store, under the same rules as a real one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.stores import Store, hands

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.xdist_group("commands")]
STORY = """
SELECT d.code, p.code, a.code, d.state, d.received_at, d.first_due_at, d.due_at, d.finished_at, d.returned_at,
       d.verdict, d.applicant, (SELECT GROUP_CONCAT(c.what || c.at || c.holder || b.code)
                     FROM (SELECT * FROM dossiers_clockevent ORDER BY sequence) c
                     JOIN organisations_agency b ON b.id = c.agency_id WHERE c.dossier_id = d.id)
FROM dossiers_dossier d JOIN organisations_agency a ON a.id = d.at_agency_id
JOIN procedures_procedureversion v ON v.id = d.version_of_id JOIN procedures_procedure p ON p.id = v.procedure_id
ORDER BY d.code
"""
Rows = list[tuple[object, ...]]


def read(store: Store, sql: str) -> Rows:
    with closing(sqlite3.connect(store.home / "motcua.sqlite3")) as rows:
        return rows.execute(sql).fetchall()


def test_one_seed_tells_one_story(histories: dict[str, Store]) -> None:
    """Codes, dates, holders, verdicts: all the same; only random ids and check words are each store's own."""
    first, again = (read(histories[name], STORY) for name in ("first", "again"))
    assert len(first) == 40
    assert first == again
    events = "SELECT verb, happened_us, entered_us FROM core_ledgerevent ORDER BY id"
    assert read(histories["first"], events) == read(histories["again"], events)
    words = "SELECT check_word FROM dossiers_dossier ORDER BY code"
    assert read(histories["first"], words) != read(histories["again"], words)


@pytest.mark.parametrize("name", ["first", "three-tier"])
def test_messages_of_the_past_were_shown_then_and_leave_no_jobs(histories: dict[str, Store], name: str) -> None:
    messages = "SELECT state, COUNT(*), SUM(settled_at = at) FROM core_message GROUP BY state"
    ((state, count, settled_then),) = read(histories[name], messages)
    assert (state, count) == ("shown", settled_then) and count
    assert read(histories[name], "SELECT COUNT(*) FROM django_tasks_database_dbtaskresult") == [(0,)]


def test_a_commune_receives_for_departments_where_no_district_stands_between(histories: dict[str, Store]) -> None:
    kind = "SELECT kind FROM organisations_agencystate s WHERE s.agency_id = d.{}_id ORDER BY valid_from DESC LIMIT 1"
    levels = f"SELECT ({kind.format('receiving')}), ({kind.format('competent')}) FROM dossiers_dossier d"  # noqa: S608
    assert ("commune", "department") in read(histories["first"], levels)
    assert ("commune", "district") in read(histories["three-tier"], levels)


def test_another_seed_tells_another(histories: dict[str, Store]) -> None:
    first, other = (set(read(histories[name], STORY)) for name in ("first", "other"))
    assert len(first & other) < 10


@pytest.mark.parametrize("name", ["first", "three-tier"])
def test_a_history_is_whole_and_says_first_what_it_is(histories: dict[str, Store], name: str) -> None:
    """It passes verification and an audit by plain means, and nothing stands before the event that marks it."""
    store = histories[name]
    done = store.run("ledger", "verify", "--against", str(store.home / "seals" / "seals.jsonl"), "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], report["faults"], report["unsealed"]) == (0, True, [], 0)
    assert report["seals"] > 30, "each day was sealed"
    opening = "SELECT subject, verb, canonical FROM core_ledgerevent ORDER BY id LIMIT 1"
    ((subject, verb, canonical),) = read(store, opening)
    assert (str(subject).partition(":")[0], verb) == ("exercise", "exercise.open")
    assert isinstance(canonical, bytes) and b'"what":"simulated-store"' in canonical
    with hands(store, 1) as (hand,):
        found = hand.ask("audit")
    assert (found["faults"], found["dossiers"]) == ([], 40)
    states = {state for (state,) in read(store, "SELECT DISTINCT state FROM dossiers_dossier")}
    assert {"returned", "in-process"} <= states


def test_the_two_tier_shape_knows_no_district(histories: dict[str, Store]) -> None:
    kinds = {
        name: {unit["kind"] for unit in json.loads(histories[name].run(
            "organisations", "list", "--as-of", day, "--json").stdout)["units"]}
        for name, day in (("three-tier", "2016-06-15"), ("first", "2025-07-02"))
    }
    assert "district" in kinds["three-tier"] and "district" not in kinds["first"]
