"""A table of a number for machines: CSV and JSON, with what is counted, as of when and how."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from motcua.foundation.core.time import local
from motcua.foundation.indicators.presenting import exact
from motcua.foundation.indicators.types import Indicator, Number, Table

HEADINGS = (
    "ma_chi_tieu", "ten_chi_tieu", "don_vi_tinh", "dong", "gia_tri", "tu_so", "mau_so", "chua_ghi", "ly_do_chua_biet",
    "ky_tu", "ky_den", "tinh_den_het", "doc_luc",
)


def as_csv(of: Indicator, table: Table) -> str:
    """Return the table as CSV, the total last; with a mark by which Excel knows UTF-8."""
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(HEADINGS)
    writer.writerows([_safe(cell) for cell in row] for row in _rows(of, table))
    return "\ufeff" + into.getvalue()


def _rows(of: Indicator, table: Table) -> Iterator[tuple[object, ...]]:
    for label, number in (*((line.label, line.number) for line in table.lines), ("Toàn phạm vi", table.total)):
        yield (
            of.code, of.name, of.unit.label, label, exact(number), _blank(number.numerator), _blank(number.denominator),
            number.unstated, number.unknown, number.period.first, number.period.last, number.as_of,
            local(number.read_at).isoformat(timespec="seconds"),
        )


def _blank(value: int | None) -> object:
    return "" if value is None else value


def _safe(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t" and not text.lstrip("-").replace(".", "").isdigit() and text else text


def as_json(of: Indicator, table: Table, place: str) -> dict[str, Any]:
    """Return the table as plain values."""
    return {
        "indicator": {
            "code": of.code, "name": of.name, "unit": of.unit.value, "meaning": of.meaning, "formula": of.formula,
            "reading": of.reading, "timing": of.timing.value,
        },
        "scope": place, "period": {"first": table.total.period.first, "last": table.total.period.last},
        "as_of": table.total.as_of, "read_at": table.total.read_at, "total": _plain(table.total),
        "lines": [{"key": line.key, "label": line.label, **_plain(line.number)} for line in table.lines],
    }


def _plain(number: Number) -> dict[str, Any]:
    return {
        "value": exact(number) or None, "numerator": number.numerator, "denominator": number.denominator,
        "unstated": number.unstated, "unknown": number.unknown or None,
    }
