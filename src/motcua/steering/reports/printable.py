"""Text that any document can hold: XML, and so Word and Excel, has no place for control characters."""

from __future__ import annotations

import re
from typing import Any

_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """Return the text without what no document can hold; Word's own line breaks become ours, a tab a blank."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def all_printable(value: Any) -> Any:
    """Return nested values with every text in them made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [all_printable(one) for one in value]
    return value
