"""The page of law."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.foundation.core.actors import SYSTEM_ACTOR
from motcua.foundation.core.verbs import Call
from motcua.foundation.law import actions


def page(address: str) -> str:
    request = RequestFactory().get(address)
    request.actor = SYSTEM_ACTOR  # type: ignore[attr-defined]
    answer: HttpResponse = resolve(request.path).func(request)
    return answer.content.decode()


def test_rule_sets_of_a_day_with_basis_and_trust(db: None) -> None:
    actions.load_shipped(Call(SYSTEM_ACTOR))
    text = page(f"{reverse('law')}?ngay=2016-06-15")
    assert "Quyết định 09/2015/QĐ-TTg" in text and "Bộ mẫu của tỉnh (ví dụ)" in text
    assert "chậm nhất vào ngày hẹn trả" in text and "chưa kiểm chứng" in text
    assert "Cơ chế một cửa theo Nghị định 118/2025/NĐ-CP" not in text
    assert "Cơ chế một cửa theo Nghị định 118/2025/NĐ-CP" in page(f"{reverse('law')}?ngay=2025-07-01")


@pytest.mark.parametrize("query", ["", "?ngay=1990-01-01", "?ngay=hom-qua"])
def test_empty_store_and_bad_day_are_told(query: str, db: None) -> None:
    text = page(reverse("law") + query)
    assert "Chưa có bộ quy tắc nào ở ngày này" in text
    assert ("error-summary" in text) == ("hom-qua" in query)
