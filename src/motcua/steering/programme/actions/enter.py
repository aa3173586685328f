"""Entering a reading: a draft with targets and rows. The same file again changes nothing."""

from __future__ import annotations

import hashlib
import json

from django.db import IntegrityError

from motcua.foundation.core import denials
from motcua.foundation.core.errors import Denied
from motcua.foundation.core.verbs import Act, Call, verb
from motcua.steering.programme import entering, storing
from motcua.steering.programme.correcting import still_fitting
from motcua.steering.programme.errors import BadProgramme
from motcua.steering.programme.kinds import Answers, ProgrammeState
from motcua.steering.programme.matching import Known, matched
from motcua.steering.programme.models import Programme, StoredReading
from motcua.steering.programme.policies import PROGRAMMES
from motcua.steering.programme.types import Reading


def enter(
    by: Call | Act, *, reading: Reading, sha256: str, name: str, answers: Answers | None = None,
    amends: Programme | None = None,
) -> Programme:
    """Enter a reading of a decision as a draft and return its programme.

    A document (number, body, day) read before from the same bytes is left alone. From other bytes, a draft is read
    anew and keeps the steward's answers; of an approved programme the reading waits beside it until `amend`. With
    `amends` it is another decision that changes this programme. Raises BadProgramme, Denied; then nothing is written.
    """
    refusal = PROGRAMMES.refusal(by.actor, "programme.enter", None)
    if refusal is not None:
        denials.write(by.actor, "programme.enter", "", refusal)
        raise Denied(refusal)
    known = amends or find(reading, sha256)
    try:
        if known is None:
            return _enter_new(by, reading=reading, sha256=sha256, name=name, answers=answers or Answers())
        same = known.readings.filter(sha256=sha256).first()
        if same is not None and (same.is_current or not known.is_draft):
            return known
        return _read_anew(by, programme=known, reading=reading, sha256=sha256, name=name, answers=answers or Answers())
    except IntegrityError as error:
        raise BadProgramme(
            "Văn bản này (cùng số, cơ quan và ngày ban hành) đã có trong danh sách chương trình, có thể người khác vừa "
            "nhập; lần nhập này chưa ghi gì. Anh/chị mở lại danh sách, thấy bản đã có thì dùng bản đó."
        ) from error


def find(reading: Reading, sha256: str) -> Programme | None:
    """Return the programme of this document, if it was entered before (1 query).

    A document is its number, body and day; without a number only the same bytes are the same document.
    """
    header = reading.header
    number = entering.number_of(header)
    if not number:
        return Programme.objects.filter(readings__sha256=sha256).first()
    return Programme.objects.filter(
        number=number, body_key=entering.body_key(header.issuing_body), issued_on=header.issue_date
    ).first()


def keep_reading(act: Act, programme: Programme, reading: Reading, sha256: str, name: str, *, current: bool) -> None:
    """Keep a reading whole; a current one takes the place of the one before."""
    programme.readings.filter(sha256=sha256).delete()
    if current:
        programme.readings.filter(is_current=True).update(is_current=False)
    last = programme.readings.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    StoredReading.objects.create(
        programme=programme, sequence=last + 1, sha256=sha256, name=name[:200], content=storing.as_json(reading),
        is_current=current, by=act.actor.ref, at=act.entered_at,
    )


@verb("programme.enter", policy=PROGRAMMES)
def _enter_new(act: Act, *, reading: Reading, sha256: str, name: str, answers: Answers) -> Programme:
    if not reading.tasks and not reading.targets:
        raise BadProgramme(
            "Văn bản này không có mục tiêu và cũng không có dòng nhiệm vụ nào nên chưa nhập được gì; kho giữ nguyên. "
            "Anh/chị kiểm tra xem đã chọn đúng tệp có phụ lục chưa rồi nhập lại."
        )
    programme = Programme(sha256=sha256, answers=storing.answers_json(answers))
    _take_header(programme, reading)
    programme.save()
    keep_reading(act, programme, reading, sha256, name, current=True)
    entering.fill(programme, reading, answers)
    act.record(
        programme, first=True, sha256=sha256, tasks=len(reading.tasks), targets=len(reading.targets),
        anomalies=len(reading.anomalies), reading=_digest(reading),
    )
    return programme


@verb("programme.read_anew", policy=PROGRAMMES, locks=("programme",))
def _read_anew(
    act: Act, *, programme: Programme, reading: Reading, sha256: str, name: str, answers: Answers
) -> Programme:
    """Read a draft anew; of a programme at work keep the reading beside it until it is amended."""
    before = storing.reading_of(programme.readings.get(is_current=True).content)
    if before.tasks and not reading.tasks:
        raise BadProgramme(
            f"Tệp này không có dòng nhiệm vụ nào, còn {programme.number or 'văn bản này'} đã nhập có "
            f"{len(before.tasks)} dòng nên không thay; bản cũ giữ nguyên. Anh/chị chọn tệp có cả phụ lục rồi nhập lại."
        )
    others = () if programme.is_draft else programme.tasks.values_list("uid", "number", "text")
    reading = matched(reading, before, (Known(*row) for row in others))
    keep_reading(act, programme, reading, sha256, name, current=programme.is_draft)
    if programme.is_draft:
        held = storing.merged(still_fitting(storing.answers_of(programme.answers), before, reading), answers)
        programme.answers = storing.answers_json(held)
        programme.sha256 = sha256
        _take_header(programme, reading)
        entering.fill(programme, reading, held)
    programme.save()
    act.record(programme, sha256=sha256, waits=not programme.is_draft, reading=_digest(reading))
    return programme


@verb("programme.answer", policy=PROGRAMMES, locks=("programme",))
def answer(act: Act, *, programme: Programme, answers: Answers) -> Programme:
    """Keep what the steward answered about a draft, and fill it anew by it. Raises BadProgramme after approval."""
    if programme.state != ProgrammeState.DRAFT:
        raise BadProgramme(
            "Chương trình đã duyệt nên không trả lời lại ở đây; các câu trả lời cũ giữ nguyên. "
            "Anh/chị sửa ở trang của từng nhiệm vụ, hoặc nhập văn bản sửa đổi."
        )
    held = storing.merged(storing.answers_of(programme.answers), answers)
    programme.answers = storing.answers_json(held)
    entering.fill(programme, storing.reading_of(programme.readings.get(is_current=True).content), held)
    programme.save()
    act.record(programme, answers=hashlib.sha256(json.dumps(programme.answers, sort_keys=True).encode()).hexdigest())
    return programme


def _take_header(programme: Programme, reading: Reading) -> None:
    for column, value in entering.header_fields(reading.header).items():
        setattr(programme, column, value)
    programme.printed_vnd = reading.totals.printed_vnd
    programme.printed_total = reading.totals.printed_text[:200]


def _digest(reading: Reading) -> str:
    text = json.dumps(storing.as_json(reading), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
