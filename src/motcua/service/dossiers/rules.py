"""Pure rules of a dossier's way: what may follow what, who held it when, where the clock stood still."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from motcua.foundation.calendar.types import Pause, PausePolicy
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.types import Given, Happening, Holder, Moment, Span, State, Stay

# Which verb may be done in which state; every door goes through `check`.
MAY: dict[str, frozenset[State]] = {
    "dossier.hand_over": frozenset({State.RECEIVED, State.IN_PROCESS}),
    "dossier.accept": frozenset({State.RECEIVED, State.IN_PROCESS}),
    "dossier.decline": frozenset({State.RECEIVED, State.IN_PROCESS}),
    "dossier.suspend": frozenset({State.RECEIVED, State.IN_PROCESS}),
    "dossier.resume": frozenset({State.SUSPENDED}),
    "dossier.finish": frozenset({State.RECEIVED, State.IN_PROCESS}),
    "dossier.return": frozenset({State.FINISHED}),
    "dossier.apologise": frozenset({State.RECEIVED, State.IN_PROCESS}),
    "dossier.withdraw": frozenset({State.RECEIVED, State.IN_PROCESS, State.SUSPENDED}),
    "dossier.stop": frozenset({State.RECEIVED, State.IN_PROCESS, State.SUSPENDED}),
}
ENDINGS = frozenset({Happening.FINISH, Happening.WITHDRAW, Happening.STOP})


def follows(verb: str, state: State, *, awaited: bool) -> bool:
    """Return whether the verb may follow: what `check` would raise nothing for."""
    try:
        check(verb, state, awaited=awaited)
    except NotNow:
        return False
    return True


def check(verb: str, state: State, *, awaited: bool) -> None:
    """Raise NotNow unless the verb may follow. An awaited dossier must first be accepted or declined."""
    if state not in MAY[verb]:
        raise NotNow(f"Hồ sơ đang ở tình trạng “{state.label}”, nên chưa làm được việc này. Chưa có gì thay đổi.")
    answers = verb in {"dossier.accept", "dossier.decline"}
    if answers and not awaited:
        raise NotNow("Hồ sơ này đã được nhận rồi, không cần nhận lại.")
    if awaited and not answers and verb not in {"dossier.withdraw", "dossier.stop"}:
        raise NotNow("Hồ sơ đang chờ bên nhận xác nhận. Hãy bấm Nhận hồ sơ trước, rồi làm tiếp.")


def spans(moments: Sequence[Moment]) -> tuple[Span, ...]:
    """Return who held the dossier when, without gap or overlap: one holder at every moment.

    The last span is open while the office still owes a result; finishing, withdrawing or stopping ends it.
    """
    found: list[Span] = []
    for this, following in zip(moments, [*moments[1:], None], strict=True):
        if this.what in ENDINGS or this.what is Happening.RETURN:
            break
        counts = this.policy is None or this.policy is PausePolicy.NO_STOP
        found.append(Span(this.holder, this.holder_key, this.at, following.at if following else None, counts))
    return tuple(found)


def pauses(moments: Iterable[Moment]) -> tuple[Pause, ...]:
    """Return the suspensions as the clock reads them. Only going on ends one: who withdraws lets no clock run on."""
    found: list[Pause] = []
    open_since: Moment | None = None
    for moment in moments:
        if moment.what is Happening.SUSPEND:
            open_since = moment
        elif open_since is not None and moment.what is Happening.RESUME:
            found.append(_pause(open_since, moment))
            open_since = None
    if open_since is not None:
        found.append(_pause(open_since, None))
    return tuple(found)


def _pause(began: Moment, ended: Moment | None) -> Pause:
    assert began.policy is not None
    return Pause(began=began.at, ended=ended.at if ended else None, policy=began.policy)


def stays(received_at: datetime, given: Iterable[Given], ended: datetime | None = None) -> tuple[Stay, ...]:
    """Return the stay at the first step and that of each hand-over, in their order (ADR 10).

    What is declined goes on where it came from. `ended` is when the present step was, or is now, left for good.
    """
    found, here = [Stay(0, received_at)], 0
    for number, row in enumerate(given, 1):
        if row.is_declined:
            back = max(row.at, row.answered or row.at)
            found.append(Stay(number, row.at, back, is_declined=True))
            away = Pause(row.at, back, PausePolicy.RESUME)
            found[here] = replace(found[here], away=(*found[here].away, away))
        else:
            found[here] = replace(found[here], left=row.at)
            found.append(Stay(number, row.at))
            here = number
    if ended is not None:
        found[here] = replace(found[here], left=ended)
    return tuple(found)


def present(found: Sequence[Stay]) -> Stay:
    """Return the stay that goes on, or was the last: a declined one never was."""
    return next(stay for stay in reversed(found) if not stay.is_declined)


def stay_numbers(moments: Sequence[Moment], given: Sequence[Given]) -> list[int]:
    """Return into which stay's time each clock event falls, by the stay's number, up to the end of processing.

    HOLD is by turns a giving and its answer, for what waits for an answer is given to nobody else. Instants would not
    tell: what was received and handed on in one minute stands there with the same one.
    """
    found: list[int] = []
    here = before = passed = 0
    is_awaited = False
    for moment in moments:
        if moment.what in ENDINGS:
            break
        if moment.what is Happening.HOLD:
            if not is_awaited:
                passed += 1
                before, here = here, passed
            elif given[here - 1 : here] and given[here - 1].is_declined:
                here = before
            is_awaited = not is_awaited
        found.append(here)
    return found


def pauses_of(stay: Stay, suspensions: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return in which times the clock of a step stood: while the dossier's did, and while the step did not have it."""
    own = (one for one in suspensions if stay.began <= one.began and (stay.left is None or one.began <= stay.left))
    return (*stay.away, *own)


def holder_of_step(is_counter: bool) -> Holder:
    """Return how a step holds a dossier: the counter is named apart from the desks behind it."""
    return Holder.COUNTER if is_counter else Holder.STEP
