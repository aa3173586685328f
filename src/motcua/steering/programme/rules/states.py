"""How an occurrence stands on a day: a pure function of its term and its dated facts.

The owner's clock runs from the opening; it stands still while central guidance is awaited and from the submission on,
for then UBND tỉnh holds the matter. The due date moves by the days on which it stood still. Nobody is late by another's
time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from motcua.steering.programme.kinds import FactKind, Moment, ProductKind, Standing, State, Term

Agency = TypeVar("Agency")

#: What each fact makes of an occurrence; what resumes or returns gives it back to its owner.
_AFTER = {
    FactKind.WAITING: State.WAITING, FactKind.SUBMITTED: State.SUBMITTED, FactKind.ISSUED: State.ISSUED,
    FactKind.ACCEPTED: State.ACCEPTED, FactKind.DROPPED: State.DROPPED,
    FactKind.RESUMED: State.OPEN, FactKind.RETURNED: State.OPEN,
}  # fmt: skip
#: Worst first: what a row with several owners is said to be.
_WORST = (
    State.LATE, State.OPEN, State.NOT_DUE, State.WAITING, State.SUBMITTED, State.ISSUED, State.ACCEPTED, State.DROPPED,
)
DONE = frozenset({State.ISSUED, State.ACCEPTED, State.DROPPED})


def standing(term: Term, moments: Sequence[Moment], day: date) -> Standing:
    """Return how the occurrence stands at the end of a day. What is dated later has not happened yet."""
    happened = sorted((one for one in moments if one.on <= day), key=lambda one: one.on)
    held, since = _walk(term, happened)
    due = _moved(term, happened, day)
    if held is not State.OPEN:
        return Standing(held, since, due)
    if day < term.opens_on and not happened:
        return Standing(State.NOT_DUE, since, due)
    if due is not None and day > due:
        return Standing(State.LATE, max(since, due + timedelta(days=1)), due, (day - due).days)
    return Standing(State.OPEN, since, due)


def _walk(term: Term, happened: Sequence[Moment]) -> tuple[State, date]:
    """Return where the facts have brought it, and on which day the last of them did."""
    held, since = (State.WAITING if term.waits else State.OPEN), term.opens_on
    for moment in happened:
        after = _AFTER[moment.what]
        if after is not held:
            held, since = after, moment.on
        if held is State.DROPPED:
            break
    return held, since


def _moved(term: Term, happened: Sequence[Moment], day: date) -> date | None:
    """Return the due date moved by the days on which the owner did not hold it, counted up to the day."""
    if term.due_on is None:
        return None
    held = State.WAITING if term.waits else State.OPEN
    stopped_on, still = (term.opens_on if held is State.WAITING else None), 0
    for moment in happened:
        held = _AFTER[moment.what]
        if held is State.OPEN and stopped_on is not None:
            still += _days(stopped_on, moment.on, term)
            stopped_on = None
        elif held is not State.OPEN and stopped_on is None:
            stopped_on = moment.on
        if held is State.DROPPED:
            break
    if stopped_on is not None and held is State.WAITING:
        still += _days(stopped_on, day + timedelta(days=1), term)
    return term.due_on + timedelta(days=still)


def _days(start: date, end: date, term: Term) -> int:
    """Return the days from `start` up to, not including, `end`; before the opening no day counts."""
    return max(0, (end - max(start, term.opens_on)).days)


def submitted_late(term: Term, moments: Sequence[Moment], day: date) -> int:
    """Return by how many days the owner was late when he last handed in; 0 where he was in time or has not."""
    happened = sorted((one for one in moments if one.on <= day), key=lambda one: one.on)
    handed = [at for at, one in enumerate(happened) if one.what in {FactKind.SUBMITTED, FactKind.ISSUED}]
    if not handed:
        return 0
    # An issue that follows a submission is UBND tỉnh's doing; the owner's own day is the submission's.
    last = handed[-1]
    while last > 0 and happened[last].what is FactKind.ISSUED and happened[last - 1].what is FactKind.SUBMITTED:
        last -= 1
    due = _moved(term, happened[:last], happened[last].on)
    return max(0, (happened[last].on - due).days) if due else 0


def overall(states: Iterable[State]) -> State | None:
    """Return what several owners' shares together are: the one that is furthest from done. None without any."""
    held = set(states)
    return next((state for state in _WORST if state in held), None)


def accepter(leads: Collection[Agency], candidates: Sequence[Agency | None]) -> Agency | None:
    """Return who accepts a product: the first of the candidates that does not lead the row. Nobody accepts his own."""
    return next((one for one in candidates if one is not None and one not in leads), None)


_AT_OWNER = frozenset({State.NOT_DUE, State.OPEN, State.LATE})
#: From which states a fact may follow.
FOLLOWS = {
    FactKind.WAITING: _AT_OWNER,
    FactKind.RESUMED: frozenset({State.WAITING}),
    FactKind.SUBMITTED: _AT_OWNER,
    FactKind.RETURNED: frozenset({State.SUBMITTED, State.ISSUED}),
    FactKind.ISSUED: _AT_OWNER | {State.SUBMITTED},
    FactKind.ACCEPTED: frozenset({State.SUBMITTED, State.ISSUED}),
    FactKind.DROPPED: frozenset(State) - {State.ACCEPTED, State.DROPPED},
}


def follows(what: FactKind, state: State, product: ProductKind | None) -> bool:
    """Return whether the fact can follow. A document is accepted once it is issued; other products are not issued."""
    if what is FactKind.ISSUED and product is not None and product is not ProductKind.DOCUMENT:
        return False
    if what is FactKind.ACCEPTED and product in {None, ProductKind.DOCUMENT}:
        return state is State.ISSUED
    return state in FOLLOWS[what]
