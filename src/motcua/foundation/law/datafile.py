"""The shipped law as data: `documents.toml` and `rule_sets.toml`, read into values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any

from motcua.foundation.law import rules as checks
from motcua.foundation.law.errors import BadRules
from motcua.foundation.law.types import Document, Rule, Rules, Trust, Value


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
        rows = tomllib.loads(text)[name]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadRules(f"Không đọc được tệp quy định ({error}). Chưa có gì được ghi.") from error
    return _tables(rows, name)


def _tables(rows: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadRules(f"Mục {name} của tệp quy định phải gồm các bảng, như [[{name}]]. Chưa có gì được ghi.")
    return rows


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value.strip():
        raise BadRules(f"Mục {key} của tệp quy định phải là chữ, mà đang là {value!r}. Chưa có gì được ghi.")
    return value


def _value(row: Mapping[str, Any]) -> Value:
    value: Value = row["value"]
    if type(value) in {bool, int, str} or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return value
    raise BadRules(
        f"Giá trị của {row['key']} phải là chữ, số nguyên, true, false hoặc danh sách chữ. Chưa có gì được ghi."
    )


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
        trust, basis, values = Trust(row["trust"]), row.get("basis", ""), _tables(row.get("rule", []), "rule")
        return Rules(
            code=_text(row, "code"), subject=_text(row, "subject"), name=_text(row, "name"), valid_from=start,
            valid_to=_day(row, "valid_to"), trust=trust, basis=basis,
            rules=tuple(_rule(rule, trust, basis) for rule in values),
        )
    except (KeyError, ValueError) as error:
        raise BadRules(f"Bộ quy tắc “{row.get('code', '?')}” thiếu hoặc sai mục {error}.") from error


def _rule(row: Mapping[str, Any], trust: Trust, basis: str) -> Rule:
    return Rule(
        key=_text(row, "key"), title=_text(row, "title"), value=_value(row),
        trust=Trust(row["trust"]) if "trust" in row else trust, basis=row.get("basis", basis),
        valid_from=_day(row, "valid_from"), valid_to=_day(row, "valid_to"),
    )
