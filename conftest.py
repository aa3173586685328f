"""Shared by all tests: no test leaves a fact of the store or a key behind in this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


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
