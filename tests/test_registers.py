"""No verb changes a register in silence: either it leaves a new mark, or it writes into none of their tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from motcua.foundation.core import verbs
from tests.test_personal_data import walkthroughs

_WRITTEN = re.compile(r'(?:INSERT INTO|(?<!DO )(?<!FOR )UPDATE|DELETE FROM) "?(\w+)')
#: Rooms of daily work: what they write is not kept by any desk.
DAILY = ("core_", "dossiers_", "indicators_", "needles_", "programme_", "reports_", "django_tasks")


@pytest.mark.django_db
def test_verbs_of_daily_work_write_into_no_register(monkeypatch: pytest.MonkeyPatch) -> None:
    perform, quiet = verbs._perform, dict[str, set[str]]()

    def watched(known: verbs.Verb, target: str | None, act: verbs.Act, kwargs: dict[str, Any]) -> Any:
        if known.policy.guards_registers:
            return perform(known, target, act, kwargs)

        def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            quiet.setdefault(known.name, set()).update(_WRITTEN.findall(sql))
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            return perform(known, target, act, kwargs)

    monkeypatch.setattr(verbs, "_perform", watched)
    for module in walkthroughs():
        module.walk("zqxwkv")
    assert {"dossier.receive", "dossier.hand_over", "dossier.return"} <= set(quiet)
    loud = {(name, table) for name, tables in quiet.items() for table in tables if not table.startswith(DAILY)}
    assert not loud, "these belong under a policy that guards registers"
