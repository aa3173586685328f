"""Letters to applicants: numbered, with their reason in the ledger by digest. Verbs write them; `papers` sets them.

Numbers run per agency, symbol and calendar year from 01 (practice of the offices; the symbols are dated values of the
law's form sets). A letter announces; the due date that a dossier is judged by stays what the clock says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Unit
from motcua.foundation.core import notes, numbering, time
from motcua.foundation.core.errors import Invalid, Refusal
from motcua.foundation.core.verbs import Act
from motcua.foundation.law import selectors as law
from motcua.foundation.organisations.models import Agency
from motcua.service.dossiers import clockwork
from motcua.service.dossiers.errors import NotNow
from motcua.service.dossiers.models import ClockEvent, Dossier, Letter, LetterItem
from motcua.service.dossiers.types import LetterKind, Missing, Person
from motcua.service.procedures.models import ProcedurePaper, ProcedureVersion

AHEAD = 2
"""Working days before the due date from which an apology may be written (one-stop.md 2.5: warn two days before)."""


class AskedAlready(Refusal):
    """A letter of which there may be one was written before."""

    code = "asked-already"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a letter says beside its kind. A reason that the clock has already is given as its event."""

    reason: str | ClockEvent
    dossier: Dossier | None = None
    new_day: date | None = None
    is_late: bool = False
    missing: Sequence[Missing] = ()
    person: Person | None = None
    version: ProcedureVersion | None = None


def write(act: Act, what: LetterKind, agency: Agency, of: Contents) -> Letter:
    """Write a letter in the act: its number, its rows, its event. The number comes last, for others wait for it."""
    day, person = time.local_day(act.happened_at), of.person or Person("")
    letter = Letter(
        what=what, dossier=of.dossier, agency=agency, symbol=symbol(what, day), year=day.year, at=act.happened_at,
        account_id=clockwork.account_of(act), new_day=of.new_day, is_late=of.is_late, version_of=of.version,
        person=person.name, person_address=person.address, person_phone=person.phone, wish=person.wish,
    )
    if isinstance(of.reason, ClockEvent):
        letter.event = of.reason
    else:
        letter.reason = notes.keep(act, letter, of.reason)
    series = numbering.letter_series(agency.code, letter.symbol or what.value, day.year)
    letter.number = numbering.give(series, subject=letter.ref, by=act.actor.ref, at=act.happened_at).number
    letter.save(force_insert=True)
    LetterItem.objects.bulk_create(
        LetterItem(letter=letter, of_id=one.paper_id, name=one.name, basis=one.basis) for one in of.missing
    )
    act.record(
        letter, first=True, what=what, number=f"{letter.number}", year=day.year, at_agency=agency.ref,
        of=of.dossier.ref if of.dossier else None, items=len(of.missing), late=of.is_late,
        new_day=of.new_day.isoformat() if of.new_day else None,
        **notes.facts(letter.reason),
    )
    return letter


def symbol(what: LetterKind, day: date) -> str:
    """Return what stands behind the number of such a letter on a day (“HDHS”); nothing where none is set (1 query)."""
    return str(law.value(f"letter.{what}", day, default=""))


def checked(dossier: Dossier, missing: Sequence[Missing]) -> Sequence[Missing]:
    """Return what is asked for. Raises Invalid where a paper is neither on the published list nor has a legal basis."""
    wanted = {one.paper_id for one in missing if one.paper_id is not None}
    known = ProcedurePaper.objects.filter(of=dossier.version_of_id, pk__in=wanted).count() if wanted else 0
    if known != len(wanted):
        raise Invalid(
            "Giấy tờ đã chọn không thuộc danh mục công bố của thủ tục này. Chưa ghi gì; anh/chị chọn lại.",
            field="missing",
        )
    if any(one.paper_id is None and not (one.name.strip() and one.basis.strip()) for one in missing):
        raise Invalid(
            "Giấy tờ ngoài danh mục đã công bố chỉ được yêu cầu khi có căn cứ pháp lý. Anh/chị ghi căn cứ, hoặc bỏ "
            "giấy tờ đó. Chưa ghi gì.", field="basis",
        )
    return missing


def check_first(dossier: Dossier, what: LetterKind, key: str, said: str) -> None:
    """Raise AskedAlready where as many such letters were written as the rules of the dossier's day allow (1 query)."""
    before = list(Letter.objects.filter(dossier=dossier, what=what))
    if not before:
        return
    most = law.value(key, time.local_day(dossier.received_at), default=1 if what is LetterKind.APOLOGY else None)
    if isinstance(most, int) and len(before) >= most:
        raise AskedAlready(said.format(number=before[-1].full_number, day=f"{time.local(before[-1].at):%d/%m/%Y}"))


def is_near(dossier: Dossier, now: datetime) -> bool:
    """Say whether a dossier is late, or about to be: the due date is at most two working days away."""
    if dossier.due_at is None:
        return False
    working = working_time_for(dossier.receiving_id).time
    day, due_day, left = time.local_day(now), time.local_day(dossier.due_at), 0
    while day < due_day and left <= AHEAD:
        day += timedelta(days=1)
        left += working.plan(day).counts
    return dossier.ran_out or left <= AHEAD


def is_due(dossier: Dossier, now: datetime) -> bool:
    """Say whether an apology is to be thought of: late or nearly so, and none written yet (no query on `full`)."""
    written = any(letter.what == LetterKind.APOLOGY for letter in dossier.letters.all())
    return not written and is_near(dossier, now)


def check_new_day(dossier: Dossier, new_day: date, now: datetime) -> None:
    """Raise Invalid unless the day lies ahead, behind the promised one, and is one on which the office works."""
    assert dossier.due_at is not None
    if new_day <= max(time.local_day(now), time.local_day(dossier.due_at)):
        raise Invalid(
            "Ngày hẹn lại phải sau hôm nay và sau ngày đã hẹn; chưa ghi gì. Anh/chị chọn ngày khác.", field="new_day"
        )
    if not working_time_for(dossier.receiving_id).time.plan(new_day).open:
        raise Invalid(
            f"Ngày {new_day:%d/%m/%Y} cơ quan nghỉ; chưa ghi gì. Anh/chị chọn một ngày làm việc.", field="new_day"
        )


def is_too_late(dossier: Dossier, now: datetime) -> bool:
    """Say whether an apology written now comes after the day its rules set (Decree 61/2018/NĐ-CP, article 19)."""
    assert dossier.due_at is not None and dossier.limit_amount is not None
    received, due_day = time.local_day(dossier.received_at), time.local_day(dossier.due_at)
    short = dossier.limit_unit == Unit.HOUR or dossier.limit_amount <= 1
    if short and law.value("apology.short_limit_deadline", received, default="due-time") == "due-time":
        return now > dossier.due_at
    is_before = law.value("apology.deadline", received, default="day-before") == "day-before"
    return time.local_day(now) > due_day - timedelta(days=int(is_before))


def no_due_date() -> NotNow:
    """Return what to say where there is no date to be late against."""
    return NotNow("Hồ sơ này chưa có ngày hẹn, nên không có ngày nào để hẹn lại. Chưa ghi gì.")
