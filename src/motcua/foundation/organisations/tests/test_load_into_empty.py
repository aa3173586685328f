"""Loading into an empty store: new lines of a file enter alone, a broken file leaves nothing."""

from __future__ import annotations

import pytest

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.verbs import Call
from motcua.foundation.organisations import actions, datafile, selectors
from motcua.foundation.organisations.errors import BadEvent
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.tests.registers import bac_kan

pytestmark = pytest.mark.django_db
SYSTEM = Call(SYSTEM_ACTOR)
PLACE = datafile.shipped("bac-kan.csv")


def test_lines_added_to_a_file_are_entered_alone() -> None:
    lines = PLACE.splitlines(keepends=True)
    actions.load_place(SYSTEM, "".join(line for line in lines if line[:4] < "2025" or line.startswith(("#", "day"))))
    assert not Agency.objects.filter(key="tn-19").exists()
    assert 0 < actions.load_place(SYSTEM, PLACE) < 100
    assert selectors.register() == bac_kan()


def test_broken_file_leaves_nothing() -> None:
    broken = PLACE + "2026-01-01,close,nowhere,,,,,,,,,,,1/QĐ,law\n"
    with pytest.raises(BadEvent):
        actions.load_place(SYSTEM, broken)
    assert not Agency.objects.exists() and not LedgerEvent.objects.exists()


