"""The same rules, written a second time in the most plodding way: day by day, with no formula at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from motcua.steering.programme.kinds import FactKind, Moment, State, Term

OWNER = {FactKind.RESUMED, FactKind.RETURNED}


def holder_at_end_of(day: date, moments: Sequence[Moment], *, waits: bool) -> str:
    """Return who holds it when the day closes: owner, waiting, submitted, issued, accepted or dropped."""
    held = "waiting" if waits else "owner"
    for at in range(len(moments)):
        moment = moments[at]
        if moment.on > day:
            continue
        if held == "dropped":
            break
        held = "owner" if moment.what in OWNER else moment.what.value
    return held


def state_on(day: date, term: Term, moments: Sequence[Moment]) -> State:
    """Return the state at the close of a day, counting each day that the owner held it against his allowance."""
    moments = sorted(moments, key=lambda one: one.on)
    held = holder_at_end_of(day, moments, waits=term.waits)
    if held != "owner":
        return State(held)
    if day < term.opens_on and not any(one.on <= day for one in moments):
        return State.NOT_DUE
    if term.due_on is None:
        return State.OPEN
    allowance, used = 0, 0
    cursor = term.opens_on
    while cursor <= term.due_on:
        allowance += 1
        cursor += timedelta(days=1)
    cursor = term.opens_on
    while cursor <= day:
        used += holder_at_end_of(cursor, moments, waits=term.waits) == "owner"
        cursor += timedelta(days=1)
    return State.LATE if used > allowance else State.OPEN


def occurrences(recurrence: str, years: tuple[int, int], decided: date, month: int, day: int | None, *, before: bool
                ) -> list[tuple[int, date]]:  # fmt: skip
    """Return year and last day of every time a row of each year falls due, by walking through all days."""
    found: list[tuple[int, date]] = []
    cursor, last = date(years[0], 1, 1), date(years[1], 12, 31)
    while cursor <= last:
        following = cursor + timedelta(days=1)
        if before:
            is_last = (following.month, following.day) == (month, day or 1)
        elif day is None:
            is_last = cursor.month == month and following.month != month
        else:
            is_last = (cursor.month, cursor.day) == (month, day)
        # “Before 1 January” belongs to the year whose January is meant.
        year = following.year if before else cursor.year
        if is_last and cursor >= decided and year <= years[1]:
            found.append((year, cursor))
        cursor = following
    return found
