"""Shared by all tests: no test leaves a fact of the store or a key behind in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _forget_store_facts() -> Iterator[None]:
    from motcua.foundation.core import settings_rows

    settings_rows.forget()
    yield
    settings_rows.forget()
