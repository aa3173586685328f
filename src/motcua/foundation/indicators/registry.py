"""Rooms declare their numbers here, in `AppConfig.ready`; everybody asks here which there are."""

from __future__ import annotations

from motcua.foundation.indicators.errors import UnknownIndicator
from motcua.foundation.indicators.types import Indicator, Measure, Side, Source

_declared: dict[str, Indicator] = {}


def declare(*indicators: Indicator) -> None:
    """Add numbers; the same code declared twice (a module loaded again) counts once."""
    _declared.update({indicator.code: indicator for indicator in indicators})


def indicator(code: str) -> Indicator:
    """Return what was declared under a code. Raises UnknownIndicator."""
    if code not in _declared:
        raise UnknownIndicator(
            f"Không có chỉ tiêu “{code[:60]}”. Chưa đếm gì; anh/chị chọn trong danh mục số liệu."
        )
    return _declared[code]


def declared() -> tuple[Indicator, ...]:
    """Return all numbers in the order of the index."""
    return tuple(sorted(_declared.values(), key=lambda one: (one.order, one.code)))


def codes() -> tuple[str, ...]:
    """Return the codes of all numbers in the order of the index."""
    return tuple(one.code for one in declared())


def side(of: Indicator, wanted: Side) -> Measure:
    """Return a side of a number. Raises UnknownIndicator where it has no denominator."""
    found = of.numerator if wanted is Side.NUMERATOR else of.denominator
    if found is None:
        raise UnknownIndicator(f"“{of.name}” là số đếm, không có mẫu số. Anh/chị mở danh sách của tử số.")
    return found


def sources() -> tuple[Source, ...]:
    """Return the sources of all numbers, each once."""
    found = {side.source.code: side.source for one in declared() for side in (one.numerator, one.denominator) if side}
    return tuple(found[code] for code in sorted(found))


def fields() -> list[str]:
    """Return the fields that numbers can be narrowed to (1 query)."""
    return sorted({name for source in sources() for name in source.fields()})
