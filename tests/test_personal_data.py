"""Marked personal data goes through every verb and door; then it is searched for wherever it must not be.

A room gives `tests/walkthrough.py`: `walk(mark)` does all its verbs with the mark in every free text; `HOMES` are the
tables where people's data lives in clear, `SEALED` (if any) further texts that may stand nowhere in clear.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from motcua.foundation.core import logs, seals
from motcua.foundation.core.models import Denial, LedgerEvent
from motcua.foundation.core.verbs import VERBS
from motcua.testing import CHECKOUT

MARK = "zqxwkv"
SOURCE = CHECKOUT / "src"
#: The exercise wants an empty store, the register one without agencies; the others do not mind.
FIRST = ("motcua.demonstration", "motcua.foundation.organisations")
QUEUED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def modules(pattern: str) -> list[str]:
    return [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in sorted(SOURCE.rglob(pattern))]


def walkthroughs() -> list[ModuleType]:
    names = sorted(modules("tests/walkthrough.py"), key=lambda name: (not name.startswith(FIRST), name))
    return [import_module(name) for name in names]


def verbs() -> set[str]:
    """Return every verb of the house, after all that declares one was loaded."""
    for name in modules("*.py"):
        if ".tests." not in name and "@verb(" in (SOURCE / (name.replace(".", "/") + ".py")).read_text():
            import_module(name)
        elif name.endswith("__init__") and "@verb(" in (SOURCE / (name.replace(".", "/") + ".py")).read_text():
            import_module(name.removesuffix(".__init__"))
    return {name for name, known in VERBS.items() if ".tests." not in known.function.__module__}


@pytest.fixture
def loud(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Iterator[Any]:
    """Let every logger of the house and of its libraries speak; returns what was written so far."""
    logs.configure("DEBUG")
    for module in [module for name, module in sys.modules.items() if name.startswith("motcua.")]:
        for value in vars(module).values():
            if type(value).__module__.startswith("structlog"):
                vars(value).pop("bind", None)  # what a first use has kept: the silent logger of the tests

    def said() -> str:
        out = capfd.readouterr()
        return out.out + out.err

    with caplog.at_level(logging.INFO):
        yield said
    logs.configure("CRITICAL")


def holds(cell: object, text: str) -> bool:
    content = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
    return text.encode() in content.lower()


def tables_with(text: str) -> set[str]:
    """Return the tables in which a text stands in clear: ours, the libraries', all there are."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            if any(holds(cell, text) for row in cursor.fetchall() for cell in row):
                found.add(table)
    return found


def files_with(text: str) -> list[str]:
    """Return stored files, seals and whatever else lies in the store's folder that holds a text in clear."""
    paths = [path for path in Path(settings.HOME.root).rglob("*") if path.is_file() and ".sqlite3" not in path.name]
    return [str(path) for path in paths if text.encode() in path.read_bytes().lower()]


@pytest.mark.django_db
def test_personal_data_stays_in_its_homes(loud: Any, settings: Any) -> None:
    settings.TASKS = QUEUED
    homes, sealed = set[str](), set[str]()
    for module in walkthroughs():
        module.walk(MARK)
        homes |= set(module.HOMES)
        sealed |= set(getattr(module, "SEALED", ()))
    seals.make_seal()
    assert sorted(verbs() - set(LedgerEvent.objects.values_list("verb", flat=True))) == [], "no walkthrough does these"
    assert Denial.objects.exists()
    assert tables_with(MARK) - homes == set()
    assert tables_with(MARK) == homes, "a home in which nothing was found: the search or the list is wrong"
    for text in sealed:
        assert tables_with(text) == set(), text
    assert [session.session_key for session in Session.objects.all() if MARK in str(session.get_decoded())] == []
    words = loud()
    assert "a library speaks" in words
    for text in {MARK, *sealed}:
        assert files_with(text) == [], text
        assert text not in words.lower(), text
