"""QR codes: module by module what another program draws, for every size that we draw ourselves."""

from __future__ import annotations

import re

import pytest
import segno

from motcua.foundation.core.papers import qr


def drawn_by_segno(text: str) -> list[str]:
    code = segno.make_qr(text, error="m", boost_error=False, mask=qr.MASK, mode="byte", encoding="utf-8")
    return ["".join(map(str, row)) for row in code.matrix]


def full(version: int, text: str) -> str:
    """Return a text that fills a version to its last byte."""
    room = qr._capacity(version) - qr._head(version)
    cut = (text * room).encode()[:room].decode(errors="ignore")
    return cut + "x" * (room - len(cut.encode()))


@pytest.mark.parametrize("version", qr.BLOCKS)
@pytest.mark.parametrize("text", ["https://một-cửa.example/", "a", "~\x01"])
def test_every_size_is_what_segno_draws(version: int, text: str) -> None:
    whole = full(version, text)
    assert qr.matrix(whole) == drawn_by_segno(whole)


def test_a_text_too_long_for_our_sizes_is_left_to_segno() -> None:
    whole = full(12, "abc") + "d"
    assert qr.matrix(whole) == drawn_by_segno(whole)
    assert len(qr.matrix(whole)) > len(qr.matrix(whole[:-1]))


def test_what_is_not_filled_ends_and_is_padded_as_the_standard_says() -> None:
    data = qr._codewords(b"abc", 1)
    assert data[:16].hex() == "40361626" + "30" + "ec11" * 5 + "ec"


def test_the_smallest_size_that_holds_a_text_is_taken() -> None:
    sizes = [len(qr.matrix("x" * length)) for length in (1, 14, 15, 26, 27, 287)]
    assert sizes == [21, 21, 25, 25, 29, 65]


def test_the_path_draws_the_dark_modules_and_no_others() -> None:
    rows, drawn = qr.matrix("https://example.vn/tra-cuu"), set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", qr.svg("https://example.vn/tra-cuu")):
        drawn |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module == "1"}
