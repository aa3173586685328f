"""Between the rows of a dossier and the pure clock: loads the events, asks the calendar, keeps the columns true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from motcua.foundation.calendar import rules as clock
from motcua.foundation.calendar.readings import readers
from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Due, Limit, Pause, PausePolicy, Unit
from motcua.foundation.core import time
from motcua.foundation.core.models import Note
from motcua.foundation.core.verbs import Act
from motcua.foundation.identity.types import Officer
from motcua.service.dossiers import rules
from motcua.service.dossiers.models import ClockEvent, Dossier
from motcua.service.dossiers.types import Happening, Holder, Moment
from motcua.service.procedures.models import Step


def limit_of(amount: Decimal | None, unit: str) -> Limit | None:
    """Return the limit of a row, or None where none is known: no due date is invented."""
    return Limit(amount, Unit(unit)) if amount is not None else None


def due_of(dossier: Dossier, moments: list[Moment]) -> Due:
    """Return what the clock says of these events under the dossier's limit: a date, stopped, or unknown."""
    return due_under(dossier, moments, working_time_for(dossier.receiving_id).time)


def due_under(dossier: Dossier, moments: list[Moment], working: clock.WorkingTime) -> Due:
    """Return what the clock says under a working time, read as the rule set of the day of receipt reads."""
    limit = limit_of(dossier.limit_amount, dossier.limit_unit)
    readings = readers().on(time.local_day(dossier.received_at))
    return clock.due(dossier.received_at, limit, working, rules.pauses(moments), readings)


def set_due(dossier: Dossier, moments: list[Moment]) -> None:
    """Keep the due date's columns as the events say, and remember the calendar they were read from.

    An open suspension leaves no date to be late against.
    """
    working = working_time_for(dossier.receiving_id)
    due = due_under(dossier, moments, working.time)
    dossier.calendar = working.version
    dossier.due_at, dossier.due_is_provisional, dossier.ran_out = due.due_at, due.provisional, due.ran_out


def step_due(step: Step | None, agency_id: int, at: datetime, pauses: Sequence[Pause] = ()) -> Due:
    """Return when a step that begins at an instant is due, read as on that day: unknown where it is given no time."""
    limit = limit_of(step.amount, step.unit) if step else None
    return clock.due(at, limit, working_time_for(agency_id).time, pauses, readers().on(time.local_day(at)))


def moments_of(dossier: Dossier) -> list[Moment]:
    """Return a dossier's clock events as the rules read them (1 query unless prefetched)."""
    return [
        Moment(
            what=Happening(event.what), at=event.at, holder=Holder(event.holder),
            holder_key=holder_key(event.agency_id, event.step_id),
            policy=PausePolicy(event.policy) if event.policy else None,
        )
        for event in dossier.clock.all()
    ]


def holder_key(agency_id: int, step_id: int | None) -> str:
    """Return the key under which a holder's time is summed: an agency and a step of the process."""
    return f"{agency_id}/{step_id or 0}"


def began_at(moments: Sequence[Moment], numbers: Sequence[int], stay: int) -> int:
    """Return the key of the agency where a stay began: its step is promised, and judged, by that one's calendar."""
    first = next((moment for moment, number in zip(moments, numbers, strict=False) if number == stay), moments[0])
    return int(first.holder_key.partition("/")[0])


def happen(
    act: Act, dossier: Dossier, what: Happening, *, policy: PausePolicy | None = None, ground: str = "",
    note: Note | None = None,
) -> ClockEvent:
    """Append an event that says who holds the dossier from now on, as the dossier's columns already say."""
    last = dossier.clock.order_by("-sequence").values_list("sequence", flat=True).first()
    return ClockEvent.objects.create(
        dossier=dossier, sequence=(last or 0) + 1, what=what, at=act.happened_at, holder=dossier.holder,
        agency_id=dossier.at_agency_id, step_id=dossier.at_step_id, account_id=dossier.at_account_id,
        policy=policy or "", ground=ground, note=note,
    )


def hold(
    dossier: Dossier, act: Act, *, holder: Holder, agency_id: int, step: Step | None = None,
    account_id: int | None = None, awaited: bool = False,
) -> None:
    """Set who holds the dossier from the moment of this act on."""
    dossier.holder, dossier.at_agency_id, dossier.at_step = holder, agency_id, step
    dossier.at_account_id, dossier.is_awaited, dossier.held_since = account_id, awaited, act.happened_at


def account_of(act: Act) -> int:
    """Return the account of the person who acts. Dossiers are moved by people."""
    assert isinstance(act.actor, Officer), "a dossier is moved by a person"
    return act.actor.account_id
