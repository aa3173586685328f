"""`motcua law load`."""

from __future__ import annotations

from argparse import Namespace

import pytest

from motcua.foundation.law.cli import COMMANDS
from motcua.foundation.law.models import RuleSet


@pytest.mark.django_db
def test_law_is_loaded_once(capsys: pytest.CaptureFixture[str]) -> None:
    (load,) = COMMANDS
    assert load.run(Namespace()) == 0
    assert RuleSet.objects.exists()
    assert "0 bộ quy tắc" not in capsys.readouterr().out
    assert load.run(Namespace()) == 0
    assert "0 văn bản, 0 bộ quy tắc" in capsys.readouterr().out
