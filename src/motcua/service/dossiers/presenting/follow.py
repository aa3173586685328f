"""The citizen's page: first the answer, then what he can do, then the story in words, the newest first.

No officer's name, no identity number, not even the applicant's name: a slip may be found in the street.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.foundation.core import time, words
from motcua.foundation.core.looks import Fact, StoryItem, TimeState, Tone
from motcua.foundation.organisations.selectors import name_now
from motcua.service.dossiers.models import ClockEvent, Dossier
from motcua.service.dossiers.presenting import glance
from motcua.service.dossiers.types import Ground, Happening, State


@dataclass(frozen=True, slots=True)
class Follow:
    """What a citizen reads: `answer` and `until` first, then `todo` with the office's own words (`why`)."""

    answer: str
    until: str
    state: TimeState
    todo: str
    why: str
    story: list[StoryItem]
    facts: list[Fact]


def follow(dossier: Dossier, now: datetime) -> Follow:
    """Return the page of a dossier read by `tracking.find`."""
    events = list(dossier.clock.all())
    # That the office behind it was merged changes neither whom it waits for nor what became of it.
    last = next(event for event in reversed(events) if event.what != Happening.SUCCEED)
    counter = name_now(dossier.receiving)
    state = glance.left(dossier, now).state
    newest_first = reversed(list(enumerate(events)))
    return Follow(
        answer=answer(dossier, last, counter), until=_until(dossier, state), state=state,
        todo=_todo(dossier, last, state, counter), why=_why(dossier, last),
        story=[_item(event, events[number - 1] if number else None) for number, event in newest_first],
        facts=_facts(dossier, counter),
    )


ANSWERS = {
    State.FINISHED: "Đã có kết quả, mời bạn đến nhận tại {receiving}",
    State.RETURNED: "Đã trả kết quả ngày {day}",
    State.WITHDRAWN: "Hồ sơ đã được rút ngày {day}",
    State.STOPPED: "Cơ quan đã dừng giải quyết hồ sơ ngày {day}",
}
WAITS = {
    Ground.SUPPLEMENT: "Hồ sơ đang chờ bạn bổ sung giấy tờ",
    Ground.PAYMENT: "Hồ sơ đang chờ bạn nộp phí, lệ phí",
    Ground.VERIFICATION: "Hồ sơ đang chờ cơ quan khác trả lời",
}


def answer(dossier: Dossier, last: ClockEvent, counter: str) -> str:
    """Return the first line: where it is, or what became of it. `counter` names who received it, and its heir."""
    stands = State(dossier.state)
    if stands is State.SUSPENDED:
        return WAITS[Ground(last.ground)]
    if stands in ANSWERS:
        return ANSWERS[stands].format(receiving=counter, day=words.day(last.at))
    return f"Hồ sơ đang ở {name_now(dossier.at_agency)}"


def _until(dossier: Dossier, state: TimeState) -> str:
    """Return until when, while an office owes a result and the clock runs."""
    if state in {TimeState.DONE, TimeState.SUSPENDED}:
        return ""
    if dossier.due_at is None:
        return "thủ tục này chưa xác định thời hạn"
    said = f"hẹn trả {shortly(time.local_day(dossier.due_at))}"
    if state is TimeState.LATE:
        return f"đã quá hạn, hẹn lại {said.removeprefix('hẹn trả ')}" if dossier.ran_out else f"đã quá ngày {said}"
    return f"{said} (lịch nghỉ dự kiến)" if dossier.due_is_provisional else said


def shortly(day: date) -> str:
    """Return "Thứ Sáu 25/4", as people say a near day; it does not break over two lines."""
    return f"{words.WEEKDAYS[day.weekday()]} {day.day}/{day.month}".replace(" ", "\N{NO-BREAK SPACE}")


TODO = {
    State.FINISHED: "Mang theo giấy hẹn và giấy tờ tùy thân đến nhận kết quả trong giờ làm việc.",
    State.RETURNED: "Bạn không phải làm gì thêm.",
    State.WITHDRAWN: "Bạn không phải làm gì thêm.",
    State.STOPPED: "Liên hệ {receiving} để được hướng dẫn nộp lại, nếu cần.",
}
TODO_WAITING = {
    Ground.SUPPLEMENT: "Nộp giấy tờ bổ sung tại {receiving}. Thời hạn tạm dừng cho đến khi nhận đủ.",
    Ground.PAYMENT: "Nộp phí, lệ phí theo hướng dẫn của {receiving}. Sau đó hồ sơ được giải quyết tiếp.",
    Ground.VERIFICATION: "Bạn chưa phải làm gì. Hồ sơ được giải quyết tiếp khi có trả lời.",
}


def _todo(dossier: Dossier, last: ClockEvent, state: TimeState, counter: str) -> str:
    stands = State(dossier.state)
    if stands is State.SUSPENDED:
        said = TODO_WAITING[Ground(last.ground)]
    elif stands in TODO:
        said = TODO[stands]
    elif state in {TimeState.LATE, TimeState.DUE_SOON} and (day := announced(dossier)):
        said = f"Cơ quan đã xin lỗi bằng văn bản và hẹn trả kết quả chậm nhất {shortly(day)}."
    elif state is TimeState.LATE:
        said = "Cơ quan đang chậm hẹn. Bạn có thể hỏi {receiving}, nơi đã nhận hồ sơ."
    else:
        said = "Bạn chưa phải làm gì. Xem lại trang này để biết khi có kết quả."
    return said.format(receiving=counter)


def announced(dossier: Dossier) -> date | None:
    """Return the day that an apology announces; the promised one stays what the dossier is judged by."""
    return getattr(dossier, "announced_day", None)  # read with it by `tracking`


def _why(dossier: Dossier, last: ClockEvent) -> str:
    shown = State(dossier.state) in {State.SUSPENDED, State.STOPPED, State.WITHDRAWN}
    return last.note.words if last.note and shown else ""


LOOKS = {
    Happening.RECEIVE: ("file-check", Tone.INK), Happening.HOLD: ("route", Tone.PLAIN),
    Happening.SUSPEND: ("player-pause", Tone.CARE), Happening.RESUME: ("player-play", Tone.INK),
    Happening.FINISH: ("circle-check", Tone.GOOD), Happening.RETURN: ("certificate", Tone.GOOD),
    Happening.WITHDRAW: ("logout", Tone.PLAIN), Happening.STOP: ("ban", Tone.CARE),
    Happening.SUCCEED: ("arrows-exchange", Tone.INK),
}


def _item(event: ClockEvent, before: ClockEvent | None) -> StoryItem:
    what = Happening(event.what)
    icon, tone = LOOKS[what]
    note = event.note.words if event.note and what in {Happening.SUSPEND, Happening.STOP} else ""
    return StoryItem(at=event.at, text=_text(what, event, before), note=note, icon=icon, tone=tone)


ASKED = {
    Ground.SUPPLEMENT: "Cơ quan đề nghị bạn bổ sung giấy tờ",
    Ground.PAYMENT: "Cơ quan đề nghị bạn nộp phí, lệ phí",
    Ground.VERIFICATION: "Cơ quan chờ nơi khác xác minh, trả lời",
}
TEXTS = {
    Happening.RECEIVE: "{agency} tiếp nhận hồ sơ",
    Happening.RESUME: "Hồ sơ được giải quyết tiếp",
    Happening.FINISH: "Đã có kết quả",
    Happening.RETURN: "Đã trả kết quả",
    Happening.WITHDRAW: "Hồ sơ được rút theo yêu cầu của người nộp",
    Happening.STOP: "Cơ quan dừng giải quyết hồ sơ",
    Happening.SUCCEED: "Do sắp xếp cơ quan, {agency} giải quyết tiếp hồ sơ",
}


def _text(what: Happening, event: ClockEvent, before: ClockEvent | None) -> str:
    if what is Happening.HOLD:
        return _held(event, before)
    if what is Happening.SUSPEND:
        return ASKED[Ground(event.ground)]
    return TEXTS[what].format(agency=event.agency)


def _held(event: ClockEvent, before: ClockEvent | None) -> str:
    moved = before is None or (before.agency_id, before.step_id) != (event.agency_id, event.step_id)
    step = f" (bước {event.step.name})" if event.step else ""
    return f"Chuyển đến {event.agency}{step}" if moved else f"{event.agency} nhận hồ sơ, bắt đầu xử lý{step}"


def _facts(dossier: Dossier, counter: str) -> list[Fact]:
    facts: Sequence[tuple[str, object, bool]] = (
        ("Mã hồ sơ", dossier.code, True),
        ("Thủ tục", dossier.version_of.procedure.name, False),
        ("Ngày nộp", words.moment(dossier.received_at), False),
        ("Nơi nhận", counter, False),
        ("Hẹn trả lần đầu", _first(dossier), False),
    )
    return [Fact(name, value, code=code, wide=name == "Thủ tục") for name, value, code in facts if value]


def _first(dossier: Dossier) -> str:
    moved = dossier.first_due_at is not None and dossier.first_due_at != dossier.due_at
    return words.weekday(dossier.first_due_at) if moved else ""
