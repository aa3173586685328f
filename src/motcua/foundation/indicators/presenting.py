"""Numbers in words: a value with its unit, its age, and what the last comparison said."""

from __future__ import annotations

from decimal import Decimal

from motcua.foundation.core import words
from motcua.foundation.indicators.types import Number, Unit


def value_words(number: Number) -> str:
    """Return a value as people read it: “1.234”, “97,5%”, “chưa có”; a share has one decimal."""
    if number.value is None:
        return "chưa có"
    if number.unit is Unit.PERCENT:
        return words.percent(number.value)
    if number.unit is Unit.MINUTE:
        return words.duration(int(number.value))
    return words.number(number.value)


def exact(number: Number) -> str:
    """Return a value for machines: a plain decimal with a point, empty where unknown."""
    return "" if number.value is None else f"{number.value.quantize(Decimal('0.0001')).normalize():f}"
