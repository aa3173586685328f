"""Stores with real processes, made once for all tests that use them (they run in one worker: xdist_group)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stores import Store, database, folder, hands, postgres, shift


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of its own: a folder, or a folder and a database."""
    with folder() as place:
        if request.param == "sqlite":
            if os.environ.get("DATABASE_URL", "").startswith("postgres"):
                pytest.skip("DATABASE_URL asks for PostgreSQL")
            yield Store(place / "home", shift=shift())
        else:
            with postgres() as server, database(server) as url:
                yield Store(place / "home", url, shift())


@pytest.fixture(scope="session")
def place(store: Store) -> dict[str, Any]:
    """An office in the store: the keys by which orders name its agencies, people and procedure."""
    with hands(store, 1) as (first,):
        found: dict[str, Any] = first.ask("prepare")
    return found
