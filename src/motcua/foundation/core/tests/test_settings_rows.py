"""A fact of the store is read once in a while, and what another process wrote is seen soon."""

from __future__ import annotations

from time import monotonic
from typing import Any

import pytest

from motcua.foundation.core import settings_rows
from motcua.foundation.core.models import Setting

pytestmark = pytest.mark.django_db


def test_what_another_process_wrote_is_seen_soon(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    begun = monotonic()
    monkeypatch.setattr(settings_rows, "monotonic", lambda: begun)
    assert settings_rows.exercise_note() == ""
    Setting.objects.create(key="exercise", value="mô phỏng")
    with django_assert_num_queries(0):
        assert settings_rows.exercise_note() == ""
    monkeypatch.setattr(settings_rows, "monotonic", lambda: begun + 2 * settings_rows.REMEMBERED)
    assert settings_rows.exercise_note() == "mô phỏng"
