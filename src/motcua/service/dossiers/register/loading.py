"""Reading the register: totals in two queries, lines page by page, at most four queries each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motcua.foundation.calendar.types import Verdict
from motcua.foundation.core.models import LedgerEvent
from motcua.foundation.core.refs import Ref, split
from motcua.foundation.core.time import at_local, local
from motcua.foundation.identity.models import Account
from motcua.service.dossiers.models import OPEN, ClockEvent, Dossier
from motcua.service.dossiers.register.types import Entry, Range, Total
from motcua.service.dossiers.types import Happening, State

PAGE = 500
_ENDINGS = (Happening.WITHDRAW, Happening.STOP)


def rows(agency_id: int, of: Range) -> QuerySet[Dossier]:
    """Return the dossiers that a counter received in the range, by one index."""
    begins, ends = at_local(of.first, time.min), at_local(of.last + timedelta(days=1), time.min)
    return Dossier.objects.filter(receiving=agency_id, received_at__gte=begins, received_at__lt=ends)


def total(agency_id: int, of: Range) -> Total:
    """Return the numbers of the closing line (2 queries)."""
    ended = Q(state__in=[State.WITHDRAWN, State.STOPPED])
    found = rows(agency_id, of).aggregate(
        received=Count("pk"), returned=Count("pk", filter=Q(state=State.RETURNED)),
        waiting=Count("pk", filter=Q(state=State.FINISHED)), open=Count("pk", filter=OPEN),
        ended=Count("pk", filter=ended),
    )
    return Total(**found, carried_over=_carried_over(agency_id, at_local(of.first, time.min)))


def _carried_over(agency_id: int, begins: datetime) -> int:
    """Count what was received before the range and still had no result when it began."""
    over = ClockEvent.objects.filter(dossier=OuterRef("pk"), what__in=_ENDINGS, at__lt=begins)
    before = Dossier.objects.filter(receiving=agency_id, received_at__lt=begins)
    unfinished = before.filter(Q(finished_at__isnull=True) | Q(finished_at__gte=begins))
    return unfinished.exclude(Exists(over)).count()


def pages(agency_id: int, of: Range, size: int = PAGE) -> Iterator[tuple[Sequence[Dossier], list[Entry]]]:
    """Yield the register in the order of receipt, page by page: the rows and their lines (4 queries a page)."""
    among = rows(agency_id, of).select_related("version_of").order_by("received_at", "pk")
    after: tuple[datetime, int] | None = None
    number = 0
    while True:
        page = among
        if after is not None:
            page = among.filter(received_at__gte=after[0]).exclude(received_at=after[0], pk__lte=after[1])
        found = list(page[:size])
        if not found:
            return
        yield found, _entries(found, number)
        number += len(found)
        after = (found[-1].received_at, found[-1].pk)


def _entries(found: Sequence[Dossier], number: int) -> list[Entry]:
    received = ClockEvent.objects.filter(dossier__in=found, what=Happening.RECEIVE)
    receivers = dict(received.values_list("dossier_id", "account__full_name"))
    givers = _givers([dossier.ref for dossier in found if dossier.returned_at])
    return [
        _entry(dossier, number + at, receivers.get(dossier.pk) or "", givers.get(dossier.ref, ""))
        for at, dossier in enumerate(found, 1)
    ]


def _givers(returned: Sequence[Ref]) -> dict[str, str]:
    """Return who handed each result out, by the ledger: the clock names only holders (2 queries, none for none)."""
    if not returned:
        return {}
    said = LedgerEvent.objects.filter(subject__in=returned, verb="dossier.return")
    actors = dict(said.values_list("subject", "actor"))
    people = Account.objects.filter(public_id__in={split(actor)[1] for actor in actors.values()})
    names: dict[str, str] = {account.ref: account.full_name for account in people.only("public_id", "full_name")}
    return {subject: names.get(actor, "") for subject, actor in actors.items()}


def _entry(dossier: Dossier, number: int, receiver: str, giver: str) -> Entry:
    return Entry(
        number=number, volume=str(local(dossier.received_at).year), running=dossier.code.partition("-")[2],
        code=dossier.code, subject=dossier.request or dossier.version_of.name, sets=dossier.version_of.sets or 1,
        applicant=dossier.applicant, address=dossier.applicant_address, phone=dossier.applicant_phone,
        received=_moment(dossier.received_at), receiver=receiver, due=_moment(dossier.first_due_at),
        result=_moment(dossier.finished_at), returned=_moment(dossier.returned_at), giver=giver, note=_note(dossier),
    )


def _moment(at: datetime | None) -> str:
    return f"{local(at):%d/%m/%Y %H:%M}" if at else ""


def _note(dossier: Dossier) -> str:
    state = State(dossier.state)
    parts = [
        f"nộp thay: {dossier.submitted_by}" if dossier.submitted_by else "",
        "chưa xác định thời hạn" if dossier.first_due_at is None else "",
        "quá hạn" if dossier.verdict == Verdict.LATE else "",
        "" if state in {State.RETURNED, State.RECEIVED, State.IN_PROCESS} else state.label.lower(),
    ]
    return "; ".join(part for part in parts if part)
