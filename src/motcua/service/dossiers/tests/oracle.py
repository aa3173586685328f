"""What must be true of a dossier, worked out by a patient judge who shares no code with the verbs.

A `Case` is the judge's own note of one dossier. `answers` says what a verb must answer, `apply` what it must leave
behind; `due` walks the calendar minute by minute (`calendar/tests/naive.py`). `test_interleavings` compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from motcua.foundation.calendar import seed
from motcua.foundation.calendar.tests import naive
from motcua.foundation.calendar.types import Limit, PausePolicy, Readings, Unit, WeeklySessions
from motcua.foundation.identity.types import Officer
from motcua.service.procedures.models import Step

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LEADING = {"head", "deputy", "chairman", "vice-chairman"}
OPEN, MOVING = {"received", "in-process", "suspended"}, {"received", "in-process"}
STATES = {
    "hand_over": MOVING, "accept": MOVING, "decline": MOVING, "suspend": MOVING, "resume": {"suspended"},
    "finish": MOVING, "return_result": {"finished"}, "withdraw": OPEN, "stop": OPEN,
}
ANSWERING = {"accept", "decline"}
NAMES = {verb: "dossier." + {"return_result": "return"}.get(verb, verb) for verb in STATES}
ENDS = {"finish": "finished", "return_result": "returned", "withdraw": "withdrawn", "stop": "stopped"}
Suspension = tuple[datetime, datetime | None, PausePolicy]
Whose = tuple[int, WeeklySessions | None]
"""An agency, and its own weeks where it keeps any."""
MEANWHILE = {"supplement": "citizen", "payment": "payment", "verification": "other-agency"}


@dataclass(frozen=True)
class Noted:
    """A clock event as it must stand in the store."""

    what: str
    at: datetime
    holder: str
    agency: int
    step: int | None
    account: int | None
    policy: str = ""
    ground: str = ""


@dataclass
class Case:
    """The judge's note of one dossier."""

    pk: int
    ref: str
    receiving: int
    competent: int
    steps: list[Step]
    limit: Limit | None
    received_at: datetime
    agency: int
    step: Step | None
    account: int | None
    holder: str = "counter"
    state: str = "received"
    awaited: bool = False
    events: list[Noted] = field(default_factory=list)
    acts: list[tuple[str, str, datetime]] = field(default_factory=list)
    silent: list[tuple[int, tuple[str, str, datetime]]] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    giver: tuple[int, Step | None, int | None] | None = None
    finished_at: datetime | None = None
    verdict: str = ""

    def note(self, verb: str, what: str, by: Officer, at: datetime, *, policy: str = "", ground: str = "") -> None:
        """Note an event with the holder as he stands now."""
        step = self.step.pk if self.step else None
        self.events.append(Noted(what, at, self.holder, self.agency, step, self.account, policy, ground))
        self.acts.append((NAMES.get(verb, "dossier.receive"), by.ref, at))

    def said(self) -> list[tuple[str, str, datetime]]:
        """Return what the ledger must say: the acts, and between them what moved no clock, each behind so many acts."""
        found = list(self.acts)
        for number, (behind, act) in enumerate(self.silent):
            found.insert(behind + number, act)
        return found

    def pauses(self) -> list[Suspension]:
        """Return the suspensions with their ends: what follows is going on, or the end of all without a clock."""
        found: list[Suspension] = []
        for place, event in enumerate(self.events):
            if event.what == "suspend":
                # An office that is merged meanwhile waits on in another name.
                later = [one for one in self.events[place + 1 :] if one.what != "succeed"]
                after = [one for one in later[:1] if one.what == "resume"]
                found.append((cut(event.at), cut(after[0].at) if after else None, PausePolicy(event.policy)))
        return found


def cut(instant: datetime) -> datetime:
    """Return the local whole minute, without a zone, as the patient clerk reads it."""
    return instant.astimezone(HANOI).replace(second=0, microsecond=0, tzinfo=None)


def holds(officer: Officer, agency: int, *wanted: str) -> bool:
    held = {role.value for role in officer.roles.get(agency, ())}
    return bool(held & set(wanted)) if wanted else bool(held)


def may(case: Case, verb: str, officer: Officer) -> bool:
    """Say whether the officer may: the counter gives results back, leaders do all, the others what they hold."""
    at_counter = holds(officer, now(case.receiving), "reception")
    if verb == "return_result":
        return at_counter
    if (verb == "withdraw" and at_counter) or holds(officer, case.agency, *LEADING):
        return True
    if verb in {"withdraw", "stop"} or case.account not in {None, officer.account_id}:
        return False
    return holds(officer, case.agency, *([case.step.role] if case.step else []))


def target(case: Case, step: Step | None, agency: int | None) -> tuple[int, Step | None] | None:
    """Return where a hand-over leads, or None where it leads nowhere."""
    here = case.step.position if case.step else 0
    ahead = [one for one in case.steps if one.position > here]
    chosen = step or (ahead[0] if ahead else None)
    there: tuple[int, Step | None] | None
    if agency is not None and now(agency) != agency:
        return None
    if chosen is None:
        there = (agency, None) if agency is not None else None
    elif chosen.pk not in {one.pk for one in case.steps}:
        return None
    else:
        there = (agency or now(getattr(case, chosen.place)), chosen)
    return None if there == (case.agency, case.step) else there


def answers(case: Case, verb: str, officer: Officer, seen: int | None, **asked: object) -> set[str]:
    """Return the codes with which the verb may answer; `done` where it must be done."""
    if seen is not None and seen != case.versions[-1]:
        return {"conflict"}
    if not may(case, verb, officer):
        return {"denied"}
    wrong = set()
    if case.state not in STATES[verb] or (verb in ANSWERING and not case.awaited):
        wrong.add("not-now")
    if case.awaited and verb not in ANSWERING | {"withdraw", "stop"}:
        wrong.add("not-now")
    if "reason" in asked and not str(asked["reason"]).strip():
        wrong.add("invalid")
    if verb == "hand_over" and target(case, asked["to_step"], asked["to_agency"]) is None:  # type: ignore[arg-type]
        wrong |= {"invalid", "no-such-step"}
    return wrong or {"done"}


def apply(case: Case, verb: str, officer: Officer, at: datetime, **asked: object) -> None:
    """Note what the verb must have done."""
    policy = ground = ""
    what = {"return_result": "return", "hand_over": "hold", "accept": "hold", "decline": "hold"}.get(verb, verb)
    if verb == "hand_over":
        there = target(case, asked["to_step"], asked["to_agency"])  # type: ignore[arg-type]
        assert there is not None
        case.giver = (case.agency, case.step, officer.account_id)
        case.agency, case.step, case.account, case.awaited, case.state = *there, None, True, "in-process"
        case.holder = at_step(case.step)
    elif verb == "accept":
        case.account, case.awaited = officer.account_id, False
    elif verb == "decline":
        assert case.giver is not None
        giver, case.step, account = case.giver
        case.agency, case.account = now(giver), account if now(giver) == giver else None
        case.awaited, case.holder = False, at_step(case.step)
    elif verb == "suspend":
        policy, ground = str(asked["policy"]), str(asked["ground"])
        case.state, case.holder = "suspended", MEANWHILE[ground]
    elif verb == "resume":
        case.state, case.holder = "in-process", at_step(case.step)
    else:
        case.state = ENDS[verb]
        case.holder = "counter" if verb == "finish" else "nobody"
        case.agency, case.step, case.account, case.awaited = now(case.receiving), None, None, False
        if verb == "finish":
            case.finished_at = at
    case.note(verb, what, officer, at, policy=policy, ground=ground)
    if verb == "finish":
        case.verdict = judge(case)


def succeed(case: Case, ended: int, heir: int, by: str, at: datetime) -> bool:
    """Note that the heir goes on with an open case of the ended agency; say whether it had anything of it."""
    if case.state not in OPEN or ended not in {case.agency, case.competent}:
        return False
    if case.competent == ended:
        case.competent = heir
    act = "dossier.succeed", by, at
    if case.agency != ended:
        case.silent.append((len(case.acts), act))
        return True
    stopped = next(one for one in reversed(case.events) if one.what == "suspend") if case.state == "suspended" else None
    # Nobody of the ended agency works at the heir here: any colleague there takes it up.
    case.agency, case.account = heir, None
    case.events.append(Noted(
        "succeed", at, case.holder, heir, case.step.pk if case.step else None, None,
        stopped.policy if stopped else "", stopped.ground if stopped else "",
    ))
    case.acts.append(act)
    return True


def now(agency: int) -> int:
    """Return who is at work in the place of an agency: itself, unless it was merged."""
    return Mergers.heirs.get(agency, agency)


class Mergers:
    """Who took over whom in the example that runs."""

    heirs: Mapping[int, int] = {}


def at_step(step: Step | None) -> str:
    return "counter" if step is not None and step.role == "reception" else "step"


def judge(case: Case) -> str:
    """Judge by finishing: days by days, hours by the hour of the clock; without a limit nothing is said."""
    assert case.finished_at is not None
    if case.limit is None:
        return "undetermined"
    answer = due(case)
    if answer.ran_out:
        return "late"
    assert answer.due is not None
    return compare(cut(case.finished_at), answer.due, case.limit.unit)


def compare(done: datetime, due_at: datetime, unit: Unit) -> str:
    """Compare by the day, or by the hour of the clock."""
    grain = {"minute": 0} if unit is Unit.HOUR else {"hour": 0, "minute": 0}
    done, due_at = done.replace(**grain), due_at.replace(**grain)  # type: ignore[arg-type]
    return "early" if done < due_at else "late" if done > due_at else "on-time"


class Calendars:
    """Offices as the patient clerk knows them: the shared calendar, and the weeks of agencies that keep their own."""

    weeks: Mapping[int, WeeklySessions] = {}


@lru_cache(50)
def office(agency: int, own: WeeklySessions | None) -> naive.Office:
    weeks = [week for week in seed.read_weeks() if own is None or week.valid_from < own.valid_from]
    return naive.Office(seed.read_calendar(), weeks + ([own] if own else []), [])


@lru_cache(4000)
def walked(
    received: datetime, limit: Limit, at: Whose, pauses: tuple[Suspension, ...] = ()
) -> naive.Answer:
    return naive.due(received, limit, office(*at), list(pauses), Readings())


def due(case: Case, *, first: bool = False) -> naive.Answer:
    """Return when the case is due, or was due when it came. Raises naive.Beyond."""
    if case.limit is None:
        return naive.Answer(None, False)
    pauses = () if first else tuple(case.pauses())
    return walked(cut(case.received_at), case.limit, whose(case.receiving), pauses)


def step_due(step: Step, agency: int, given_at: datetime) -> datetime | None:
    """Return when a step that was given then is due."""
    return walked(cut(given_at), Limit(step.amount or Decimal(1), Unit(step.unit)), whose(agency)).due


def parts(case: Case) -> set[tuple[int, int, datetime]]:
    """Return who had each step from when on: the step that gave it, the agency, the instant; two where it passed on."""
    pile, given, found = [0], 0, dict[tuple[int, int], datetime]()
    for (verb, _, _), event in zip(case.acts, case.events, strict=True):
        if event.what in {"finish", "return", "withdraw", "stop"}:
            break
        if verb == "dossier.hand_over":
            given += 1
            pile.append(given)
        elif verb == "dossier.decline":
            pile.pop()
        found.setdefault((pile[-1], event.agency), event.at)
    return {(number, agency, at) for (number, agency), at in found.items()}


@dataclass
class Hand:
    """A step that has, or had, the case: which hand-over gave it (0: the receipt), and when its clock stood."""

    number: int
    agency: int
    step: Step | None
    began: datetime
    left: datetime | None = None
    stood: list[Suspension] = field(default_factory=list)


def hands(case: Case) -> list[Hand]:
    """Return the steps that had the case, by keeping it in a pile of hands: who declines takes his own away again."""
    first = case.events[0]
    pile = [Hand(0, first.agency, next((one for one in case.steps if one.pk == first.step), None), first.at)]
    given = 0
    for (verb, _, at), event in zip(case.acts, case.events, strict=True):
        top = pile[-1]
        if verb == "dossier.hand_over":
            given += 1
            top.left = at
            step = next((one for one in case.steps if one.pk == event.step), None)
            pile.append(Hand(given, event.agency, step, at))
        elif verb == "dossier.decline":
            pile.pop()
            assert pile[-1].left is not None
            pile[-1].stood.append((cut(pile[-1].left), cut(at), PausePolicy.RESUME))
            pile[-1].left = None
        elif verb == "dossier.suspend":
            top.stood.append((cut(at), None, PausePolicy(event.policy)))
        elif verb == "dossier.resume":
            top.stood[-1] = (top.stood[-1][0], cut(at), top.stood[-1][2])
        elif verb == "dossier.finish":
            top.left = at
    return pile


def step_time(hand: Hand) -> tuple[datetime | None, datetime | None, str]:
    """Return when a step was promised, when it was due after all pauses, and how it is judged."""
    if hand.left is None or hand.step is None:
        return None, None, ""
    limit = Limit(hand.step.amount or Decimal(1), Unit(hand.step.unit))
    answer = walked(cut(hand.began), limit, whose(hand.agency), tuple(hand.stood))
    assert answer.due is not None
    verdict = "late" if answer.ran_out else compare(cut(hand.left), answer.due, limit.unit)
    return step_due(hand.step, hand.agency, hand.began), answer.due, verdict


def whose(agency: int) -> Whose:
    return agency, Calendars.weeks.get(agency)


def holders(case: Case) -> list[tuple[str, datetime, datetime | None]]:
    """Return who held the case from when to when, up to the end of the office's duty."""
    found: list[tuple[str, datetime, datetime | None]] = []
    for this, after in zip(case.events, [*case.events[1:], None], strict=True):
        if this.what in {"finish", "withdraw", "stop", "return"}:
            break
        found.append((this.holder, this.at, after.at if after else None))
    return found
