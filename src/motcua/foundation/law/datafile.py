"""The shipped law as data: `documents.toml` and `rule_sets.toml`, read into values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any

from motcua.foundation.law import rules as checks
from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.types import Document, Rule, Rules, Trust


def shipped(name: str) -> str:
    """Return the text of a data file of this room."""
    return resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")


def read_documents(text: str) -> tuple[Document, ...]:
    """Return the documents of a TOML text. Raises BadRules."""
    documents = tuple(_document(row) for row in _rows(text, "document"))
    checks.check_documents(documents)
    return documents


def read_rule_sets(text: str) -> tuple[Rules, ...]:
    """Return the rule sets of a TOML text. Raises BadRules."""
    sets = tuple(_rules(row) for row in _rows(text, "rule_set"))
    checks.check_rule_sets(sets)
    return sets


def _rows(text: str, name: str) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = tomllib.loads(text)[name]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadRules(f"Không đọc được tệp quy định ({error}). Chưa có gì được ghi.") from error
    return rows


def _day(row: Mapping[str, Any], key: str) -> date | None:
    value = row.get(key)
    if value is not None and type(value) is not date:
        raise BadRules(f"“{value}” không phải một ngày; hãy viết dạng 2015-05-15.")
    return value


def _document(row: Mapping[str, Any]) -> Document:
    try:
        return Document(
            number=row["number"], type=row["type"], issuer=row["issuer"], title=row["title"],
            issued=_day(row, "issued"), effective=_day(row, "effective"), expired=_day(row, "expired"),
            replaced_by=row.get("replaced_by", ""), amends=tuple(row.get("amends", ())),
            trust=Trust(row["trust"]), note=row.get("note", ""),
        )
    except (KeyError, ValueError) as error:
        raise BadRules(f"Văn bản “{row.get('number', '?')}” thiếu hoặc sai mục {error}.") from error


def _rules(row: Mapping[str, Any]) -> Rules:
    try:
        start = _day(row, "valid_from")
        if start is None:
            raise KeyError("valid_from")
        return Rules(
            code=row["code"], subject=row["subject"], name=row["name"], valid_from=start,
            valid_to=_day(row, "valid_to"), trust=Trust(row["trust"]), basis=row.get("basis", ""),
            rules=tuple(_rule(rule, Trust(row["trust"]), row.get("basis", "")) for rule in row.get("rule", ())),
        )
    except (KeyError, ValueError) as error:
        raise BadRules(f"Bộ quy tắc “{row.get('code', '?')}” thiếu hoặc sai mục {error}.") from error


def _rule(row: Mapping[str, Any], trust: Trust, basis: str) -> Rule:
    return Rule(
        key=row["key"], title=row["title"], value=row["value"],
        trust=Trust(row["trust"]) if "trust" in row else trust, basis=row.get("basis", basis),
        valid_from=_day(row, "valid_from"), valid_to=_day(row, "valid_to"),
    )
