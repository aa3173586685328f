"""Shared by all tests: no test leaves a fact of the store or a key behind in this process."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BEGIN = "from motcua.site.command import open_store; open_store()"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run on another database leave out what asks no database: it would only be done twice."""
    parser.addoption("--only-database", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drop tests without a database where the run was asked for those alone."""
    if not config.getoption("--only-database"):
        return
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        uses = item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})
        (kept if uses else dropped).append(item)
    config.hook.pytest_deselected(items=dropped)
    items[:] = kept


@pytest.fixture(autouse=True)
def _forget_store_facts() -> Iterator[None]:
    from motcua.foundation.core import settings_rows

    settings_rows.forget()
    yield
    settings_rows.forget()


@pytest.fixture(autouse=True)
def _keep_no_registers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each request of a test read the registers itself, for tests write rows past all verbs.

    A test of what is kept from one request to the next says so: `@pytest.mark.keeps_registers`.
    """
    from motcua.foundation.core import refs, registers

    if request.node.get_closest_marker("keeps_registers") is None:
        seen = registers.seen
        monkeypatch.setattr(registers, "seen", lambda _mark: seen(refs.new_public_id(20)))


@pytest.fixture(autouse=True, scope="session")
def _emptying_passes_the_triggers() -> Iterator[None]:
    """A test that commits is followed by emptying all tables, which the ledger's triggers would refuse."""
    from django.db import connection

    from motcua.foundation.core.tests.factories import unguarded

    operations = type(connection.ops)
    refused = operations.execute_sql_flush

    def passed(self: Any, sql_list: list[str]) -> None:
        with unguarded():
            refused(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", passed)
        yield


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a SQLite store that was begun and is empty: to be copied by tests that start processes on one.

    Beginning one takes longer than most tests, for it goes through all migrations; all workers of a run share this one.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    made, half = shared / "begun-store", shared / "half-begun-store"
    with (shared / "begun-store.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("MOTCUA_", "DATABASE_"))}
            ours = {"MOTCUA_HOME": str(half), "MOTCUA_LOG": "ERROR", "DJANGO_SETTINGS_MODULE": "motcua.site.settings"}
            subprocess.run([sys.executable, "-c", BEGIN], env=kept | ours, check=True)  # noqa: S603
            half.rename(made)
    return made
