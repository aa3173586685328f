"""What a draft must have before it is put to work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.steering.programme import actions
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.tests.factories import SYSTEM, Province

pytestmark = pytest.mark.django_db


def test_a_draft_without_any_row_is_not_put_to_work() -> None:
    province = Province()
    bare = replace(province.reading(), tasks=())
    programme = actions.enter(SYSTEM, reading=bare, sha256="d" * 64, name="khong-phu-luc.txt")
    with pytest.raises(BadProgramme, match="không có dòng nhiệm vụ nào"):
        actions.approve(SYSTEM, programme=programme, steward=province.steward, office=province.office)
    programme.refresh_from_db()
    assert programme.is_draft
