"""How a unit's report is headed and signed: its names on paper, the symbol of its numbers, the form of its signature.

Legal basis: Decree 30/2020/NĐ-CP, article 13 (signing) and annex I (layout).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.foundation.identity import selectors as accounts
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Role
from motcua.foundation.organisations.models import Agency, AgencyState
from motcua.foundation.organisations.selectors import register_day
from motcua.steering.reports.regimes import titles

COMMITTEE = "Ủy ban nhân dân"
_UBND = re.compile(r"^(?:UBND|Ủy ban nhân dân)\s+", re.IGNORECASE)
_KIND = re.compile(r"^(?:xã|phường|thị trấn|huyện|thị xã|quận|thành phố|tỉnh)\s+", re.IGNORECASE)
COLLECTIVE = frozenset({"province", "district", "commune"})


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands around a report: the lines over it, where it is dated, its symbol, and how it is signed."""

    heading: tuple[tuple[str, bool], ...]
    """Lines at the left of the top, each with whether it is bold; a rule stands under the last."""
    place: str
    symbol: str
    lines: tuple[str, ...]

    def kept(self, name: str) -> dict[str, Any]:
        """Return it as a version keeps it, with the signer's name."""
        return {
            "heading": [list(line) for line in self.heading], "place": self.place, "lines": list(self.lines),
            "name": name,
        }


def seal_of(unit: Agency, signer: Account, day: date) -> Seal | None:
    """Return how a person signs the unit's report on a day, or None where he may not (6 queries)."""
    state, above = standing(unit)
    is_collective = state.kind in COLLECTIVE
    head = Role.CHAIRMAN if is_collective else Role.HEAD
    form = accounts.signing(signer, unit, head, day, collective=is_collective)
    if form is None:
        return None
    head_title, deputy = titles().get(state.form, ("Thủ trưởng", "Phó Thủ trưởng"))
    own = signer.title if form.mark and form.mark.value != "KT." and signer.title else deputy
    place = place_of(state, above)
    return Seal(
        heading_of(state, above), place, symbol_of(unit, state), form.lines(COMMITTEE, head_title, own),
    )


def standing(unit: Agency) -> tuple[AgencyState, AgencyState | None]:
    """Return what the unit is on the register's day, and what stands above it (2 queries)."""
    day = register_day()
    state = unit.states.on(day).first() or unit.states.order_by("-valid_from")[0]
    above = AgencyState.objects.on(day).filter(agency=state.parent_id).first() if state.parent_id else None
    return state, above


def unsigned(unit: Agency) -> Mapping[str, Any]:
    """Return heading and place for a draft, which nobody has signed (2 queries)."""
    state, above = standing(unit)
    return Seal(heading_of(state, above), place_of(state, above), symbol_of(unit, state), ()).kept("")


def heading_of(state: AgencyState, above: AgencyState | None) -> tuple[tuple[str, bool], ...]:
    """Return the lines at the left of the top: a committee stands alone, a department under its committee."""
    if state.kind in COLLECTIVE:
        return ((COMMITTEE.upper(), True), (_named(state).upper(), True))
    over = ((f"{COMMITTEE} {_named(above)}".upper(), False),) if above else ()
    return (*over, (_titled(state).upper(), True))


def _titled(state: AgencyState) -> str:
    return state.title or state.name


def _named(state: AgencyState) -> str:
    """Return a territory's own name with the word for its kind: “tỉnh Bắc Kạn”."""
    return _UBND.sub("", state.name)


def place_of(state: AgencyState, above: AgencyState | None) -> str:
    """Return the place to date from: the territory's name without the word for its kind."""
    of = state if state.kind in COLLECTIVE else above
    return _KIND.sub("", _named(of)) if of else ""


def symbol_of(unit: Agency, state: AgencyState) -> str:
    """Return the letters in the unit's numbers: UBND; those at the end of a department's code; else its initials.

    Sở Tư pháp is STP, Sở Kế hoạch và Đầu tư SKHĐT: the words of its name but “và” (Decree 30/2020/NĐ-CP, annex III).
    """
    if state.kind in COLLECTIVE:
        return "UBND"
    letters = unit.code.rpartition("-")[2]
    if letters.isalpha():
        return letters
    return "".join(word[0] for word in re.findall(r"[^\W\d]+", _titled(state)) if word.lower() != "và").upper()
