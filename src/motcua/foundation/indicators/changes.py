"""What verbs append when a counted fact changes: rows for `act.put`, which go into the store beside the event."""

from __future__ import annotations

from datetime import date

from motcua.foundation.core.prepared import fresh
from motcua.foundation.indicators import registry, windows
from motcua.foundation.indicators.models import Delta, FoldLock

STALE = "stale:"
"""Before a source's code: the name of the mark that its sums must be built anew."""


def of(measure: str, *, agency: int, field: str, day: date, amount: int = 1, part: str = "") -> Delta:
    """Return a change of a kept sum on a local day. `amount` may be negative; the day may be past or to come."""
    return fresh(
        Delta, measure=measure, agency=agency, field=field, part=part, day=windows.number(day), amount=amount
    )


def lines_moved() -> None:
    """Say that rows counted long ago belong to another line now: a procedure's field was corrected.

    The folder builds the sums anew within a minute of the commit; until then past numbers stand under the old line.
    """
    for source in registry.sources():
        FoldLock.objects.get_or_create(source=STALE + source.code)
