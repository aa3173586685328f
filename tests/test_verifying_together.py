"""Several processes say of a ledger what one says, whatever was done to it, on a SQLite file and on PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stores import Store, database, folder, postgres
from tests.tampering import SEVERAL

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("processes")]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, begun: Path) -> Iterator[dict[str, Any]]:
    with folder() as place:
        if request.param == "sqlite":
            yield ask(Store(place / "home").begin(begun), place)
        else:
            with postgres() as server, database(server) as url:
                yield ask(Store(place / "home", url), place)


def ask(store: Store, place: Path) -> dict[str, Any]:
    store.home.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.tampering", str(place)]
    done = subprocess.run(command, env=store.environment, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_several_processes_say_what_one_says(told: dict[str, Any]) -> None:
    for way, one in told.items():
        assert one["several"] == one["one"], way


def test_there_were_several_indeed(told: dict[str, Any]) -> None:
    assert {tuple(one["helpers"]) for one in told.values()} == {(SEVERAL - 1,)}


def test_every_way_of_tampering_is_found_and_nothing_else(told: dict[str, Any]) -> None:
    sound = {way for way, one in told.items() if one["one"]["ok"]}
    assert sound == {"untouched", "put right"}
