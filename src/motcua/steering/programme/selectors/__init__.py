"""Reads of programmes. `lines` says how every row stands on a day; the others add money, links and history."""

from motcua.steering.programme.selectors.basic import (
    approved,
    find,
    places_of,
    programmes,
    suggested_places,
    waiting_difference,
)
from motcua.steering.programme.selectors.lines import DueNow, Line, Share, asked_of, line_of, lines

__all__ = [
    "DueNow", "Line", "Share", "approved", "asked_of", "find", "line_of", "lines", "places_of", "programmes",
    "suggested_places", "waiting_difference",
]
