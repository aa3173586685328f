"""What verbs append when a counted fact changes: rows for `act.put`, which go into the store beside the event."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.prepared import fresh
from motcua.foundation.indicators import windows
from motcua.foundation.indicators.models import Delta


def of(measure: str, *, agency: int, field: str, day: date, amount: int = 1, part: str = "") -> Delta:
    """Return a change of a kept sum on a local day. `amount` may be negative; the day may be past or to come."""
    return fresh(
        Delta, measure=measure, agency=agency, field=field, part=part, day=windows.number(day), amount=amount
    )
