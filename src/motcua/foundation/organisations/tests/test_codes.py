"""Both national formats name the same agency."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.foundation.organisations import codes
from motcua.foundation.organisations.errors import BadCode
from motcua.foundation.organisations.types import Scheme


@pytest.mark.parametrize(
    ("text", "d20", "qcvn"),
    [
        ("000.00.53.H48", "H48.53", "000.00.53.H48"),
        ("H15.50.05.13", "H15.50.05.13", "013.05.50.H15"),
        (" 000.00.01.h03 ", "H03.01", "000.00.01.H03"),
        ("000.00.00.G15", "G15", "000.00.00.G15"),
        ("H55.101", "H55.101", None),
        ("H03.01.02.03.04", "H03.01.02.03.04", None),
    ],
)
def test_formats(text: str, d20: str, qcvn: str | None) -> None:
    code = codes.parse(text)
    assert (code.d20, code.qcvn) == (d20, qcvn)


@pytest.mark.parametrize(
    "text", ["", "H3", "03", "01.H03.02", "H03.1", "000.00.01", "H03.", "H03-01", "Sở Tư pháp", "H03.1234"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(BadCode, match="không phải mã định danh"):
        codes.parse(text)


def test_formats_are_told_apart_and_compared() -> None:
    assert codes.parse("000.00.53.H48").written == Scheme.QCVN and codes.parse("H48.53").written == Scheme.D20
    assert codes.same("000.00.53.H48", "H48.53") and not codes.same("H48.53", "H48.54")


parts = st.lists(st.integers(min_value=1, max_value=99), max_size=3)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from("GH"), st.integers(min_value=1, max_value=99), parts)
def test_there_and_back(letter: str, top: int, below: list[int]) -> None:
    text = ".".join([f"{letter}{top:02d}", *(f"{part:02d}" for part in below)])
    old = codes.parse(text).qcvn
    assert old is not None and codes.parse(old).d20 == text
