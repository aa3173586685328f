"""What a verb finds wrong in what was entered is said whole: what happened, what was kept, what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.testing import CHECKOUT

SOURCES = CHECKOUT / "src" / "motcua"
KEPT = re.compile(r"\bchưa |giữ nguyên|không có gì thay đổi|vẫn ", re.IGNORECASE)
NEXT = re.compile(r"anh/chị |hệ thống tự |nhập lại", re.IGNORECASE)


def said(node: ast.expr) -> str:
    """Return the fixed words of a message; what is filled in later is left out."""
    return "".join(part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and type(part.value) is str)


def messages() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCES.rglob("*.py")):
        if "tests" not in path.parts:
            yield from messages_in(path)


def messages_in(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Invalid"
        if is_call and isinstance(node.args[0], ast.Constant | ast.JoinedStr):  # type: ignore[attr-defined]
            place = f"{path.relative_to(SOURCES)}:{node.lineno}"  # type: ignore[attr-defined]
            yield place, said(node.args[0])  # type: ignore[attr-defined]


@pytest.mark.parametrize(("place", "message"), list(messages()))
def test_a_message_says_what_was_kept_and_what_to_do(place: str, message: str) -> None:
    assert KEPT.search(message), f"{place} does not say what was kept: {message}"
    assert NEXT.search(message), f"{place} does not say what to do: {message}"
