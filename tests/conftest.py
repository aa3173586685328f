"""Stores with real processes, made once for all tests that use them (they run in one worker: xdist_group)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.stores import Store, database, folder, hands, postgres, shift

UNTIL = "2025-05-05"
"""Histories of 60 days end here: after the holidays of 30 April, with their swapped day."""


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, begun: Path) -> Iterator[Store]:
    """An empty store of its own: a folder, or a folder and a database."""
    with folder() as place:
        if request.param == "sqlite":
            if os.environ.get("DATABASE_URL", "").startswith("postgres"):
                pytest.skip("DATABASE_URL asks for PostgreSQL")
            yield Store(place / "home", shift=shift()).begin(begun)
        else:
            with postgres() as server, database(server) as url:
                yield Store(place / "home", url, shift())


@pytest.fixture(scope="session")
def place(store: Store) -> dict[str, Any]:
    """An office in the store: the keys by which orders name its agencies, people and procedure."""
    with hands(store, 1) as (first,):
        found: dict[str, Any] = first.ask("prepare")
    return found


@pytest.fixture(scope="session")
def histories(begun: Path) -> Iterator[dict[str, Store]]:
    """Simulated stores: one seed twice and another one in the two-tier shape, and one in the three-tier shape."""
    wanted = {"first": (7, "2025"), "again": (7, "2025"), "other": (8, "2025"), "three-tier": (7, "2016")}
    with folder() as place, ThreadPoolExecutor(2) as pool:
        stores = {name: Store(place / name).begin(begun) for name in wanted}

        def simulate(name: str) -> None:
            seed, shape = wanted[name]
            done = stores[name].run(
                "simulate", "--dossiers", "40", "--seed", str(seed), "--days", "60", "--until", UNTIL, "--shape", shape,
                "--json",
            )
            assert done.returncode == 0, done.stderr

        list(pool.map(simulate, wanted))
        yield stores
