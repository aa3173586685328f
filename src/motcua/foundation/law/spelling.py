"""A rule set as the TOML that `datafile` reads: what an administrator takes out, edits and loads again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from motcua.foundation.law.types import Rules, Value


def spell(sets: Iterable[Rules]) -> str:
    """Return the rule sets as TOML."""
    return "\n".join(line for rules in sets for line in _lines(rules))


def _lines(rules: Rules) -> Iterator[str]:
    yield "[[rule_set]]"
    for name in ("code", "subject", "name", "valid_from", "valid_to", "trust", "basis"):
        value = getattr(rules, name)
        if value not in (None, ""):
            yield f"{name} = {_word(value)}"
    yield "rule = ["
    for rule in rules.rules:
        parts = {
            "key": rule.key, "title": rule.title, "value": rule.value, "trust": rule.trust, "basis": rule.basis,
            "valid_from": rule.valid_from, "valid_to": rule.valid_to,
        }
        kept = ", ".join(f"{name} = {_word(value)}" for name, value in parts.items() if value not in (None, ""))
        yield f"    {{ {kept} }},"
    yield "]\n"


def _word(value: Value | date) -> str:
    """Return a value as TOML spells it; its strings, numbers, truths and lists are JSON's."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
