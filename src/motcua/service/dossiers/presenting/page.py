"""Everything the dossier's page shows, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.calendar.selectors import working_time_for
from motcua.foundation.calendar.types import Limit, Unit, Verdict
from motcua.foundation.core import words
from motcua.foundation.core.looks import Fact, StepState, TimeState
from motcua.foundation.core.looks import Step as Stop
from motcua.foundation.core.models import Note as Kept
from motcua.foundation.core.policies import Actor
from motcua.foundation.core.refs import Ref
from motcua.foundation.core.strip import Strip
from motcua.service.dossiers import clockwork, selectors
from motcua.service.dossiers.doing import SHOWN, Offer, at_end, offers, possible
from motcua.service.dossiers.models import ClockEvent, Dossier, HandOver, Letter
from motcua.service.dossiers.policies import DOSSIERS
from motcua.service.dossiers.presenting import delay, glance, line, record, stays
from motcua.service.dossiers.presenting.delay import Part
from motcua.service.dossiers.presenting.glance import Left
from motcua.service.dossiers.presenting.papers import FileLine, PaperLine, other_files, paper_lines
from motcua.service.dossiers.presenting.record import Line
from motcua.service.dossiers.presenting.stays import StepLine
from motcua.service.dossiers.types import Channel, Ground, Happening, LetterKind, State
from motcua.service.procedures.models import Step


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that somebody wrote on the way. `code` names it where its erasure is ordered."""

    at: datetime
    who: str
    what: str
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Page:
    """One dossier as its page shows it."""

    holder: str
    person: str
    left: Left
    due: str
    first_due: str
    offered: list[Offer]
    more: list[Offer]
    strip: Strip
    parts: list[Part]
    delay: str
    stops: list[Stop]
    steps: list[StepLine]
    papers: list[PaperLine]
    files: list[FileLine]
    letters: list[Letter]
    apology: str
    awaited: str
    attaches: bool
    people: list[Fact]
    notes: list[Note]
    hand_overs: list[HandOver]
    ledger: list[Line]
    sealed: str

    @property
    def papers_words(self) -> str:
        """Return how many papers are waited for, or how many of the published list did not come."""
        if self.awaited:
            return self.awaited
        missing = sum(1 for paper in self.papers if paper.is_missing)
        return f"còn thiếu {missing}" if missing else "đủ theo danh mục"


def page(actor: Actor, dossier: Dossier, now: datetime) -> Page:
    """Gather the page of a dossier that was read with `selectors.full`."""
    events, steps = list(dossier.clock.all()), selectors.steps_of(dossier)
    ahead = [step for step in steps if step.position > (dossier.at_step.position if dossier.at_step else 0)]
    ends = at_end(ahead)
    found = possible(actor, dossier, at_end=ends and bool(steps), left=0 if ends else len(ahead))
    shown, moments = offers(found, dossier, ahead), clockwork.moments_of(dossier)
    # What ends a dossier must not be a slip of the hand.
    first = [offer for offer in shown if not offer.doing.grave][:SHOWN]
    working = working_time_for(dossier.receiving_id).time
    left = glance.left(dossier, now, working)
    is_late = left.state is TimeState.LATE or dossier.verdict == Verdict.LATE
    parts = delay.parts(dossier, moments, events, now, working) if is_late else []
    strip = line.laid_out(dossier, moments, events, now, working)
    hand_overs = list(dossier.hand_overs.all())
    chain = selectors.chain_of(dossier, _called(dossier, events, hand_overs))
    return Page(
        holder=glance.holder_words(dossier, _ground(events)), person=_person(dossier), left=left,
        due=due_words(dossier), first_due=_first_due(dossier), offered=first,
        more=[offer for offer in shown if offer not in first], strip=strip,
        parts=parts, delay=_delay_words(parts), stops=_stops(dossier, steps),
        steps=stays.lines(dossier, moments, events, now, working), papers=paper_lines(actor, dossier),
        letters=list(reversed(dossier.letters.all())), apology=apology_words(dossier),
        awaited=awaited_words(dossier, events),
        files=other_files(actor, dossier), attaches=DOSSIERS.may(actor, "dossier.attach", dossier),
        people=_people(dossier, events), notes=_notes(events, hand_overs), hand_overs=hand_overs,
        ledger=record.lines(chain.events, chain.sealed, chain.names), sealed=chain.words,
    )


def _called(dossier: Dossier, events: Sequence[ClockEvent], hand_overs: Sequence[HandOver]) -> dict[Ref, str]:
    """Return what agencies and people are called that were read with the dossier: its ledger speaks of few others."""
    agencies = {dossier.receiving, dossier.competent, dossier.at_agency, *(event.agency for event in events)}
    agencies |= {agency for row in hand_overs for agency in (row.from_agency, row.to_agency)}
    files = list(dossier.attachments.all())
    people = {event.account for event in events if event.account} | {row.giver for row in hand_overs}
    people |= {file.account for file in files} | {file.detached_by for file in files if file.detached_by}
    called = {row.ref: row.name for row in agencies} | {row.ref: row.full_name for row in people}
    return called | {file.ref: f"“{file.file.name}”" for file in files}


def _ground(events: Sequence[ClockEvent]) -> str:
    return next((event.ground for event in reversed(events) if event.what == Happening.SUSPEND), "")


def _person(dossier: Dossier) -> str:
    if dossier.is_awaited:
        return f"chưa ai nhận, chuyển đến từ {words.moment(dossier.held_since)}"
    if dossier.at_account is None or not State(dossier.state).is_open:
        return ""
    return f"{dossier.at_account.full_name} giữ từ {words.moment(dossier.held_since)}"


def due_words(dossier: Dossier) -> str:
    """Return until when, or why there is no date."""
    if dossier.due_at is None:
        return "" if State(dossier.state) is State.SUSPENDED else "Thủ tục chưa công bố thời hạn"
    expected = " (lịch nghỉ dự kiến)" if dossier.due_is_provisional else ""
    return f"hẹn trả {words.moment(dossier.due_at)}{expected}"


def apology_words(dossier: Dossier) -> str:
    """Return the day that an apology announces, while the result is still owed; the due date is another thing."""
    if not State(dossier.state).is_open:
        return ""
    days = [letter.new_day for letter in dossier.letters.all() if letter.new_day]
    return f"đã xin lỗi, hẹn lại {words.day(days[-1])}" if days else ""


def awaited_words(dossier: Dossier, events: Sequence[ClockEvent]) -> str:
    """Return how many papers a supplement that stops the dossier has asked for, or nothing."""
    if State(dossier.state) is not State.SUSPENDED or _ground(events) != Ground.SUPPLEMENT:
        return ""
    asked = [letter for letter in dossier.letters.all() if letter.what == LetterKind.SUPPLEMENT]
    count = asked[-1].asked_for if asked else 0  # type: ignore[attr-defined]  # counted by `selectors.full`
    return f"đang chờ bổ sung {count} giấy tờ" if count else "đang chờ bổ sung giấy tờ"


def _first_due(dossier: Dossier) -> str:
    if dossier.first_due_at is None or dossier.first_due_at == dossier.due_at:
        return ""
    return f"hẹn lần đầu {words.moment(dossier.first_due_at)}"


def _delay_words(parts: Sequence[Part]) -> str:
    if not parts:
        return ""
    first = parts[0]
    if len(parts) == 1:
        return f"Toàn bộ thời gian quá hạn hồ sơ ở {first.name}."
    return f"Phần lớn thời gian quá hạn ({words.percent(first.share, 0)}) hồ sơ ở {first.name}."


def _stops(dossier: Dossier, steps: Sequence[Step]) -> list[Stop]:
    here = dossier.at_step.position if dossier.at_step else 0
    is_open = State(dossier.state).is_open
    return [Stop(step.name, _stop_state(step.position, here, is_open)) for step in steps]


def _stop_state(position: int, here: int, is_open: bool) -> StepState:
    if not is_open or position < here:
        return StepState.DONE
    return StepState.CURRENT if position == here else StepState.AHEAD


def _people(dossier: Dossier, events: Sequence[ClockEvent]) -> list[Fact]:
    received = events[0].account if events else None
    limit = Limit(dossier.limit_amount, Unit(dossier.limit_unit)) if dossier.limit_amount is not None else None
    return [
        fact for fact in (
            Fact("Người nộp", dossier.applicant),
            Fact("Nộp thay", dossier.submitted_by),
            Fact("Số căn cước", words.masked(dossier.applicant_identity), code=True),
            Fact("Điện thoại", dossier.applicant_phone, code=True),
            Fact("Địa chỉ", dossier.applicant_address, wide=True),
            Fact("Cơ quan có thẩm quyền", dossier.competent.name, wide=True),
            Fact("Người tiếp nhận", received.full_name if received else ""),
            Fact("Cách nộp", Channel(dossier.channel).label),
            Fact("Thời hạn", str(limit) if limit else "chưa xác định"),
            Fact("Yêu cầu", dossier.request, wide=True),
        ) if fact.value
    ]


def _notes(events: Sequence[ClockEvent], hand_overs: Sequence[HandOver]) -> list[Note]:
    said = {
        Happening.SUSPEND: "Tạm dừng", Happening.WITHDRAW: "Rút hồ sơ", Happening.STOP: "Dừng giải quyết",
    }
    notes = [
        Note(event.at, str(event.account or ""), said[Happening(event.what)], *_read(event.note))
        for event in events if event.note and Happening(event.what) in said
    ]
    for row in hand_overs:
        if row.note:
            notes.append(Note(row.given_at, row.giver.full_name, "Ghi chú khi chuyển", *_read(row.note)))
        if row.reason and row.declined_at:
            notes.append(Note(row.declined_at, row.to_agency.name, "Trả lại bên giao", *_read(row.reason)))
    return sorted(notes, key=lambda note: note.at, reverse=True)


def _read(note: Kept) -> tuple[str, str]:
    return note.words, note.ref
