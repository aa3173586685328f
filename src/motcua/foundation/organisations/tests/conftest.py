"""The province as the shipped file tells it, loaded once for a whole file of tests that only look or step back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from motcua.foundation.core import settings_rows
from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, datafile


@pytest.fixture(scope="module")
def loaded_place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the place inside a transaction that is taken back after the last test of the file."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # as Django's own test case does, so that durable transactions are allowed inside
    with django_db_blocker.unblock(), outer:
        settings_rows.forget()
        actions.load_place(Call(SYSTEM_ACTOR), datafile.shipped("bac-kan.csv"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def place(loaded_place: None, db: None) -> None:
    """The loaded place, with what a test changes taken back after it."""
