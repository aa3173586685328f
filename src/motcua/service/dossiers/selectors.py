"""Reads of dossiers. Each has a query budget in `tests/test_queries.py`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Prefetch, Q, QuerySet, Subquery

from motcua.foundation.core.crypto import blind_index
from motcua.foundation.core.models import LedgerEvent, LedgerHead
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import Ref, ref, split
from motcua.foundation.core.search.store import visible
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import Officer
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family, has_ended, name_now
from motcua.service.dossiers.models import OPEN, Attachment, ClockEvent, Dossier, HandOver, Letter
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting import record
from motcua.service.dossiers.types import State
from motcua.service.procedures.models import ProcedurePaper, Step

PAGE = 25
LIST_ROWS = ("version_of__procedure", "at_agency", "at_step", "at_account")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list and the key from which the next one goes on, or None at the end. There is no total."""

    rows: list[Dossier]
    after: str | None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a queue is narrowed to: my own part, a step, a person."""

    mine: bool = False
    step: int | None = None
    person: int | None = None


def readable(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers an actor may know of, with what a line of a list shows."""
    return DOSSIERS.rows(actor, "dossier.read", Dossier.objects.all()).select_related(*LIST_ROWS)


def queue(officer: Officer, *, after: str = "", size: int = PAGE, narrowed: Narrowed | None = None) -> Page:
    """Return a page of what the officer's agency holds open, the most urgent first (1 query, 2 at the dated rows' end).

    Ordered by due date and key, from one partial index; dossiers without a due date stand at the end.
    """
    rows = _narrow(Dossier.objects.filter(OPEN, at_agency=_desk(officer)), officer, narrowed or Narrowed())
    return paged(rows.select_related(*LIST_ROWS), after=after, size=size)


def _desk(officer: Officer) -> int:
    """Return the agency whose work the officer sees, or a key that none has: administering accounts shows no work."""
    return officer.agency_id if officer.agency_id in officer.works_at else 0


def _narrow(rows: QuerySet[Dossier], officer: Officer, to: Narrowed) -> QuerySet[Dossier]:
    if to.mine:
        roles = [role.value for role in officer.here]
        waiting = Q(at_account__isnull=True) & (Q(at_step__isnull=True) | Q(at_step__role__in=roles))
        rows = rows.filter(Q(at_account=officer.account_id) | waiting)
    if to.step is not None:
        rows = rows.filter(at_step=to.step)
    return rows.filter(at_account=to.person) if to.person is not None else rows


def paged(rows: QuerySet[Dossier], *, after: str = "", size: int = PAGE) -> Page:
    """Return a page of any dossiers by due date and key, those without a due date at the end."""
    found: list[Dossier] = []
    ended = _parse(after)
    due, key = ended or (None, 0)
    if ended is None or due is not None:
        dated = rows.filter(due_at__isnull=False).order_by("due_at", "id")
        if due is not None:
            dated = dated.filter(due_at__gte=due).exclude(due_at=due, id__lte=key)
        found = list(dated[: size + 1])
    if len(found) <= size:
        undated = rows.filter(due_at__isnull=True, id__gt=0 if due else key).order_by("id")
        found += list(undated[: size + 1 - len(found)])
    return Page(found[:size], _key(found[size - 1]) if len(found) > size else None)


def _key(dossier: Dossier) -> str:
    return f"{dossier.due_at.isoformat() if dossier.due_at else ''}~{dossier.pk}"


def _parse(after: str) -> tuple[datetime | None, int] | None:
    """Return due date and key of where a page ended; None at the beginning, where nonsense leads too."""
    due, tilde, key = after.partition("~")
    try:
        # To UTC here, where a day at the edge of all calendars fails, and not in the database's adapter.
        return (datetime.fromisoformat(due).astimezone(UTC) if due else None, int(key)) if tilde else None
    except (ValueError, OverflowError):
        return None


def given_away(officer: Officer, size: int = 10) -> list[Dossier]:
    """Return what the officer handed over and nobody has accepted yet, the oldest first (1 query)."""
    rows = HandOver.objects.filter(giver=officer.account_id, accepted_at__isnull=True, declined_at__isnull=True)
    wanted = rows.select_related(*(f"dossier__{name}" for name in LIST_ROWS)).order_by("id")
    return [row.dossier for row in wanted[:size]]


def moved_on(officer: Officer) -> str:
    """Return what has become of the officer's agency where it has ended, or nothing (1 query, 2 where it ended)."""
    agency = Agency.objects.filter(pk=officer.agency_id).first()
    return name_now(agency) if agency is not None and has_ended(agency) else ""


def ready(officer: Officer, *, after: str = "") -> Page:
    """Return results that lie at the officer's counter and wait for their people (2 or 3 queries)."""
    rows = Dossier.objects.filter(state=State.FINISHED, receiving__in=family(_desk(officer)))
    return paged(rows.select_related(*LIST_ROWS), after=after)


def choices(officer: Officer) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the steps and the people among what the agency holds open, for narrowing the queue (2 queries)."""
    rows = Dossier.objects.filter(OPEN, at_agency=_desk(officer))
    steps = rows.filter(at_step__isnull=False).values_list("at_step", "at_step__name").distinct()
    people = rows.filter(at_account__isnull=False).values_list("at_account", "at_account__full_name").distinct()
    return sorted(steps, key=lambda one: one[1]), sorted(people, key=lambda one: one[1].split()[-1:])  # by given name


_CODE = re.compile(r"[A-Z0-9.]+-\d{6}-\d+")


def search(actor: Actor, text: str, size: int = PAGE) -> list[Dossier]:
    """Return the readable dossiers with this code, identity number, telephone or name, the newest first.

    Numbers are looked for exactly, by their blind index (1 query); a name by the beginnings of its words, marks or not
    (2 queries for a word, more where little of what is found may be seen).
    """
    plain = re.sub(r"[\s.\-]", "", text)
    rows = readable(actor)
    if _CODE.fullmatch(text.strip().upper()):
        rows = rows.filter(code=text.strip().upper())
    elif plain.isdigit():
        rows = rows.filter(Q(identity_index=blind_index("identity", text)) | Q(phone_index=blind_index("phone", text)))
    else:
        found = visible(text, Dossier.kind, lambda refs: _readable_among(actor, refs), size=size)
        rows = rows.filter(public_id__in=[split(one)[1] for one in found.refs])
    return list(rows.order_by("-received_at", "-id")[:size])


def _readable_among(actor: Actor, refs: Collection[Ref]) -> list[Ref]:
    """Return those of the references that the actor may read (1 query)."""
    wanted = Dossier.objects.filter(public_id__in=[split(one)[1] for one in refs])
    readable_ids = DOSSIERS.rows(actor, "dossier.read", wanted).values_list("public_id", flat=True)
    return [ref(Dossier.kind, public_id) for public_id in readable_ids]


def full() -> QuerySet[Dossier]:
    """Return dossiers with everything their page shows, apart from the ledger (8 queries)."""
    events = ClockEvent.objects.select_related("agency", "step", "account", "note")
    hand_overs = HandOver.objects.select_related(
        "from_agency", "from_step", "giver", "to_agency", "to_step", "receiver", "note", "reason"
    )
    return Dossier.objects.select_related(
        "version_of__procedure", "receiving", "competent", "at_agency", "at_step", "at_account", "process"
    ).prefetch_related(
        Prefetch("clock", events), Prefetch("hand_overs", hand_overs), "papers", "step_times", "version_of__papers",
        Prefetch("attachments", Attachment.objects.select_related("file", "account", "detached_by", "detach_reason")),
        Prefetch("letters", Letter.objects.select_related("account").annotate(asked_for=Count("items"))),
    )


def letters() -> QuerySet[Letter]:
    """Return letters with everything their paper says (2 queries)."""
    return Letter.objects.select_related(
        "dossier__version_of", "dossier__receiving", "dossier__at_step", "agency", "account", "reason", "event__note",
        "version_of",
    ).prefetch_related("items")


def refused_at(agency_id: int, size: int = 20) -> list[Letter]:
    """Return the latest refusals at an agency's counter, those without a dossier (1 query)."""
    rows = Letter.objects.filter(agency=agency_id, dossier__isnull=True).select_related("account", "version_of")
    return list(rows.order_by("-id")[:size])


def steps_of(dossier: Dossier) -> list[Step]:
    """Return the steps of the dossier's process in order (1 query, none without a process)."""
    return list(Step.objects.filter(process=dossier.process_id)) if dossier.process_id else []


def asked_papers(dossier: Dossier) -> list[ProcedurePaper]:
    """Return the papers that the published list asks for in the dossier's case (2 queries, none on one of `full`)."""
    rows = [paper for paper in dossier.version_of.papers.all() if paper.must_submit]
    return [paper for paper in rows if paper.case in {"", dossier.case} and not paper.is_note]


def missing_papers(dossier: Dossier, asked: Iterable[ProcedurePaper] | None = None) -> list[ProcedurePaper]:
    """Return the asked papers that came neither on paper nor as a file (4 queries, none on one of `full`)."""
    came = {paper.of_id for paper in dossier.papers.all()}
    came |= {file.asked_id for file in dossier.attachments.all() if file.detached_at is None}
    return [paper for paper in (asked_papers(dossier) if asked is None else asked) if paper.pk not in came]


@dataclass(frozen=True, slots=True)
class Chain:
    """A dossier's ledger: its events in order, up to which one they are sealed, and what references are called."""

    events: Sequence[LedgerEvent]
    sealed: int
    names: Mapping[str, str]

    @property
    def words(self) -> str:
        """Return the state of the seal in words."""
        if not self.events:
            return "chưa có sự kiện"
        if self.sealed >= self.events[-1].sequence:
            return "đã niêm phong"
        return f"đã niêm phong {self.sealed}/{self.events[-1].sequence}" if self.sealed else "chưa niêm phong"


def chain_of(dossier: Dossier, known: Mapping[Ref, str] | None = None) -> Chain:
    """Return the dossier's ledger (3 queries, 1 where all it speaks of is called something already)."""
    head = LedgerHead.objects.filter(subject=dossier.ref).values("sealed_sequence")
    events = list(LedgerEvent.objects.filter(subject=dossier.ref).annotate(sealed=Subquery(head)).order_by("sequence"))
    names = {str(reference): name for reference, name in (known or {}).items()}
    return Chain(
        events, events[-1].sealed if events else 0, {**names, **names_of(record.named(events) - (known or {}).keys())}
    )


def names_of(references: set[Ref]) -> Mapping[str, str]:
    """Return what accounts and agencies are called, by reference (2 queries)."""
    ids: dict[str, list[str]] = {}
    for reference in references:
        kind, public_id = split(reference)
        ids.setdefault(kind, []).append(public_id)
    people = Account.objects.filter(public_id__in=ids.get("account", [])).only("public_id", "full_name")
    agencies = Agency.objects.filter(public_id__in=ids.get("agency", [])).only("public_id", "name")
    names: dict[str, str] = {row.ref: row.full_name for row in people}
    return names | {row.ref: row.name for row in agencies}
