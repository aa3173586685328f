"""Nothing personal leaves the tables of people: not into the ledger, not into a library's tables, not into logs."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import VERBS
from motcua.foundation.identity.tests import walkthrough

MARK = "zqxwkv"
pytestmark = pytest.mark.django_db


def test_the_mark_stands_in_the_tables_of_people_alone(capfd: pytest.CaptureFixture[str]) -> None:
    walkthrough.walk(MARK)
    found = set()

    def seen(cell: object) -> bool:
        held = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        return MARK.encode() in held.lower()

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            if any(seen(cell) for row in cursor.fetchall() for cell in row):
                found.add(table)
    assert found == walkthrough.HOMES
    logged = capfd.readouterr()
    assert MARK not in logged.out + logged.err


def test_the_walk_does_every_verb_of_identity() -> None:
    walkthrough.walk(MARK)
    module = "motcua.foundation.identity"
    ours = {name for name, verb in VERBS.items() if verb.function.__module__.startswith(module)}
    assert set(LedgerEvent.objects.values_list("verb", flat=True)) >= ours
