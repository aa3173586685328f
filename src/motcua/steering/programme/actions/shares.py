"""Whose share of an occurrence a fact is about, and whether the fact can follow. Shared by the verbs of occurrences."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from motcua.foundation.core import notes
from motcua.foundation.core.files import store
from motcua.foundation.core.files.types import Put
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.verbs import Act
from motcua.foundation.identity.types import Officer, Role
from motcua.foundation.organisations.models import Agency
from motcua.foundation.organisations.selectors import family
from motcua.steering.programme import rules, today
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import FactKind, Moment, Part, ProductKind, Standing
from motcua.steering.programme.models import Evidence, Fact, Occurrence
from motcua.steering.programme.policies import working_at

KEPT = "Việc vừa rồi chưa được ghi, các lần trước vẫn giữ nguyên."


def leads(occurrence: Occurrence) -> list[Agency]:
    """Return the agencies that lead the row, in its order (1 query)."""
    rows = occurrence.task.assignments.filter(part=Part.LEAD, agency__isnull=False).select_related("agency")
    return [row.agency for row in rows if row.agency is not None]


def share(act: Act, occurrence: Occurrence, agency: Agency | None, *, whole: bool = False) -> Agency | None:
    """Return the lead agency whose share is meant; None where all are, or the register knows none of the owners.

    Without `agency` it is the only lead, or the actor's own; `whole` means all, which only the steward enters. Raises
    BadProgramme where that is not plain.
    """
    owners = leads(occurrence)
    if not owners:
        return None
    if whole:
        if isinstance(act.actor, Officer) and not act.actor.has_anywhere(Role.STEWARD):
            raise BadProgramme(
                f"Chỉ thường trực cải cách ghi chung cho mọi cơ quan chủ trì. {KEPT} Anh/chị ghi phần của cơ quan mình."
            )
        return None
    if agency is not None:
        if agency not in owners:
            raise BadProgramme(f"{agency.name} không chủ trì dòng này. {KEPT} Anh/chị chọn lại.", field="agency")
        _check_own(act, agency, owners)
        return agency
    mine = [owner for owner in owners if _carries(act, owner)]
    found = mine if len(mine) == 1 else owners
    if len(found) != 1:
        raise BadProgramme(
            f"Dòng này có {len(owners)} cơ quan chủ trì. {KEPT} Anh/chị chọn phần việc của cơ quan nào.", field="agency"
        )
    _check_own(act, found[0], owners)
    return found[0]


def _carries(act: Act, owner: Agency) -> bool:
    return any(owner.pk in family(agency) for agency in working_at(act.actor))


def _check_own(act: Act, agency: Agency, owners: Sequence[Agency]) -> None:
    """Refuse what one lead agency would write for another; the steward enters for those who sent paper."""
    is_free = not isinstance(act.actor, Officer) or act.actor.has_anywhere(Role.STEWARD)
    if not is_free and len(owners) > 1 and not _carries(act, agency):
        raise BadProgramme(f"Phần việc này của {agency.name}. {KEPT} Anh/chị chọn cơ quan của mình.", field="agency")


def moments(occurrence: Occurrence, agency: Agency | None) -> list[Moment]:
    """Return what happened to one share, in order (1 query)."""
    return [
        Moment(fact.on, FactKind(fact.what)) for fact in occurrence.facts.all()
        if fact.agency_id is None or agency is None or fact.agency_id == agency.pk
    ]


def check(act: Act, occurrence: Occurrence, agency: Agency | None, what: FactKind, on: date) -> Standing:
    """Return how the share stands on the day. Raises BadProgramme where the fact cannot follow, or on that day."""
    happened = moments(occurrence, agency)
    _check_day(act, occurrence, what, on)
    if happened and on < happened[-1].on:
        raise BadProgramme(
            f"Việc gần nhất đã ghi là ngày {happened[-1].on:%d/%m/%Y}, sau ngày anh/chị nhập. {KEPT} "
            "Anh/chị xem lại ngày.", field="on",
        )
    at = rules.standing(occurrence.term, happened, on)
    product = ProductKind(occurrence.task.product_kind) if occurrence.task.product_kind else None
    if not rules.follows(what, at.state, product):
        raise BadProgramme(
            f"Việc này đang ở tình trạng “{at.state.label}” nên không ghi “{what.label}” được. {KEPT} "
            "Anh/chị mở lại trang của nhiệm vụ để xem việc làm được lúc này."
        )
    return at


def _check_day(act: Act, occurrence: Occurrence, what: FactKind, on: date) -> None:
    """Refuse a day ahead, a day before there was anything to do, and a lead that waits on days gone by."""
    day = today.day()
    if on > day:
        raise BadProgramme(f"Ngày {on:%d/%m/%Y} chưa tới. {KEPT} Anh/chị xem lại ngày.", field="on")
    first = min(occurrence.opens_on, occurrence.task.programme.issued_on or occurrence.opens_on)
    if on < first:
        raise BadProgramme(
            f"Ngày {on:%d/%m/%Y} có trước khi việc này được giao (ngày {first:%d/%m/%Y}). {KEPT} Anh/chị xem lại ngày.",
            field="on",
        )
    # Days of waiting move the due date: an owner who could date them back would wipe out his own lateness.
    is_free = not isinstance(act.actor, Officer) or act.actor.has_anywhere(Role.STEWARD)
    if what is FactKind.WAITING and on < day and not is_free:
        raise BadProgramme(
            f"Thời gian chờ hướng dẫn tính từ ngày ghi ({day:%d/%m/%Y}) trở đi. {KEPT} Anh/chị nhập ngày hôm nay; "
            "nếu đã chờ từ trước, anh/chị gửi văn bản để thường trực cải cách ghi lùi ngày.", field="on",
        )


def check_other(act: Act, occurrence: Occurrence, agency: Agency | None) -> None:
    """Refuse who recorded the last submission or issue of a share: somebody else has to judge what he wrote."""
    if not isinstance(act.actor, Officer):
        return
    last: dict[str, str] = {}
    for fact in occurrence.facts.filter(what__in=(FactKind.SUBMITTED, FactKind.ISSUED)):
        if fact.agency_id is None or agency is None or fact.agency_id == agency.pk:
            last[fact.what] = fact.by
    if act.actor.ref in last.values():
        raise BadProgramme(
            "Chính anh/chị đã ghi việc trình hoặc ban hành sản phẩm này nên không tự nghiệm thu. "
            f"{KEPT} Anh/chị đề nghị một người khác của cơ quan nghiệm thu."
        )


def happen(
    act: Act, occurrence: Occurrence, what: FactKind, on: date, *, agency: Agency | None = None, number: str = "",
    to: Agency | None = None, reason: str = "", new_due_on: date | None = None, puts: Sequence[Put] = (),
) -> Fact:
    """Write a fact with its files and words, and say it in the ledger."""
    note = notes.keep(act, occurrence, reason) if reason.strip() else None
    by_agency = act.actor.agency_id if isinstance(act.actor, Officer) else None
    fact = Fact.objects.create(
        occurrence=occurrence, agency=agency, what=what, on=on, number=number.strip()[:60], to=to, note=note,
        new_due_on=new_due_on, by=act.actor.ref, by_agency_id=by_agency, at=act.happened_at,
    )
    attach(puts, occurrence.ref, act, fact=fact)
    occurrence.save()
    act.record(
        occurrence, what=what.value, on=on.isoformat(), share=agency.ref if agency else None,
        to=to.ref if to else None, number=said(number), due=new_due_on.isoformat() if new_due_on else None,
        files=[put.sha256.hex() for put in puts], **notes.facts(note),
    )
    return fact


def attach(puts: Sequence[Put], owner: Ref, act: Act, **of: object) -> None:
    """Keep files as evidence of a fact, of progress or of an entry."""
    for put in puts:
        Evidence.objects.create(file=store.keep(put, owner=owner, by=act.actor.ref), **of)


def said(number: str) -> str | None:
    """Return by what the ledger knows a document's number: it has Vietnamese letters, so a digest stands for it."""
    # A letter goes before it: sixteen figures in a row would look like somebody's number.
    return f"h{hashlib.sha256(number.strip().encode()).hexdigest()[:16]}" if number.strip() else None
