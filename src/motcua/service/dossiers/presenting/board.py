"""Lines of the departure board, and the groups they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.core import time
from motcua.foundation.core.looks import QueueGroup, QueueRow, TimeState
from motcua.foundation.core.policies import Actor
from motcua.service.dossiers.models import Dossier
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting import glance
from motcua.service.dossiers.types import Holder, State

LATE, TODAY, WEEK, LATER = "Quá hạn", "Hôm nay", "Tuần này", "Sau đó"
UNKNOWN, WAITING = "Chưa xác định thời hạn", "Đang chờ người khác"
HINTS = {WAITING: "chờ bổ sung, chờ nộp phí, chờ cơ quan khác, chờ bên nhận xác nhận"}


def row(dossier: Dossier, now: datetime, actor: Actor | None = None, *, with_agency: bool = False) -> QueueRow:
    """Return one line. It can be ticked where `actor` may accept it at once."""
    left = glance.left(dossier, now, working_time_for(dossier.receiving_id).time)
    tickable = actor is not None and dossier.is_awaited and DOSSIERS.may(actor, "dossier.accept", dossier)
    return QueueRow(
        code=dossier.code, url=reverse("dossier", args=[dossier.public_id]), what=dossier.version_of.procedure.name,
        who=dossier.applicant, where=_where(dossier, with_agency), due=dossier.due_at, state=left.state,
        minutes=left.minutes, share=left.share, note=_person(dossier), mark=_mark(dossier, left.state),
        key=f"{dossier.public_id}@{dossier.version}" if tickable else "",
    )


def _where(dossier: Dossier, with_agency: bool) -> str:
    step = dossier.at_step.name if dossier.at_step else ""
    state = State(dossier.state)
    if not state.is_open:
        return state.label
    if state is State.SUSPENDED:
        return Holder(dossier.holder).label
    if with_agency:
        return f"{dossier.at_agency.name} – {step}" if step else dossier.at_agency.name
    return step or dossier.at_agency.name


def _mark(dossier: Dossier, state: TimeState) -> str:
    if not State(dossier.state).is_open:
        return ""
    # A row that says “quá hạn” already need not say that it once was.
    marks = (("chờ nhận", dossier.is_awaited), ("từng quá hạn", dossier.ran_out and state is not TimeState.LATE))
    return ", ".join(word for word, is_so in marks if is_so)


def _person(dossier: Dossier) -> str:
    return dossier.at_account.full_name if dossier.at_account else ""


def rows(dossiers: Iterable[Dossier], now: datetime, *, with_agency: bool = True) -> list[QueueRow]:
    """Return lines in the order given."""
    return [row(dossier, now, with_agency=with_agency) for dossier in dossiers]


def groups(
    dossiers: Sequence[Dossier], now: datetime, actor: Actor, waiting: Sequence[Dossier] = ()
) -> list[QueueGroup]:
    """Return the board's groups, the most urgent first; `waiting` are those handed over and not yet accepted."""
    found: dict[str, list[QueueRow]] = {name: [] for name in (LATE, TODAY, WEEK, LATER, UNKNOWN, WAITING)}
    for dossier in dossiers:
        line = row(dossier, now, actor)
        found[_group(line, now)].append(line)
    found[WAITING] += [row(dossier, now, with_agency=True) for dossier in waiting]
    return [QueueGroup(title, lines, HINTS.get(title, "")) for title, lines in found.items() if lines]


def _group(line: QueueRow, now: datetime) -> str:
    if line.state is TimeState.LATE:
        return LATE
    if line.due is None:
        return WAITING if line.state is TimeState.SUSPENDED else UNKNOWN
    today = time.local_day(now)
    day = time.local_day(line.due)
    if day <= today:
        return TODAY
    return WEEK if day < today + timedelta(days=7 - today.weekday()) else LATER
