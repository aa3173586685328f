"""What the last comparison of kept sums with the rows said, for whoever shows a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Subquery

from motcua.foundation.indicators.models import Comparison
from motcua.foundation.indicators.types import Disagreement, Indicator


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest comparison of each source."""

    latest: dict[str, Comparison] = field(default_factory=dict)

    def of(self, indicator: Indicator) -> tuple[datetime | None, Disagreement | None]:
        """Return when a number's sums were compared, and what differed of its measures."""
        sides = [side for side in (indicator.numerator, indicator.denominator) if side is not None]
        row = next((self.latest[side.source.code] for side in sides if side.source.code in self.latest), None)
        if row is None:
            return None, None
        found = [row.measures[name] for side in sides for name in side.source.made_of(side.code) & row.measures.keys()]
        if not found:
            return row.at, None
        return row.at, Disagreement(sum(one[0] for one in found), sum(one[1] for one in found), row.at)


def standing() -> Standing:
    """Return the latest comparisons (1 query)."""
    last = Comparison.objects.filter(source=OuterRef("source")).order_by("-at", "-id").values("id")[:1]
    return Standing({row.source: row for row in Comparison.objects.filter(id=Subquery(last)).defer("found")})
