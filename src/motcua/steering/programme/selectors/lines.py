"""How every row of a programme stands on a day: its owners' shares, what falls due next, and how late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.organisations.models import Agency
from motcua.steering.programme import rules, storing
from motcua.steering.programme.kinds import FactKind, Moment, Part, Question, Standing, State
from motcua.steering.programme.models import Assignment, Fact, Occurrence, Programme, Task
from motcua.steering.programme.rules.states import DONE
from motcua.steering.programme.unfolding import frame_of, questions

#: What a row is said to be, when its occurrences stand differently: what wants somebody's hand comes first.
_FIRST = (
    State.LATE, State.OPEN, State.WAITING, State.SUBMITTED, State.ISSUED, State.NOT_DUE, State.ACCEPTED, State.DROPPED,
)


@dataclass(frozen=True, slots=True)
class Share:
    """One lead agency's part of an occurrence. Without an agency of the register only the printed name is known."""

    agency: Agency | None
    name: str
    standing: Standing
    facts: tuple[Fact, ...]
    handed_late: int = 0

    @property
    def last(self) -> Fact | None:
        return self.facts[-1] if self.facts else None


@dataclass(frozen=True, slots=True)
class DueNow:
    """One occurrence on a day: its shares, and what they are together."""

    occurrence: Occurrence
    shares: tuple[Share, ...]
    state: State
    due_on: date | None
    days_late: int

    @property
    def done(self) -> int:
        """How many shares are done."""
        return sum(share.standing.state in DONE for share in self.shares)

    def of(self, agencies: Iterable[int]) -> tuple[Share, ...]:
        """Return the shares of these agencies."""
        wanted = set(agencies)
        return tuple(share for share in self.shares if share.agency is not None and share.agency.pk in wanted)


@dataclass(frozen=True, slots=True)
class Line:
    """A row on a day. `now` is the occurrence that matters most; without any the row still has to be asked about."""

    task: Task
    leads: tuple[Assignment, ...]
    dues: tuple[DueNow, ...]
    questions: tuple[Question, ...]

    @property
    def now(self) -> DueNow | None:
        """The occurrence to look at first: the worst one, and of equals the earliest; of done ones the latest."""
        ranked = sorted(self.dues, key=lambda due: (_FIRST.index(due.state), due.due_on or date.max))
        if ranked and ranked[0].state in DONE:
            return max(self.dues, key=lambda due: due.due_on or date.min)
        return ranked[0] if ranked else None

    @property
    def state(self) -> State | None:
        now = self.now
        return now.state if now else None

    @property
    def lead_words(self) -> str:
        """Who leads, short: the first names, and how many more."""
        names = list(dict.fromkeys(one.agency.name if one.agency else one.name for one in self.leads))
        collective = list(dict.fromkeys(one.name for one in self.leads))
        if len(names) <= 2:
            return "; ".join(names)
        return "; ".join(collective) if len(collective) <= 3 else f"{names[0]} và {len(names) - 1} cơ quan"

    def is_led_by(self, agencies: Iterable[int]) -> bool:
        """Return whether one of these agencies leads."""
        wanted = set(agencies)
        return any(one.agency_id in wanted for one in self.leads)


def lines(
    programme: Programme, day: date, tasks: Sequence[Task] | None = None, *, full: bool = False
) -> list[Line]:
    """Return how the rows stand on a day, in the order of the document (4 queries; 3 where the rows are given).

    `full` reads the words and files of the facts as well.
    """
    rows = list(programme.tasks.select_related("group")) if tasks is None else list(tasks)
    leads: dict[int, list[Assignment]] = defaultdict(list)
    led = Assignment.objects.filter(task__in=rows, part=Part.LEAD).select_related("agency")
    for one in led.order_by("position", "pk"):
        leads[one.task_id].append(one)
    dues: dict[int, list[Occurrence]] = defaultdict(list)
    facts: dict[int, list[Fact]] = defaultdict(list)
    by_key = {task.pk: task for task in rows}
    for row in Occurrence.objects.filter(task__in=rows).order_by("year", "pk"):
        row.task = by_key[row.task_id]
        dues[row.task_id].append(row)
    known = Fact.objects.filter(occurrence__task__in=rows).select_related("to", "agency")
    for fact in known.select_related("note").prefetch_related("evidence__file") if full else known:
        facts[fact.occurrence_id].append(fact)
    asked = asked_of(programme, rows, leads, dues)
    return [
        Line(
            task, tuple(leads[task.pk]),
            tuple(_due(row, leads[task.pk], facts[row.pk], day) for row in dues[task.pk]), asked[task.pk],
        )
        for task in rows
    ]


def line_of(task: Task, day: date) -> Line:
    """Return how one row stands on a day, with the words and files of its facts (5 queries at most)."""
    return lines(task.programme, day, [task], full=True)[0]


def asked_of(
    programme: Programme, tasks: Iterable[Task], leads: dict[int, list[Assignment]], dues: dict[int, list[Occurrence]]
) -> dict[int, tuple[Question, ...]]:
    """Return what has to be asked of each row before all of it can fall due."""
    if programme.issued_on is None or not programme.years:
        return defaultdict(tuple)
    frame, answers = frame_of(programme), storing.answers_of(programme.answers)
    found: dict[int, tuple[Question, ...]] = {}
    for task in tasks:
        has_lead = any(one.agency_id for one in leads[task.pk])
        years = {row.year for row in dues[task.pk]}
        found[task.pk] = () if task.ended_on else questions(task, frame, answers, years, has_lead=has_lead)
    return found


def _due(row: Occurrence, leads: Sequence[Assignment], facts: Sequence[Fact], day: date) -> DueNow:
    """Return an occurrence with its shares. Owners to whom nothing of their own happened stand alike: reckoned once."""
    known = tuple(fact for fact in facts if fact.on <= day)
    common = tuple(fact for fact in known if fact.agency_id is None)
    own = {fact.agency_id for fact in known} - {None}
    plain = _share(row, None, "", common, day)
    owners = [one for one in leads if one.agency_id is not None]
    shares = []
    for one in owners or list(leads[:1]):
        if one.agency_id in own:
            mine = tuple(fact for fact in known if fact.agency_id in {None, one.agency_id})
            shares.append(_share(row, one.agency, one.name, mine, day))
        else:
            shares.append(Share(one.agency, one.name, plain.standing, common, plain.handed_late))
    shares = shares or [plain]
    state = rules.overall(share.standing.state for share in shares) or plain.standing.state
    worst = max((share.standing.days_late for share in shares), default=0)
    return DueNow(row, tuple(shares), state, _due_day(shares, state), worst)


def _due_day(shares: Sequence[Share], state: State) -> date | None:
    days = [share.standing.due_on for share in shares if share.standing.state is state and share.standing.due_on]
    return min(days) if days else None


def _share(row: Occurrence, agency: Agency | None, name: str, facts: tuple[Fact, ...], day: date) -> Share:
    moments = [Moment(fact.on, FactKind(fact.what)) for fact in facts]
    late = rules.submitted_late(row.term, moments, day)
    return Share(agency, name, rules.standing(row.term, moments, day), facts, late)
